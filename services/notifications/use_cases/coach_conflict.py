"""The institute's staff hears when a coach turns out to work, or to have worked until lately, for whom they coach."""

from datetime import date
from typing import Unpack

from chassis.domain.scope import PLATFORM
from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import reaction
from services.notifications.model.letter_trigger import Category, LetterTrigger
from services.notifications.repository import CoachingSessions, Engagements, Partners, Recipients
from services.notifications.schemas import EngagementId, PartnerId, PersonId, SessionAgreed, SessionId
from services.notifications.templates import LetterTemplates
from services.notifications.use_cases.coaching_session import session_trigger
from services.notifications.use_cases.letter import cancel_letters, write_to_staff


@reaction("engagements.engagement.coach_conflict_found")
def warn_of_a_conflict(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    engagement_id: EngagementId,
    partner_id: PartnerId,
    coach_id: PersonId,
    until: date | None,
) -> None:
    """Tell the institute's staff that a lead coach has an interest in the partner, and that another one is to lead.

    Raises NotYetKnown while coach or partner is not known, and Superseded when a later event answers it.
    """
    _keep_interest(uow, event, engagement_id)
    trigger = LetterTrigger(category=Category.COACH_CONFLICT, about_id=engagement_id, partner_id=partner_id,
                            sequence=event.sequence)  # fmt: skip
    about = {**_whom(uow, coach_id, partner_id), "until": until, "engagement_id": engagement_id}
    write_to_staff(uow, letter_templates, trigger, about)


@reaction(
    "engagements.engagement.coach_conflict_ended",
    "engagements.engagement.coach_changed",
    "engagements.engagement.closed",
)
def stop_warning_of_a_conflict(uow: UnitOfWork, event: Envelope, *, engagement_id: EngagementId) -> None:
    """Warn nobody any more of a lead coach's interest. Raises Superseded when there is one again."""
    _keep_interest(uow, event, engagement_id)
    _stop(uow, Category.COACH_CONFLICT, engagement_id)


@reaction("engagements.coaching.conflict_found")
def warn_of_a_conflict_of_a_session(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    until: date | None,
    **session: Unpack[SessionAgreed],
) -> None:
    """Tell the institute's staff that who is to hold a session has an interest in the partner.

    Raises NotYetKnown while coach or partner is not known, and Superseded when a later event answers it.
    """
    _keep_interest_in_a_session(uow, event, session["session_id"])
    trigger = session_trigger(Category.SESSION_COACH_CONFLICT, event, session)
    about = {**session, **_whom(uow, session["coach_id"], trigger.partner_id), "until": until}
    write_to_staff(uow, letter_templates, trigger, about)


@reaction(
    "engagements.coaching.conflict_ended",
    "engagements.coaching.handed_over",
    "engagements.coaching.held",
    "engagements.coaching.cancelled",
)
def stop_warning_of_a_conflict_of_a_session(uow: UnitOfWork, event: Envelope, *, session_id: SessionId) -> None:
    """Warn nobody any more of an interest of who is to hold a session. Raises Superseded when there is one again."""
    _keep_interest_in_a_session(uow, event, session_id)
    _stop(uow, Category.SESSION_COACH_CONFLICT, session_id)


def _stop(uow: UnitOfWork, category: Category, about_id: str) -> None:
    cancel_letters(uow, {"category": category, "about_id": about_id}, reason="the conflict of interest is over")


def _whom(uow: UnitOfWork, coach_id: str, partner_id: str) -> dict[str, str]:
    coach = Recipients(uow).known(coach_id, scope=PLATFORM)
    return {"coach_name": coach.name, "partner_name": Partners(uow).known(partner_id, scope=PLATFORM).name}


def _keep_interest(uow: UnitOfWork, event: Envelope, engagement_id: str) -> None:
    engagement = Engagements(uow).about(engagement_id)
    engagement.keep_interest(sequence=event.sequence)
    Engagements(uow).save(engagement)


def _keep_interest_in_a_session(uow: UnitOfWork, event: Envelope, session_id: str) -> None:
    session = CoachingSessions(uow).about(session_id)
    session.keep_interest(sequence=event.sequence)
    CoachingSessions(uow).save(session)


REACTIONS = (
    warn_of_a_conflict,
    stop_warning_of_a_conflict,
    warn_of_a_conflict_of_a_session,
    stop_warning_of_a_conflict_of_a_session,
)
