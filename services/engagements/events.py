"""What engagements says: facts, in the past tense. `contracts/events/` holds each one's published form."""

from dataclasses import dataclass
from datetime import date

from chassis.domain import Event


@dataclass(frozen=True, kw_only=True)
class EngagementDrafted(Event):
    """An engagement with its four key areas exists, for both sides to design."""

    type = "engagements.engagement.drafted"

    engagement_id: str
    partner_id: str
    key_areas: list[str]


@dataclass(frozen=True, kw_only=True)
class EngagementActivated(Event):
    """Work has begun, and somebody coaches it."""

    type = "engagements.engagement.activated"

    engagement_id: str
    partner_id: str
    lead_coach_id: str
    activated_on: date


@dataclass(frozen=True, kw_only=True)
class MilestonePlanned(Event):
    """Both sides know what is to be reached, and by when."""

    type = "engagements.milestone.planned"

    milestone_id: str
    engagement_id: str
    partner_id: str
    kind: str
    title: str
    due_on: date


@dataclass(frozen=True, kw_only=True)
class MilestoneReached(Event):
    """A person has confirmed, with evidence, that a milestone is reached."""

    type = "engagements.milestone.reached"

    milestone_id: str
    engagement_id: str
    partner_id: str
    kind: str
    title: str
    reached_on: date
    coach_id: str


@dataclass(frozen=True, kw_only=True)
class MilestoneReopened(Event):
    """The evidence that a milestone was reached has been withdrawn, by a person, with a reason."""

    type = "engagements.milestone.reopened"

    milestone_id: str
    engagement_id: str
    partner_id: str
    title: str
    reason: str
    coach_id: str
