"""An engagement: what one partner and the institute work on together, and when work is under way."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from chassis.domain import Aggregate, Conflict
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


class EngagementAlreadyActive(Conflict):
    """Work has begun already."""


class EngagementNotActive(Conflict):
    """Milestones are planned and reached only while work is under way."""


@dataclass(kw_only=True)
class Engagement(Aggregate):
    """What one partner and the institute work on together, in four key areas, led by one coach.

    `zone` is the partner's: a day of the engagement is a day there.
    """

    partner_id: str
    partner_name: str
    zone: str
    key_areas: list[KeyArea]
    state: EngagementState = EngagementState.DRAFT
    lead_coach_id: str | None = None
    activated_on: date | None = None

    @classmethod
    def draft(cls, *, id: str, partner_id: str, partner_name: str, zone: str) -> "Engagement":
        """Begin an engagement with all four key areas open."""
        areas = list(KeyArea)
        engagement = cls(id=id, partner_id=partner_id, partner_name=partner_name, zone=zone, key_areas=areas)
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

    def end_of(self, day: date) -> datetime:
        """Give the instant at which a day is over where the partner is."""
        following = day + timedelta(days=1)
        return datetime.combine(following, time(), tzinfo=ZoneInfo(self.zone)).astimezone(UTC)
