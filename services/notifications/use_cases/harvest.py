"""Letters about the harvests of camps: whom a camp concerned is told where to read what came out of it."""

from typing import TypedDict, Unpack

from chassis.domain.scope import PLATFORM
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import reaction
from services.notifications.model.copied import DELEGATE, Recipient
from services.notifications.model.letter_trigger import Category, LetterTrigger
from services.notifications.repository import Letters, Partners, Recipients
from services.notifications.repository.harvest import HarvestsTold
from services.notifications.schemas import (
    CampId,
    DelegateId,
    Edition,
    EmailAddress,
    HowMany,
    LanguageTag,
    PartnerId,
    PersonId,
    ZoneName,
)
from services.notifications.templates import LetterTemplates
from services.notifications.use_cases.letter import cancel_letters, write


class HarvestReader(TypedDict):
    """Who is told, and why: as a delegate, a leader or staff."""

    as_whom: str
    delegate_id: DelegateId | None
    person_id: PersonId | None
    partner_id: PartnerId | None
    name: str
    email: EmailAddress
    language: LanguageTag
    zone: ZoneName


@reaction("camps.harvest.offered")
def tell_where_to_read_the_harvest(
    uow: UnitOfWork,
    letter_templates: LetterTemplates,
    *,
    camp_id: CampId,
    camp_title: str,
    edition: Edition,
    experiences: HowMany,
    lessons: HowMany,
    promises: HowMany,
    nothing_to_publish: str | None,
    **reader: Unpack[HarvestReader],
) -> None:
    """Tell somebody where to read what came out of a camp, in place of what is not sent yet.

    Where there is nothing for them to read, only who was told otherwise is told. Raises NotYetKnown while their partner
    is not known, and Superseded when they were told of this edition, or of a later one.
    """
    recipient = _recipient(uow, reader)
    _keep(uow, f"{camp_id}.{recipient.id}", edition)
    letters_before = {"about_id": camp_id, "recipient_id": recipient.id, "category": Category.CAMP_HARVEST}
    cancel_letters(uow, letters_before, reason="something else came out of the camp")
    again = Letters(uow).may_have_arrived(letters_before)
    there_is = {"experiences": experiences, "lessons": lessons, "promises": promises}
    if not again and not any(there_is.values()):
        return
    partner_id = reader["partner_id"]
    trigger = LetterTrigger(category=Category.CAMP_HARVEST, about_id=camp_id, partner_id=partner_id or "",
                            sequence=edition)  # fmt: skip
    partner = Partners(uow).known(partner_id, scope=PLATFORM) if partner_id else None
    about = {
        "partner_name": partner.name if partner else letter_templates.institute.name,
        "camp_title": camp_title,
        "as_whom": reader["as_whom"],
        "nothing_to_publish": nothing_to_publish,
        "again": again,
        **there_is,
    }
    write(uow, letter_templates, trigger, recipient, about)


def _keep(uow: UnitOfWork, id: str, edition: int) -> None:
    told = HarvestsTold(uow).about(id)
    told.keep(edition)
    HarvestsTold(uow).save(told)


def _recipient(uow: UnitOfWork, reader: HarvestReader) -> Recipient:
    """Give who is told: as they are on record now, or as the event says."""
    id = reader["person_id"] or reader["delegate_id"] or ""
    known = Recipients(uow).first({"_id": id}, scope=PLATFORM)
    return known or Recipient(id=id, seen_sequence=0, partner_id=reader["partner_id"], name=reader["name"],
                              email=reader["email"], role=DELEGATE, language=reader["language"],
                              zone=reader["zone"])  # fmt: skip
