"""Who is written to when a partnership rests, goes on or ends."""

from collections.abc import Mapping
from datetime import date

from chassis.domain.scope import PLATFORM
from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import reaction
from services.notifications.model.letter_trigger import ABOUT_STANDING, OVERTAKEN_BY_DEPARTURE, Category, LetterTrigger
from services.notifications.repository import Partners
from services.notifications.schemas import PartnerId, StandingReason
from services.notifications.templates import LetterTemplates
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
) -> None:
    """Write to a partner's leaders that the partnership rests, and why.

    Raises NotYetKnown while they are not known, and Superseded when something else holds since.
    """
    about = {"reason": reason, "paused_on": paused_on}
    _tell(uow, event, letter_templates, partner_id, Category.PARTNERSHIP_PAUSED, about, overtakes=ABOUT_STANDING)


@reaction("partners.partner.resumed")
def tell_the_leaders_that_it_goes_on(
    uow: UnitOfWork, event: Envelope, letter_templates: LetterTemplates, *, partner_id: PartnerId, resumed_on: date
) -> None:
    """Write to a partner's leaders that the partnership is taken up again. Raises as for a pause."""
    about = {"resumed_on": resumed_on}
    _tell(uow, event, letter_templates, partner_id, Category.PARTNERSHIP_RESUMED, about, overtakes=ABOUT_STANDING)


@reaction("partners.partner.departed")
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
    """Write to a partner's leaders that the partnership has ended, and why, in place of what is not sent yet.

    Raises as for a pause.
    """
    partner = Partners(uow).known(partner_id, scope=PLATFORM)
    partner.depart(number=admission_number, on=departed_on)
    Partners(uow).save(partner)
    to_anybody = {"partner_id": partner_id, "category": Category.COACH_NAMED}
    cancel_letters(uow, to_anybody, reason=f"{partner.name} has departed")
    about = {"reason": reason, "departed_on": departed_on}
    _tell(uow, event, letter_templates, partner_id, Category.FAREWELL, about, overtakes=OVERTAKEN_BY_DEPARTURE)


def _tell(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    partner_id: str,
    category: Category,
    about: Mapping[str, object],
    *,
    overtakes: tuple[Category, ...],
) -> None:
    partner = Partners(uow).known(partner_id, scope=PLATFORM)
    partner.keep_standing(sequence=event.sequence)
    Partners(uow).save(partner)
    overtaken = {"organisation_id": partner_id, "category": {"$in": overtakes}}
    cancel_letters(uow, overtaken, reason=f"overtaken by news of {partner.name}")
    trigger = LetterTrigger(category=category, about_id=partner_id, partner_id=partner_id, sequence=event.sequence)
    write_to_the_leaders(uow, letter_templates, trigger, about)
