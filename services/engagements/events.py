"""The events that engagements publishes: facts, in the past tense. `contracts/events/` has the schema of each."""

from dataclasses import dataclass
from datetime import date, datetime

from chassis.domain.aggregate import Event


@dataclass(frozen=True, kw_only=True)
class EngagementDrafted(Event):
    """An engagement with its four key areas exists, for both sides to design."""

    type = "engagements.engagement.drafted"
    heard = False

    engagement_id: str
    partner_id: str
    key_areas: list[str]


@dataclass(frozen=True, kw_only=True)
class EngagementActivated(Event):
    """Work has begun, and somebody coaches it."""

    type = "engagements.engagement.activated"
    heard = False

    engagement_id: str
    partner_id: str
    lead_coach_id: str
    activated_on: date


@dataclass(frozen=True, kw_only=True)
class MilestonePlanned(Event):
    """Both sides know what is to be reached, and by when."""

    type = "engagements.milestone.planned"
    heard = False

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


@dataclass(frozen=True, kw_only=True)
class MilestoneRescheduled(Event):
    """A milestone has another day; `times` counts how often that has happened to it."""

    type = "engagements.milestone.rescheduled"
    heard = False

    milestone_id: str
    engagement_id: str
    partner_id: str
    title: str
    from_due_on: date
    due_on: date
    times: int


@dataclass(frozen=True, kw_only=True)
class MilestoneAtRisk(Event):
    """A person has said, with a reason, that a milestone's day may not hold."""

    type = "engagements.milestone.at_risk"

    milestone_id: str
    engagement_id: str
    partner_id: str
    title: str
    due_on: date
    coach_id: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class MilestoneMissed(Event):
    """The day of a milestone is over where the partner is, and nobody has confirmed that it is reached."""

    type = "engagements.milestone.missed"

    milestone_id: str
    engagement_id: str
    partner_id: str
    title: str
    due_on: date
    coach_id: str


@dataclass(frozen=True, kw_only=True)
class MilestoneDropped(Event):
    """A milestone is aimed at no more: a person has said so, with a reason."""

    type = "engagements.milestone.dropped"
    heard = False

    milestone_id: str
    engagement_id: str
    partner_id: str
    title: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class CoachingScheduled(Event):
    """A coaching session is agreed; `zone` is the one in which its time of day was."""

    type = "engagements.coaching.scheduled"
    heard = False

    session_id: str
    engagement_id: str
    partner_id: str
    coach_id: str
    held_at: datetime
    zone: str
    milestone_id: str | None


@dataclass(frozen=True, kw_only=True)
class CoachingHeld(Event):
    """A coaching session took place; what was said stays with those who were there."""

    type = "engagements.coaching.held"

    session_id: str
    engagement_id: str
    partner_id: str
    coach_id: str
    held_on: date
    milestone_id: str | None


@dataclass(frozen=True, kw_only=True)
class EngagementAgreed(Event):
    """Both sides agree on an engagement."""

    type = "engagements.engagement.agreed"
    heard = False

    engagement_id: str
    partner_id: str
    agreed_on: date


@dataclass(frozen=True, kw_only=True)
class EngagementPaused(Event):
    """The work of an engagement rests."""

    type = "engagements.engagement.paused"
    heard = False

    engagement_id: str
    partner_id: str


@dataclass(frozen=True, kw_only=True)
class EngagementResumed(Event):
    """The work of an engagement is taken up again."""

    type = "engagements.engagement.resumed"
    heard = False

    engagement_id: str
    partner_id: str


@dataclass(frozen=True, kw_only=True)
class EngagementClosed(Event):
    """An engagement has ended, for a reason and for good."""

    type = "engagements.engagement.closed"
    heard = False

    engagement_id: str
    partner_id: str
    closed_on: date
    reason: str
