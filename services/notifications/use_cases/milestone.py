"""Who is written to about what becomes of a milestone."""

from collections.abc import Mapping
from datetime import date

from chassis.domain.errors import Superseded
from chassis.domain.scope import PLATFORM
from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import reaction
from services.notifications.model.copied import Standing
from services.notifications.model.letter_trigger import Category, LetterTrigger
from services.notifications.repository import Engagements, Letters, Milestones, Partners, Recipients
from services.notifications.schemas import EngagementId, MilestoneId, PartnerId, PersonId, RiskReason
from services.notifications.templates import LetterTemplates
from services.notifications.use_cases.letter import (
    cancel_letters,
    write,
    write_to_former_recipients,
    write_to_the_leaders,
)

ABOUT_A_DAY = (Category.AT_RISK, Category.MISSED, Category.RESCHEDULED)
"""Letters that name the day by which a milestone is to be reached."""


@reaction("engagements.milestone.reached")
def congratulate_the_leaders(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    milestone_id: MilestoneId,
    partner_id: PartnerId,
    title: str,
    reached_on: date,
) -> None:
    """Write to a partner's leaders that it has reached a milestone.

    Raises NotYetKnown while they are not known, and Superseded when it was reopened since.
    """
    Milestones(uow).about(milestone_id).refuse_if_reopened_since(event.sequence)
    trigger = LetterTrigger(
        category=Category.MILESTONE, about_id=milestone_id, partner_id=partner_id, sequence=event.sequence
    )
    write_to_the_leaders(uow, letter_templates, trigger, {"title": title, "reached_on": reached_on})


@reaction("engagements.milestone.reached", "engagements.milestone.dropped")
def stop_alerts(uow: UnitOfWork, event: Envelope, *, milestone_id: MilestoneId) -> None:
    """Send nothing more about the day, or the proposal, of a milestone that is reached, or not aimed at any more.

    Raises Superseded when it was reached or dropped again later.
    """
    milestone = Milestones(uow).about(milestone_id)
    milestone.settle(sequence=event.sequence)
    Milestones(uow).save(milestone)
    earlier = {"about_id": milestone_id, "about_sequence": {"$lt": event.sequence}}
    why = f"the milestone was {event.type.rpartition('.')[2]}"
    cancel_letters(uow, {**earlier, "category": {"$in": (*ABOUT_A_DAY, Category.PROPOSED)}}, reason=why)


@reaction("engagements.milestone.at_risk")
def alert_the_coach(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    milestone_id: MilestoneId,
    engagement_id: EngagementId,
    partner_id: PartnerId,
    coach_id: PersonId,
    title: str,
    due_on: date,
    reason: RiskReason,
) -> None:
    """Write to the coach that a milestone is at risk.

    Raises NotYetKnown while coach or partner is not known, and Superseded when it has another day since, is reached or
    dropped, or when the engagement rests or has ended.
    """
    trigger = LetterTrigger(
        category=Category.AT_RISK, about_id=milestone_id, partner_id=partner_id, sequence=event.sequence
    )
    _write_to_the_coach(
        uow, letter_templates, trigger, engagement_id, coach_id, {"title": title, "due_on": due_on, "reason": reason}
    )


@reaction("engagements.milestone.rescheduled")
def tell_of_the_other_day(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    milestone_id: MilestoneId,
    partner_id: PartnerId,
    title: str,
    from_due_on: date,
    due_on: date,
) -> None:
    """Tell whoever may have read that a milestone was missed by which day it is to be reached instead.

    What is not sent yet about the day given up never is; nobody is told once it is known to be
    reached or dropped since. Raises Superseded when it was given another day later.
    """
    milestone = Milestones(uow).about(milestone_id)
    milestone.reschedule(sequence=event.sequence)
    Milestones(uow).save(milestone)
    earlier = {"about_id": milestone_id, "about_sequence": {"$lt": event.sequence}}
    cancel_letters(uow, {**earlier, "category": {"$in": ABOUT_A_DAY}}, reason="the milestone has another day")
    if milestone.settled_sequence > event.sequence:
        return
    trigger = LetterTrigger(
        category=Category.RESCHEDULED, about_id=milestone_id, partner_id=partner_id, sequence=event.sequence
    )
    zone = Partners(uow).known(partner_id, scope=PLATFORM).zone
    about = {"title": title, "from_due_on": from_due_on, "due_on": due_on, "zone": zone}
    write_to_former_recipients(uow, letter_templates, trigger, {**earlier, "category": Category.MISSED}, about)


@reaction("engagements.milestone.missed")
def alert_the_coach_of_a_miss(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    milestone_id: MilestoneId,
    engagement_id: EngagementId,
    partner_id: PartnerId,
    coach_id: PersonId,
    title: str,
    due_on: date,
) -> None:
    """Write to the coach that a milestone is missed. Raises as when one is at risk."""
    trigger = LetterTrigger(
        category=Category.MISSED, about_id=milestone_id, partner_id=partner_id, sequence=event.sequence
    )
    _write_to_the_coach(uow, letter_templates, trigger, engagement_id, coach_id, {"title": title, "due_on": due_on})


def _write_to_the_coach(
    uow: UnitOfWork,
    letter_templates: LetterTemplates,
    trigger: LetterTrigger,
    engagement_id: str,
    coach_id: str,
    about: Mapping[str, object],
) -> None:
    """Write to who leads the engagement now, unless it rests or has ended: then nothing can be done.

    A replay under another coach tells nobody: whoever led it then was told.
    """
    if Letters(uow).written_to_anybody(trigger):
        return
    milestone = Milestones(uow).about(trigger.about_id)
    milestone.refuse_unless_awaited_since(trigger.sequence)
    # Of this and a reaction to its having another day, or being reached or dropped, the later starts again.
    Milestones(uow).rely_on(milestone)
    engagement = Engagements(uow).about(engagement_id)
    if engagement.standing is not Standing.OPEN:
        raise Superseded(f"engagement {engagement_id} is {engagement.standing}")
    coach = Recipients(uow).known(engagement.led_by(coach_id), scope=PLATFORM)
    partner = Partners(uow).known(trigger.partner_id, scope=PLATFORM)
    write(uow, letter_templates, trigger, coach, {"partner_name": partner.name, "zone": partner.zone, **about})
