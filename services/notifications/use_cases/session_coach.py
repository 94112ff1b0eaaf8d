"""Who is written to when a coaching session is another coach's, or needs one."""

from datetime import date
from typing import Unpack

from chassis.domain.scope import PLATFORM
from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import reaction
from services.notifications.model.letter_trigger import Category
from services.notifications.repository import CoachingSessions, Partners, Recipients
from services.notifications.schemas import PersonId, SessionAgreed, SessionId
from services.notifications.templates import LetterTemplates
from services.notifications.use_cases.coaching_session import cancel_what_was_said, keep_time, session_trigger
from services.notifications.use_cases.letter import cancel_letters, write, write_to_staff, write_to_the_leaders


@reaction("engagements.coaching.handed_over")
def tell_the_session_coach(
    uow: UnitOfWork, event: Envelope, letter_templates: LetterTemplates, **session: Unpack[SessionAgreed]
) -> None:
    """Tell the coach to whom a session was handed over when it is, in place of what coaches were not sent yet.

    Raises NotYetKnown while coach or partner is not known, and Superseded when it was handed over again later.
    """
    known = CoachingSessions(uow).about(session["session_id"])
    known.change_coach(session["coach_id"], sequence=event.sequence)
    CoachingSessions(uow).save(known)
    reason = "the session was handed over"
    cancel_what_was_said(uow, known, before=event.sequence, reason=reason, organisation_id=None)
    if not known.is_told_anew_since(event.sequence):
        _write(uow, event, letter_templates, Category.SESSION_TAKEN_OVER, session, to=session["coach_id"])


@reaction("engagements.coaching.handed_over")
def tell_the_former_session_coach(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    former_coach_id: PersonId,
    with_engagement: bool,
    **session: Unpack[SessionAgreed],
) -> None:
    """Tell the coach whose session it was, unless they hear of the whole engagement, or are known to hold it again.

    Raises NotYetKnown while one of them or the partner is not known.
    """
    holder_id = CoachingSessions(uow).about(session["session_id"]).coach_since(event.sequence)
    if not with_engagement and holder_id != former_coach_id:
        _write(uow, event, letter_templates, Category.SESSION_PASSED_ON, session, to=former_coach_id)


@reaction("engagements.coaching.handed_over")
def tell_the_leaders_who_holds_it(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    with_engagement: bool,
    **session: Unpack[SessionAgreed],
) -> None:
    """Tell the partner's leaders who is to hold a session, unless they hear of the whole engagement.

    Raises NotYetKnown while they are not known, and Superseded when its time or its coach was told anew.
    """
    if with_engagement:
        return
    trigger = session_trigger(Category.SESSION_HANDED_OVER, event, session)
    keep_time(uow, trigger)
    coach = Recipients(uow).known(session["coach_id"], scope=PLATFORM)
    about = {"coach_name": coach.name, "coach_email": coach.email, "held_at": session["held_at"],
             "zone": session["zone"]}  # fmt: skip
    write_to_the_leaders(uow, letter_templates, trigger, about)


@reaction("engagements.coaching.coach_left")
def ask_for_another_session_coach(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    left_on: date,
    **session: Unpack[SessionAgreed],
) -> None:
    """Ask the institute's staff to hand a session over whose coach has left.

    Raises NotYetKnown while coach or partner is not known, and Superseded when a later event answers it.
    """
    _keep_need(uow, event, session["session_id"])
    trigger = session_trigger(Category.SESSION_COACH_WANTED, event, session)
    coach = Recipients(uow).known(session["coach_id"], scope=PLATFORM)
    partner = Partners(uow).known(trigger.partner_id, scope=PLATFORM)
    about = {"partner_name": partner.name, "coach_name": coach.name, "left_on": left_on, **session}
    write_to_staff(uow, letter_templates, trigger, about)


@reaction(
    "engagements.coaching.handed_over",
    "engagements.coaching.coach_returned",
    "engagements.coaching.held",
    "engagements.coaching.cancelled",
)
def stop_asking_for_a_session_coach(uow: UnitOfWork, event: Envelope, *, session_id: SessionId) -> None:
    """Ask nobody any more to hand a session over. Raises Superseded when it has come to need a coach again."""
    _keep_need(uow, event, session_id)
    asked = {"category": Category.SESSION_COACH_WANTED, "about_id": session_id}
    cancel_letters(uow, asked, reason="the session needs no other coach any more")


def _keep_need(uow: UnitOfWork, event: Envelope, session_id: str) -> None:
    session = CoachingSessions(uow).about(session_id)
    session.keep_need(sequence=event.sequence)
    CoachingSessions(uow).save(session)


def _write(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    category: Category,
    session: SessionAgreed,
    *,
    to: str,
) -> None:
    """Write to a coach who holds a session from now on, and when it is."""
    trigger = session_trigger(category, event, session)
    recipient = Recipients(uow).known(to, scope=PLATFORM)
    coach = Recipients(uow).known(session["coach_id"], scope=PLATFORM)
    partner = Partners(uow).known(trigger.partner_id, scope=PLATFORM)
    about = {"partner_name": partner.name, "coach_name": coach.name, "held_at": session["held_at"],
             "zone": session["zone"]}  # fmt: skip
    write(uow, letter_templates, trigger, recipient, about)


REACTIONS = (
    tell_the_session_coach,
    tell_the_former_session_coach,
    tell_the_leaders_who_holds_it,
    ask_for_another_session_coach,
    stop_asking_for_a_session_coach,
)
