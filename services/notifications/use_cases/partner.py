"""Who is written to when a partnership rests, goes on or ends."""

from collections.abc import Mapping
from datetime import date

from chassis.domain.scope import PLATFORM
from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import reaction
from services.notifications.model.copied import Partner
from services.notifications.model.letter_trigger import (
    ABOUT_STANDING,
    OVERTAKEN_BY_DEPARTURE,
    REMINDERS,
    Category,
    LetterTrigger,
)
from services.notifications.repository import Invitations, Letters, Partners
from services.notifications.schemas import PartnerId, StandingReason
from services.notifications.templates import LetterTemplates
from services.notifications.use_cases.calendars.diary_letters import take_out_of_diaries
from services.notifications.use_cases.invitation import earlier_letters
from services.notifications.use_cases.letter import cancel_letters, write_to_the_leaders


@reaction("partners.partner.paused")
def tell_the_leaders_that_it_rests(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    partner_id: PartnerId,
    reason: StandingReason,
    paused_on: date,
    admission_number: int = 1,
) -> None:
    """Write to a partner's leaders that the partnership rests, and why.

    Raises NotYetKnown while they or this admission are not known, and Superseded when something else holds since.
    """
    partner = _keep_standing(uow, event, partner_id, admission_number, rests=True)
    about = {"reason": reason, "paused_on": paused_on}
    overtaken = (*ABOUT_STANDING, *REMINDERS)
    _tell(uow, event, letter_templates, partner, Category.PARTNERSHIP_PAUSED, about, overtaken)


@reaction("partners.partner.resumed")
def tell_the_leaders_that_it_goes_on(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    partner_id: PartnerId,
    resumed_on: date,
    admission_number: int = 1,
) -> None:
    """Write to a partner's leaders that the partnership is taken up again. Raises as for a pause."""
    partner = _keep_standing(uow, event, partner_id, admission_number, rests=False)
    about = {"resumed_on": resumed_on}
    _tell(uow, event, letter_templates, partner, Category.PARTNERSHIP_RESUMED, about, ABOUT_STANDING)


FAREWELLS = {"partners.partner.departed": Category.FAREWELL, "partners.partner.graduated": Category.GRADUATION}


@reaction("partners.partner.departed", "partners.partner.graduated")
def say_goodbye(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    partner_id: PartnerId,
    reason: StandingReason,
    departed_on: date,
    admission_number: int = 1,
) -> None:
    """Write to a partner's leaders that the partnership has ended, or that it graduated, in place of what is unsent.

    Heard after the next admission, it is told as what has been, and takes back nothing of that; a replay tells nobody.
    Raises as for a pause.
    """
    partner = Partners(uow).known(partner_id, scope=PLATFORM)
    about = {"reason": reason, "departed_on": departed_on, "is_back": partner.is_back_after(admission_number)}
    if about["is_back"]:
        _tell_what_has_been(uow, event, letter_templates, partner, about)
        return
    partner.depart(number=admission_number, on=departed_on)
    partner.keep_standing(sequence=event.sequence, rests=False)
    Partners(uow).save(partner)
    to_anybody = {"partner_id": partner_id, "category": Category.COACH_NAMED}
    cancel_letters(uow, to_anybody, reason=f"{partner.name} has departed")
    _tell(uow, event, letter_templates, partner, FAREWELLS[event.type], about, OVERTAKEN_BY_DEPARTURE)
    for invitation in Invitations(uow).each({"partner_id": partner_id}, scope=PLATFORM):
        take_out_of_diaries(uow, letter_templates, _trigger(FAREWELLS[event.type], partner, event), invitation)


def _keep_standing(uow: UnitOfWork, event: Envelope, partner_id: str, admission_number: int, *, rests: bool) -> Partner:
    partner = Partners(uow).in_admission(admission_number, partner_id)
    partner.keep_standing(sequence=event.sequence, rests=rests)
    return Partners(uow).save(partner)


def _tell(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    partner: Partner,
    category: Category,
    about: Mapping[str, object],
    overtaken: tuple[Category, ...],
) -> None:
    earlier = {"organisation_id": partner.id, "category": {"$in": overtaken}}
    cancel_letters(uow, earlier, reason=f"overtaken by news of {partner.name}")
    write_to_the_leaders(uow, letter_templates, _trigger(category, partner, event), about)


def _tell_what_has_been(
    uow: UnitOfWork, event: Envelope, letter_templates: LetterTemplates, partner: Partner, about: Mapping[str, object]
) -> None:
    trigger = _trigger(FAREWELLS[event.type], partner, event)
    if Letters(uow).written_to_anybody(trigger):
        return
    earlier = {**earlier_letters(trigger), "category": {"$in": OVERTAKEN_BY_DEPARTURE}}
    cancel_letters(uow, earlier, reason=f"{partner.name} had departed")
    write_to_the_leaders(uow, letter_templates, trigger, about)


def _trigger(category: Category, partner: Partner, event: Envelope) -> LetterTrigger:
    return LetterTrigger(category=category, about_id=partner.id, partner_id=partner.id, sequence=event.sequence)
