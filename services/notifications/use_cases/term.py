"""Whom the institute asks whether another term follows, and who is told what was decided."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated

from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.fields import Id
from chassis.schemas.operations import reaction
from services.notifications.model.letter_trigger import Category, LetterTrigger
from services.notifications.repository import Letters, Partners
from services.notifications.repository.term import KnownTerms
from services.notifications.schemas import PartnerId, StandingReason
from services.notifications.templates import LetterTemplates
from services.notifications.use_cases.letter import cancel_letters, write_to_staff, write_to_the_leaders

TermId = Annotated[str, Id("trm")]
ASKING = {
    "partners.term.renewal_due": Category.RENEWAL_DUE,
    "partners.term.renewal_overdue": Category.RENEWAL_OVERDUE,
}
DECIDED = (Category.TERM_GOES_ON, Category.TERM_ENDS, Category.TERM_IS_OPEN)


@reaction("partners.term.renewal_due", "partners.term.renewal_overdue")
def ask_whether_another_term_follows(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    term_id: TermId,
    partner_id: PartnerId,
    term_ends_on: date,
    admission_number: int,
) -> None:
    """Ask the institute's staff to decide whether another term follows, and once more when it is overdue.

    What is not sent yet of an earlier one never is. Raises NotYetKnown while the partner is not known, and Superseded
    when it is decided since, or when the partner has departed.
    """
    partner = Partners(uow).in_admission(admission_number, partner_id)
    known = KnownTerms(uow).about(partner_id)
    known.keep_asked(sequence=event.sequence, term_ends_on=term_ends_on)
    KnownTerms(uow).save(known)
    _stop_asking(uow, partner_id)
    trigger = LetterTrigger(category=ASKING[event.type], about_id=term_id, partner_id=partner_id,
                            sequence=event.sequence)  # fmt: skip
    about = {"partner_name": partner.name, "partner_id": partner_id, "term_ends_on": term_ends_on}
    write_to_staff(uow, letter_templates, trigger, about)


@reaction("partners.partner.renewed")
def tell_the_leaders_that_another_term_follows(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    partner_id: PartnerId,
    term_starts_on: date,
    term_ends_on: date,
    reason: StandingReason,
    admission_number: int,
) -> None:
    """Write to a partner's leaders that another term follows, and why; nobody is asked any more to decide that.

    Raises NotYetKnown while they or this admission are not known, and Superseded when something else holds since.
    """
    before = _keep(uow, event, partner_id, admission_number, decided_of=term_starts_on - timedelta(days=1))
    about = {"reason": reason, "term_starts_on": term_starts_on, "term_ends_on": term_ends_on,
             "was_to_end": _told(uow, partner_id, before, Category.TERM_ENDS)}  # fmt: skip
    _tell(uow, event, letter_templates, partner_id, Category.TERM_GOES_ON, about)


@reaction("partners.partner.not_renewed")
def tell_the_leaders_that_no_other_term_follows(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    partner_id: PartnerId,
    term_ends_on: date,
    reason: StandingReason,
    admission_number: int,
) -> None:
    """Write to a partner's leaders that no other term follows, and why; nobody is asked any more. Raises as above."""
    _keep(uow, event, partner_id, admission_number, decided_of=term_ends_on)
    about = {"reason": reason, "term_ends_on": term_ends_on}
    _tell(uow, event, letter_templates, partner_id, Category.TERM_ENDS, about)


@reaction("partners.partner.renewal_reconsidered")
def tell_the_leaders_that_it_is_open_again(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    partner_id: PartnerId,
    term_ends_on: date,
    reason: StandingReason,
    admission_number: int,
) -> None:
    """Write to a partner's leaders, if they may know of a decision, that it holds no more. Raises as above."""
    before = _keep(uow, event, partner_id, admission_number, decided_of=None)
    if _told(uow, partner_id, before, Category.TERM_GOES_ON, Category.TERM_ENDS):
        about = {"reason": reason, "term_ends_on": term_ends_on}
        _tell(uow, event, letter_templates, partner_id, Category.TERM_IS_OPEN, about)


def _keep(uow: UnitOfWork, event: Envelope, partner_id: str, admission_number: int, *, decided_of: date | None) -> int:
    """Keep what is decided; what is not sent yet of what was so before never is. Gives which event said that."""
    Partners(uow).in_admission(admission_number, partner_id)
    known = KnownTerms(uow).about(partner_id)
    before = known.keep_decision(sequence=event.sequence, term_ends_on=decided_of)
    KnownTerms(uow).save(known)
    _stop_asking(uow, partner_id)
    told = {"about_id": partner_id, "category": {"$in": list(DECIDED)}}
    cancel_letters(uow, told, reason="there is later news of what follows the term")
    return before


def _stop_asking(uow: UnitOfWork, partner_id: str) -> None:
    asked = {"partner_id": partner_id, "category": {"$in": list(ASKING.values())}}
    cancel_letters(uow, asked, reason="it is decided, or there is later news of it")


def _told(uow: UnitOfWork, partner_id: str, sequence: int, *categories: Category) -> bool:
    """Whether somebody may have a letter of one of these categories about that event."""
    told = {"about_id": partner_id, "category": {"$in": list(categories)}, "about_sequence": sequence}
    return Letters(uow).may_have_arrived(told)


def _tell(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    partner_id: str,
    category: Category,
    about: Mapping[str, object],
) -> None:
    trigger = LetterTrigger(category=category, about_id=partner_id, partner_id=partner_id, sequence=event.sequence)
    write_to_the_leaders(uow, letter_templates, trigger, about)


REACTIONS = (
    ask_whether_another_term_follows,
    tell_the_leaders_that_another_term_follows,
    tell_the_leaders_that_no_other_term_follows,
    tell_the_leaders_that_it_is_open_again,
)
