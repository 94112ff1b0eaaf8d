"""Letters about the programmes of camps: each delegate whom a release concerns is told once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated

from marshmallow import fields

from chassis.domain.scope import PLATFORM
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.fields import Instant, Text
from chassis.schemas.messages import EventData
from chassis.schemas.operations import reaction
from services.notifications.model.copied import DELEGATE, Recipient
from services.notifications.model.letter_trigger import ABOUT_PROGRAMMES, Category, LetterTrigger
from services.notifications.repository import Partners, Recipients
from services.notifications.repository.programme import ProgrammesTold
from services.notifications.schemas import (
    CampId,
    DelegateId,
    EmailAddress,
    LanguageTag,
    PartnerId,
    PersonId,
    ReleaseNumber,
    ZoneName,
)
from services.notifications.templates import LetterTemplates
from services.notifications.use_cases.letter import cancel_letters, write

FIRST = 1


class SlotOfDelegate(EventData):
    """What a delegate presents, and how that stands compared with the release before."""

    title = Text(required=True)
    room = Text(required=True)
    starts_at = Instant(required=True)
    ends_at = Instant(required=True)
    difference = Text(required=True)


OwnSlots = Annotated[Sequence[Mapping[str, object]], fields.List(fields.Nested(SlotOfDelegate))]


@reaction("camps.programme.delegate_affected")
def tell_what_the_programme_says(
    uow: UnitOfWork,
    letter_templates: LetterTemplates,
    *,
    number: ReleaseNumber,
    camp_id: CampId,
    camp_title: str,
    camp_zone: ZoneName,
    ends_at: datetime,
    delegate_id: DelegateId,
    person_id: PersonId | None,
    partner_id: PartnerId | None,
    name: str,
    email: EmailAddress,
    language: LanguageTag,
    zone: ZoneName,
    slots: OwnSlots,
    as_it_stands: bool = False,
    zone_law: str | None = None,
) -> None:
    """Tell a delegate what a release of a programme says of what they present, in place of what is not sent yet.

    Not when the camp is over. Raises NotYetKnown while their partner is not known, and Superseded when a later release
    is known to concern them.
    """
    told = ProgrammesTold(uow).about(delegate_id)
    told.keep(number)
    ProgrammesTold(uow).save(told)
    if uow.now >= ends_at:
        return
    by_name = Recipient(id=delegate_id, seen_sequence=0, partner_id=partner_id, name=name, email=email, role=DELEGATE,
                        language=language, zone=zone)  # fmt: skip
    recipient = Recipients(uow).first({"_id": person_id or delegate_id}, scope=PLATFORM) or by_name
    is_whole = as_it_stands or number == FIRST
    category = Category.PROGRAMME_RELEASED if is_whole else Category.PROGRAMME_CHANGED
    trigger = LetterTrigger(category=category, about_id=camp_id, partner_id=partner_id or "", sequence=number)
    _cancel_what_is_not_sent(uow, trigger, recipient)
    about = {
        "partner_name": Partners(uow).known(partner_id, scope=PLATFORM).name if partner_id else None,
        "camp_title": camp_title,
        "zone": camp_zone,
        "slots": slots,
        "number": number,
        "zone_law": zone_law,
    }
    write(uow, letter_templates, trigger, recipient, about)


def _cancel_what_is_not_sent(uow: UnitOfWork, trigger: LetterTrigger, recipient: Recipient) -> None:
    """Cancel a recipient's letters about earlier releases of the programme."""
    earlier = {"about_id": trigger.about_id, "recipient_id": recipient.id, "about_sequence": {"$lt": trigger.sequence}}
    cancel_letters(uow, {**earlier, "category": {"$in": ABOUT_PROGRAMMES}}, reason="another release was told")
