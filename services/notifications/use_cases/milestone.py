"""Who is written to about what becomes of a milestone."""

from collections.abc import Mapping
from datetime import date
from zoneinfo import ZoneInfo

from chassis.domain.errors import NotYetKnown
from chassis.domain.scope import PLATFORM
from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import reaction
from services.notifications.model.coached import Standing
from services.notifications.model.letter_trigger import Category, LetterTrigger
from services.notifications.repository import Engagements, Letters, Milestones, Partners
from services.notifications.schemas import EngagementId, MilestoneId, PartnerId, PersonId, RiskReason, StandingReason
from services.notifications.templates import LetterTemplates
from services.notifications.use_cases.letter import (
    cancel_letters,
    write_to_former_recipients,
    write_to_the_lead_coach,
    write_to_the_leaders,
)

ABOUT_A_DAY = (Category.AT_RISK, Category.MISSED, Category.RESCHEDULED)
"""Letters that name the day by which a milestone is to be reached."""
ALERTS = {"at_risk": Category.AT_RISK, "missed": Category.MISSED}
"""The letter by which the coach is told that a milestone is in a state."""


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

    Raises NotYetKnown while coach or partner is not known, and Superseded when it has another day since, is reached,
    dropped or restored, or when the engagement rests or has ended.
    """
    about = {"title": title, "due_on": due_on, "reason": reason, "restored_because": None}
    trigger = _alert(Category.AT_RISK, milestone_id, partner_id, engagement_id, event)
    _write_to_the_coach(uow, letter_templates, trigger, coach_id, about)


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
    reached, dropped or restored since. Raises Superseded when it was given another day later.
    """
    milestone = Milestones(uow).about(milestone_id)
    milestone.reschedule(sequence=event.sequence)
    Milestones(uow).save(milestone)
    earlier = {"about_id": milestone_id, "about_sequence": {"$lt": event.sequence}}
    cancel_letters(uow, {**earlier, "category": {"$in": ABOUT_A_DAY}}, reason="the milestone has another day")
    if milestone.is_told_anew_since(event.sequence):
        return
    trigger = LetterTrigger(
        category=Category.RESCHEDULED, about_id=milestone_id, partner_id=partner_id, sequence=event.sequence
    )
    zone = Partners(uow).known(partner_id, scope=PLATFORM).zone
    about = {"title": title, "from_due_on": from_due_on, "due_on": due_on, "zone": zone, "restored_because": None}
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
    about = {"title": title, "due_on": due_on, "restored_because": None}
    trigger = _alert(Category.MISSED, milestone_id, partner_id, engagement_id, event)
    _write_to_the_coach(uow, letter_templates, trigger, coach_id, about)


@reaction("engagements.milestone.restored")
def tell_where_it_stands(
    uow: UnitOfWork,
    event: Envelope,
    letter_templates: LetterTemplates,
    *,
    milestone_id: MilestoneId,
    engagement_id: EngagementId,
    partner_id: PartnerId,
    title: str,
    due_on: date,
    state: str,
    reason: StandingReason,
) -> None:
    """Tell the coach that a milestone which is aimed at again is at risk or missed, unless they have read that.

    Whoever read that it was missed is told of the day it has instead. What is not sent yet of before never is. Raises
    NotYetKnown while who leads the engagement, or that it is open again, is not known, and Superseded when it was
    reached, dropped or restored later, or has another day since.
    """
    milestone = Milestones(uow).about(milestone_id)
    milestone.restore(sequence=event.sequence)
    Milestones(uow).save(milestone)
    before = {"about_id": milestone_id, "about_sequence": {"$lt": event.sequence}}
    cancel_letters(uow, {**before, "category": {"$in": ABOUT_A_DAY}}, reason="the milestone is aimed at again")
    last = Letters(uow).last_that_may_have_arrived({**before, "category": {"$in": ABOUT_A_DAY}})
    about = {"title": title, "due_on": due_on, "reason": None, "from_due_on": None, "restored_because": reason}
    if state in ALERTS:
        if last is None or last.category is not ALERTS[state] or milestone.rescheduled_sequence > last.about_sequence:
            trigger = _alert(ALERTS[state], milestone_id, partner_id, engagement_id, event)
            _alert_again(uow, letter_templates, trigger, about)
    elif last is not None and last.category is Category.MISSED:
        trigger = _alert(Category.RESCHEDULED, milestone_id, partner_id, engagement_id, event)
        _tell_of_a_day_to_come(uow, letter_templates, trigger, due_on, before, about)


def _tell_of_a_day_to_come(
    uow: UnitOfWork,
    letter_templates: LetterTemplates,
    trigger: LetterTrigger,
    due_on: date,
    before: Mapping[str, object],
    about: Mapping[str, object],
) -> None:
    """Write to whoever read that it was missed, unless the day is over: then it is missed at once."""
    zone = Partners(uow).known(trigger.partner_id, scope=PLATFORM).zone
    if uow.now.astimezone(ZoneInfo(zone)).date() <= due_on:
        missed = {**before, "category": Category.MISSED}
        write_to_former_recipients(uow, letter_templates, trigger, missed, {**about, "zone": zone})


def _alert(
    category: Category, milestone_id: str, partner_id: str, engagement_id: str, event: Envelope
) -> LetterTrigger:
    return LetterTrigger(category=category, about_id=milestone_id, partner_id=partner_id, sequence=event.sequence,
                         engagement_id=engagement_id)  # fmt: skip


def _alert_again(
    uow: UnitOfWork, letter_templates: LetterTemplates, trigger: LetterTrigger, about: Mapping[str, object]
) -> None:
    """Write to who leads the engagement, unless it rests; what is closed is about to be known as open again."""
    engagement = Engagements(uow).about(str(trigger.engagement_id))
    if engagement.coach_id is None or engagement.standing is Standing.CLOSED:
        raise NotYetKnown(f"who leads engagement {engagement.id}, and that it is open, is not known here yet")
    if engagement.standing is Standing.OPEN:
        write_to_the_lead_coach(uow, letter_templates, trigger, engagement.coach_id, about)


def _write_to_the_coach(
    uow: UnitOfWork,
    letter_templates: LetterTemplates,
    trigger: LetterTrigger,
    coach_id: str,
    about: Mapping[str, object],
) -> None:
    """Write to the lead coach; raises Superseded when the milestone has another day since, or is reached or dropped."""
    milestone = Milestones(uow).about(trigger.about_id)
    if not Letters(uow).written_to_anybody(trigger):
        milestone.refuse_unless_awaited_since(trigger.sequence)
    # Of this and a reaction to its having another day, or being reached or dropped, the later starts again.
    Milestones(uow).rely_on(milestone)
    write_to_the_lead_coach(uow, letter_templates, trigger, coach_id, about)


REACTIONS = (
    congratulate_the_leaders,
    stop_alerts,
    alert_the_coach,
    alert_the_coach_of_a_miss,
    tell_of_the_other_day,
    tell_where_it_stands,
)
