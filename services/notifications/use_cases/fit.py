"""Whom the institute asks to assess a partner, and who is told that assessors differ."""

from datetime import date
from typing import Any

from chassis.domain.scope import PLATFORM
from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import reaction
from services.notifications.model.fit import KnownFit
from services.notifications.model.letter_trigger import Category, LetterTrigger
from services.notifications.repository import Letters, Partners
from services.notifications.repository.fit import KnownFits
from services.notifications.schemas import Codes, FitId, PartnerId
from services.notifications.templates import LetterTemplates
from services.notifications.use_cases.letter import cancel_letters, write_to_staff

ASKING = {
    "partners.assessment.due": Category.ASSESSMENT_DUE,
    "partners.assessment.overdue": Category.ASSESSMENT_OVERDUE,
}


@reaction("partners.assessment.due", "partners.assessment.overdue")
def ask_to_assess(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    fit_id: FitId,
    partner_id: PartnerId,
    due_on: date,
) -> None:
    """Ask the institute's staff to assess a partner that is due to be, and once more when it is overdue.

    What is not sent yet of an earlier one never is. Raises NotYetKnown while the partner is not known, and Superseded
    when it is agreed on since how the partner fits, or when the partner rests or has departed.
    """
    _keep_awaited(uow, fit_id, event)
    partner = Partners(uow).known(partner_id, scope=PLATFORM)
    _stop_asking(uow, fit_id, event)
    trigger = _trigger(ASKING[event.type], fit_id, partner_id, event)
    about = {"partner_name": partner.name, "partner_id": partner_id, "due_on": due_on}
    write_to_staff(uow, letter_templates, trigger, about)


@reaction("partners.assessment.excused")
def stop_asking_to_assess(uow: UnitOfWork, event: Envelope, *, fit_id: FitId) -> None:
    """Ask nobody any more to assess a partner: what is not sent yet never is. Raises Superseded when it is due again.

    Who was asked needs no other letter: they agreed on it, or hear that the partner rests or has departed.
    """
    _keep_awaited(uow, fit_id, event)
    _stop_asking(uow, fit_id, event)


@reaction("partners.fit.assessors_differ")
def tell_that_assessors_differ(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    fit_id: FitId,
    partner_id: PartnerId,
    partner_name: str,
    characteristics: Codes,
) -> None:
    """Tell the institute's staff that those who assessed a partner do not find the same.

    What is not sent yet of an earlier difference never is. Raises Superseded when they agree since, or the institute
    does.
    """
    known = KnownFits(uow).about(fit_id)
    known.keep_differing(sequence=event.sequence)
    _keep(uow, known, event)
    trigger = _trigger(Category.ASSESSORS_DIFFER, fit_id, partner_id, event)
    about = {"partner_name": partner_name, "partner_id": partner_id, "characteristics": characteristics}
    write_to_staff(uow, letter_templates, trigger, about)


@reaction("partners.fit.assessors_agree")
def tell_that_assessors_agree(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    fit_id: FitId,
    partner_id: PartnerId,
    partner_name: str,
) -> None:
    """Tell the institute's staff, if they may know of it, that assessors who differed do not any more.

    Raises Superseded when they differ again since, or it is agreed on.
    """
    known = KnownFits(uow).about(fit_id)
    since = {"$gt": known.settle(sequence=event.sequence), "$lt": event.sequence}
    _keep(uow, known, event)
    told = {"about_id": fit_id, "category": Category.ASSESSORS_DIFFER, "about_sequence": since}
    if Letters(uow).may_have_arrived(told):
        trigger = _trigger(Category.ASSESSORS_AGREE, fit_id, partner_id, event)
        write_to_staff(uow, letter_templates, trigger, {"partner_name": partner_name})


@reaction("partners.fit.agreed")
def stop_telling_that_assessors_differ(uow: UnitOfWork, event: Envelope, *, fit_id: FitId) -> None:
    """Tell nobody any more that assessors differ where the institute has agreed: what is not sent yet never is.

    Raises Superseded when they differ again since.
    """
    known = KnownFits(uow).about(fit_id)
    known.settle(sequence=event.sequence)
    _keep(uow, known, event)


def _keep_awaited(uow: UnitOfWork, fit_id: str, event: Envelope) -> None:
    known = KnownFits(uow).about(fit_id)
    known.keep_awaited(sequence=event.sequence)
    KnownFits(uow).save(known)


def _stop_asking(uow: UnitOfWork, fit_id: str, event: Envelope) -> None:
    asked = _about(fit_id, event, *ASKING.values())
    cancel_letters(uow, asked, reason="it is not due any more, or it is overdue by now")


def _keep(uow: UnitOfWork, known: KnownFit, event: Envelope) -> None:
    """Store what was said last of whether assessors differ; what is not sent yet of what was said before never is."""
    KnownFits(uow).save(known)
    said = _about(known.id, event, Category.ASSESSORS_DIFFER, Category.ASSESSORS_AGREE)
    cancel_letters(uow, said, reason="there is later news of what assessors found")


def _about(fit_id: str, event: Envelope, *categories: Category) -> dict[str, Any]:
    """Give the condition for letters of earlier events about one fit."""
    return {"about_id": fit_id, "category": {"$in": list(categories)}, "about_sequence": {"$lt": event.sequence}}


def _trigger(category: Category, fit_id: str, partner_id: str, event: Envelope) -> LetterTrigger:
    return LetterTrigger(category=category, about_id=fit_id, partner_id=partner_id, sequence=event.sequence)


REACTIONS = (
    ask_to_assess,
    stop_asking_to_assess,
    tell_that_assessors_differ,
    tell_that_assessors_agree,
    stop_telling_that_assessors_differ,
)
