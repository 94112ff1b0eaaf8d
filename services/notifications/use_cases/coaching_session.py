"""Who is written to when a coaching session is scheduled, moved or cancelled."""

from datetime import datetime
from typing import Any, Unpack

from chassis.domain.scope import PLATFORM
from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import reaction
from services.notifications.model.coached import CoachingSession
from services.notifications.model.letter_trigger import ABOUT_THE_TIME, Category, LetterTrigger
from services.notifications.repository import CoachingSessions, Partners, Recipients
from services.notifications.schemas import SessionAgreed, StandingReason
from services.notifications.templates import LetterTemplates
from services.notifications.use_cases.letter import cancel_letters, write, write_to_the_leaders


@reaction("engagements.coaching.scheduled")
def announce_the_session(
    uow: UnitOfWork, event: Envelope, letter_templates: LetterTemplates, **session: Unpack[SessionAgreed]
) -> None:
    """Tell the coach and the partner's leaders when a session is, unless it is put on record afterwards.

    Raises NotYetKnown while they are not known, and Superseded when it was moved, held or cancelled since.
    """
    if session["held_at"] > uow.now:
        _tell_both(uow, letter_templates, session_trigger(Category.SESSION_SCHEDULED, event, session), session)


@reaction("engagements.coaching.moved")
def announce_the_move(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    from_held_at: datetime,
    reason: StandingReason,
    **session: Unpack[SessionAgreed],
) -> None:
    """Tell the coach and the partner's leaders that a session begins at another time, and why.

    Raises NotYetKnown while they are not known, and Superseded when it was moved again later, held or cancelled.
    """
    trigger = session_trigger(Category.SESSION_MOVED, event, session)
    _tell_both(uow, letter_templates, trigger, session, from_held_at=from_held_at, reason=reason)


@reaction("engagements.coaching.cancelled")
def announce_the_cancellation(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    reason: StandingReason,
    with_engagement: bool,
    **session: Unpack[SessionAgreed],
) -> None:
    """Tell the coach and the partner's leaders that a session does not take place, and why.

    Of the end of the whole engagement they hear by another letter. Raises NotYetKnown while they are not known.
    """
    trigger = session_trigger(Category.SESSION_CANCELLED, event, session)
    if with_engagement:
        keep_time(uow, trigger)
    else:
        _tell_both(uow, letter_templates, trigger, session, reason=reason)


def keep_time(uow: UnitOfWork, trigger: LetterTrigger) -> CoachingSession:
    """Keep that it is told when a session is, or that it is not: what was said of that before is not sent any more."""
    session = CoachingSessions(uow).about(trigger.about_id)
    session.keep_time(sequence=trigger.sequence)
    cancel_what_was_said(uow, session, before=trigger.sequence, reason="its time, or who holds it, was told anew")
    return CoachingSessions(uow).save(session)


def keep_outcome(uow: UnitOfWork, session_id: str, *, sequence: int) -> None:
    """Keep that it is told whether a session was held; raises Superseded when that was told anew."""
    session = CoachingSessions(uow).about(session_id)
    session.keep_outcome(sequence=sequence)
    cancel_what_was_said(uow, session, before=sequence, reason="the session was held")
    CoachingSessions(uow).save(session)


def cancel_what_was_said(uow: UnitOfWork, session: CoachingSession, *, before: int, reason: str, **to: Any) -> None:
    """Cancel the unsent letters that earlier events had written about when a session is, all or those that fit `to`."""
    earlier = {"about_id": session.id, "about_sequence": {"$lt": before}, "category": {"$in": ABOUT_THE_TIME}}
    cancel_letters(uow, {**earlier, **to}, reason=reason)


def session_trigger(category: Category, event: Envelope, session: SessionAgreed) -> LetterTrigger:
    """Give what a letter about a session is written for."""
    return LetterTrigger(
        category=category, about_id=session["session_id"], partner_id=session["partner_id"], sequence=event.sequence
    )


def _tell_both(
    uow: UnitOfWork, letter_templates: LetterTemplates, trigger: LetterTrigger, session: SessionAgreed, **news: object
) -> None:
    """Write to the leaders, and to the coach unless the session is known to be another coach's since."""
    successor_id = keep_time(uow, trigger).coach_since(trigger.sequence)
    coach = Recipients(uow).known(successor_id or session["coach_id"], scope=PLATFORM)
    partner = Partners(uow).known(trigger.partner_id, scope=PLATFORM)
    about = {"partner_name": partner.name, "held_at": session["held_at"], "zone": session["zone"], **news}
    if successor_id is None:
        write(uow, letter_templates, trigger, coach, {"with_whom": partner.name, **about})
    write_to_the_leaders(uow, letter_templates, trigger, {"with_whom": coach.name, **about})


REACTIONS = (announce_the_session, announce_the_move, announce_the_cancellation)
