"""An engagement and its milestones: what may happen to them, and in which order."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from chassis.domain import Aggregate, Conflict, Invalid
from services.engagements import events


class KeyArea(StrEnum):
    """The four areas that drive every partnership (the institute's programme description)."""

    STRATEGY = "strategy_guidance_and_coaching"
    CO_DESIGN = "co_design_and_co_production"
    CAPABILITY = "building_improvement_capability"
    LEARNING_SYSTEM = "learning_system"


class EngagementState(StrEnum):
    """How far an engagement is."""

    DRAFT = "draft"
    ACTIVE = "active"


class MilestoneKind(StrEnum):
    """What kind of step a milestone marks; the coaching that follows depends on it."""

    AIM_TARGET = "aim_target"
    CAPABILITY = "capability"
    SPREAD = "spread"
    GOVERNANCE = "governance"
    LEARNING = "learning"


class MilestoneState(StrEnum):
    """Where a milestone stands; there is no state beyond reached, for reaching is a person's word."""

    PLANNED = "planned"
    REACHED = "reached"


class EngagementAlreadyActive(Conflict):
    """Work has begun already."""


class EngagementNotActive(Conflict):
    """Milestones are planned and reached only while work is under way."""


class MilestoneAlreadyReached(Conflict):
    """A milestone is reached once."""


class ReachedInTheFuture(Invalid):
    """What will be reached is planned; what is reached has a day that has come."""


@dataclass(kw_only=True)
class Engagement(Aggregate):
    """What one partner and the institute work on together, in four key areas, led by one coach."""

    partner_id: str
    partner_name: str
    key_areas: list[KeyArea]
    state: EngagementState = EngagementState.DRAFT
    lead_coach_id: str | None = None
    activated_on: date | None = None

    @classmethod
    def draft(cls, *, id: str, partner_id: str, partner_name: str) -> "Engagement":
        """Begin an engagement with all four key areas open."""
        areas = list(KeyArea)
        engagement = cls(id=id, partner_id=partner_id, partner_name=partner_name, key_areas=areas)
        engagement.record(events.EngagementDrafted(engagement_id=id, partner_id=partner_id, key_areas=[*areas]))
        return engagement

    def activate(self, *, lead_coach_id: str, on: date) -> None:
        """Begin the work, with the coach who leads it; raises EngagementAlreadyActive."""
        if self.state is EngagementState.ACTIVE:
            raise EngagementAlreadyActive(f"engagement {self.id} is active since {self.activated_on}")
        self.state, self.lead_coach_id, self.activated_on = EngagementState.ACTIVE, lead_coach_id, on
        self.record(
            events.EngagementActivated(
                engagement_id=self.id, partner_id=self.partner_id, lead_coach_id=lead_coach_id, activated_on=on
            )
        )

    def coach(self) -> str:
        """Give the id of the coach who leads it; raises EngagementNotActive before work has begun."""
        if self.lead_coach_id is None:
            raise EngagementNotActive(f"engagement {self.id} is {self.state}: activate it with a lead coach first")
        return self.lead_coach_id


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Why somebody says that a milestone is reached, and who it was."""

    statement: str
    confirmed_by: str
    confirmed_at: datetime


@dataclass(kw_only=True)
class Milestone(Aggregate):
    """A step of an engagement that both sides will know to be reached when it is."""

    engagement_id: str
    partner_id: str
    kind: MilestoneKind
    title: str
    due_on: date
    state: MilestoneState = MilestoneState.PLANNED
    reached_on: date | None = None
    evidence: list[Evidence] = field(default_factory=list)

    @classmethod
    def plan(cls, *, id: str, engagement: Engagement, kind: MilestoneKind, title: str, due_on: date) -> "Milestone":
        """Plan a step of an engagement that is under way; raises EngagementNotActive."""
        engagement.coach()
        partner_id = engagement.partner_id
        milestone = cls(
            id=id, engagement_id=engagement.id, partner_id=partner_id, kind=kind, title=title, due_on=due_on
        )
        milestone.record(milestone._planned())
        return milestone

    def reach(self, *, engagement: Engagement, on: date, evidence: Evidence) -> None:
        """Take a person's word, with evidence, that it is reached.

        Raises MilestoneAlreadyReached, EngagementNotActive, and ReachedInTheFuture when `on`
        is later than the day, anywhere on earth, on which it is said.
        """
        coach_id = engagement.coach()
        if self.state is MilestoneState.REACHED:
            raise MilestoneAlreadyReached(f"milestone {self.id} was reached on {self.reached_on}")
        _refuse_the_future(on, said_at=evidence.confirmed_at)
        self.state, self.reached_on = MilestoneState.REACHED, on
        self.evidence.append(evidence)
        self.record(self._reached(on, coach_id))

    def _planned(self) -> events.MilestonePlanned:
        return events.MilestonePlanned(
            milestone_id=self.id,
            engagement_id=self.engagement_id,
            partner_id=self.partner_id,
            kind=self.kind,
            title=self.title,
            due_on=self.due_on,
        )

    def _reached(self, on: date, coach_id: str) -> events.MilestoneReached:
        return events.MilestoneReached(
            milestone_id=self.id,
            engagement_id=self.engagement_id,
            partner_id=self.partner_id,
            kind=self.kind,
            title=self.title,
            reached_on=on,
            coach_id=coach_id,
        )


def _refuse_the_future(on: date, *, said_at: datetime) -> None:
    """A day has begun somewhere on earth up to 14 hours before it begins in UTC."""
    latest = (said_at + timedelta(hours=14)).date()
    if on > latest:
        detail = f"A day up to {latest} is expected; got '{on}'"
        raise ReachedInTheFuture(detail, fields=[{"pointer": "/reached_on", "code": "in_the_future", "detail": detail}])
