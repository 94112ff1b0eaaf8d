"""Who is written to when a coaching session is handed over, moved or cancelled."""

from collections.abc import Mapping
from datetime import datetime

from chassis.domain.scope import PLATFORM
from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import reaction
from services.notifications.model.letter_trigger import Category, LetterTrigger
from services.notifications.repository import CoachingSessions, Partners, Recipients
from services.notifications.schemas import PartnerId, PersonId, SessionId, StandingReason, ZoneName
from services.notifications.templates import LetterTemplates
from services.notifications.use_cases.letter import cancel_letters, write, write_to_the_leaders


@reaction("engagements.coaching.handed_over")
def tell_the_session_coach(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    session_id: SessionId,
    partner_id: PartnerId,
    coach_id: PersonId,
    held_at: datetime,
    zone: ZoneName,
) -> None:
    """Tell the coach to whom a session was handed over when it is.

    Raises NotYetKnown while coach or partner is not known, and Superseded when it was handed over again later.
    """
    session = CoachingSessions(uow).about(session_id)
    session.hand_over(coach_id, sequence=event.sequence)
    CoachingSessions(uow).save(session)
    taken_over = {"category": Category.SESSION_TAKEN_OVER, "about_id": session_id}
    cancel_letters(uow, taken_over, reason="the session was handed over again")
    _write(uow, letter_templates, _trigger(Category.SESSION_TAKEN_OVER, session_id, partner_id, event), to=coach_id,
           coach_id=coach_id, held_at=held_at, zone=zone)  # fmt: skip


@reaction("engagements.coaching.handed_over")
def tell_the_former_session_coach(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    session_id: SessionId,
    partner_id: PartnerId,
    coach_id: PersonId,
    former_coach_id: PersonId,
    held_at: datetime,
    zone: ZoneName,
    with_engagement: bool,
) -> None:
    """Tell the coach whose session it was, unless they hear of the whole engagement, or are known to hold it again.

    Raises NotYetKnown while one of them or the partner is not known.
    """
    session = CoachingSessions(uow).about(session_id)
    if with_engagement or session.is_held_again_by(former_coach_id, sequence=event.sequence):
        return
    _write(uow, letter_templates, _trigger(Category.SESSION_PASSED_ON, session_id, partner_id, event),
           to=former_coach_id, coach_id=coach_id, held_at=held_at, zone=zone)  # fmt: skip


@reaction("engagements.coaching.moved")
def announce_the_move(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    session_id: SessionId,
    partner_id: PartnerId,
    coach_id: PersonId,
    from_held_at: datetime,
    held_at: datetime,
    zone: ZoneName,
    reason: StandingReason,
) -> None:
    """Tell the coach and the partner's leaders that a session begins at another time, and why.

    Raises NotYetKnown while they are not known, and Superseded when it was moved again later, or cancelled.
    """
    trigger = _trigger(Category.SESSION_MOVED, session_id, partner_id, event)
    about = {"from_held_at": from_held_at, "held_at": held_at, "zone": zone, "reason": reason}
    _tell_both(uow, letter_templates, trigger, coach_id, about)


@reaction("engagements.coaching.cancelled")
def announce_the_cancellation(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    session_id: SessionId,
    partner_id: PartnerId,
    coach_id: PersonId,
    held_at: datetime,
    zone: ZoneName,
    reason: StandingReason,
    with_engagement: bool,
) -> None:
    """Tell the coach and the partner's leaders that a session does not take place, and why.

    Of the end of the whole engagement they hear by another letter. Raises NotYetKnown while they are not known.
    """
    trigger = _trigger(Category.SESSION_CANCELLED, session_id, partner_id, event)
    if with_engagement:
        _overtake_what_was_said(uow, trigger)
    else:
        _tell_both(uow, letter_templates, trigger, coach_id, {"reason": reason, "held_at": held_at, "zone": zone})


def _tell_both(
    uow: UnitOfWork,
    letter_templates: LetterTemplates,
    trigger: LetterTrigger,
    coach_id: str,
    about: Mapping[str, object],
) -> None:
    _overtake_what_was_said(uow, trigger)
    coach = Recipients(uow).known(coach_id, scope=PLATFORM)
    partner = Partners(uow).known(trigger.partner_id, scope=PLATFORM)
    with_the_partner = {"partner_name": partner.name, "with_whom": partner.name}
    write(uow, letter_templates, trigger, coach, {**with_the_partner, **about})
    write_to_the_leaders(uow, letter_templates, trigger, {"with_whom": coach.name, **about})


def _overtake_what_was_said(uow: UnitOfWork, trigger: LetterTrigger) -> None:
    """Cancel the unsent letters of earlier moves, and let none be written any more: their time is not right."""
    session = CoachingSessions(uow).about(trigger.about_id)
    session.keep_time(sequence=trigger.sequence)
    CoachingSessions(uow).save(session)
    earlier = {"$lt": trigger.sequence}
    moved = {"category": Category.SESSION_MOVED, "about_id": trigger.about_id, "about_sequence": earlier}
    cancel_letters(uow, moved, reason="the session was moved again, or cancelled")


def _write(
    uow: UnitOfWork,
    letter_templates: LetterTemplates,
    trigger: LetterTrigger,
    *,
    to: str,
    coach_id: str,
    held_at: datetime,
    zone: str,
) -> None:
    recipient = Recipients(uow).known(to, scope=PLATFORM)
    coach = Recipients(uow).known(coach_id, scope=PLATFORM)
    partner = Partners(uow).known(trigger.partner_id, scope=PLATFORM)
    about = {"partner_name": partner.name, "coach_name": coach.name, "held_at": held_at, "zone": zone}
    write(uow, letter_templates, trigger, recipient, about)


def _trigger(category: Category, session_id: str, partner_id: str, event: Envelope) -> LetterTrigger:
    return LetterTrigger(category=category, about_id=session_id, partner_id=partner_id, sequence=event.sequence)
