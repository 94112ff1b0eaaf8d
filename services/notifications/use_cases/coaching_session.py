"""Who is written to when a coaching session is handed over."""

from datetime import datetime
from zoneinfo import ZoneInfo

from chassis.domain.scope import PLATFORM
from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import reaction
from services.notifications.model.letter_trigger import Category, LetterTrigger
from services.notifications.repository import CoachingSessions, Partners, Recipients
from services.notifications.schemas import PartnerId, PersonId, SessionId, ZoneName
from services.notifications.templates import LetterTemplates
from services.notifications.use_cases.letter import cancel_letters, write


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
    session = CoachingSessions(uow).about(session_id, coach_id=coach_id)
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
    if with_engagement or CoachingSessions(uow).about(session_id, coach_id=coach_id).coach_id == former_coach_id:
        return
    _write(uow, letter_templates, _trigger(Category.SESSION_PASSED_ON, session_id, partner_id, event),
           to=former_coach_id, coach_id=coach_id, held_at=held_at, zone=zone)  # fmt: skip


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
    there = held_at.astimezone(ZoneInfo(zone))
    about = {"partner_name": partner.name, "coach_name": coach.name, "held_on": there.date(),
             "begins": f"{there:%H:%M}", "zone": zone}  # fmt: skip
    write(uow, letter_templates, trigger, recipient, about)


def _trigger(category: Category, session_id: str, partner_id: str, event: Envelope) -> LetterTrigger:
    return LetterTrigger(category=category, about_id=session_id, partner_id=partner_id, sequence=event.sequence)
