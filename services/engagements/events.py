"""The events that engagements publishes: facts, in the past tense. Their contracts are written from these classes."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from chassis.domain.aggregate import Event, Keywords

PartnerId = Annotated[str, "whose engagement it is"]
LeadCoachId = Annotated[str, "the person who leads the coaching of the engagement"]
DueOn = Annotated[date, "the day by which it is to be reached"]
WithPartner = Annotated[bool, "whether that came with its partner, whose own event says it, too"]


@dataclass(frozen=True, kw_only=True)
class EngagementEvent(Event):
    """Something happened to an engagement."""

    audience = "partner"

    engagement_id: Annotated[str, "the engagement; also the event's subject"]
    partner_id: PartnerId


@dataclass(frozen=True, kw_only=True)
class EngagementDrafted(EngagementEvent):
    """A partner was admitted, and has an engagement with the four key areas for both sides to design."""

    type = "engagements.engagement.drafted"

    key_areas: Annotated[list[str], "the key areas of the programme it is open in"]


@dataclass(frozen=True, kw_only=True)
class EngagementAgreed(EngagementEvent):
    """Both sides agree on an engagement: somebody has said so for each. Published once for each engagement."""

    type = "engagements.engagement.agreed"

    agreed_on: Annotated[date, "the day on which they agreed"]


@dataclass(frozen=True, kw_only=True)
class EngagementActivated(EngagementEvent):
    """Work has begun, and somebody leads its coaching."""

    type = "engagements.engagement.activated"

    lead_coach_id: LeadCoachId
    activated_on: Annotated[date, "the day on which work began"]


@dataclass(frozen=True, kw_only=True)
class EngagementPaused(EngagementEvent):
    """The work of an engagement rests, with its partner or by itself."""

    type = "engagements.engagement.paused"

    reason: Annotated[str | None, "why it rests, if that was said"] = None
    with_partner: WithPartner = False


@dataclass(frozen=True, kw_only=True)
class EngagementResumed(EngagementEvent):
    """The work of an engagement that rested is taken up again."""

    type = "engagements.engagement.resumed"

    with_partner: WithPartner = False


@dataclass(frozen=True, kw_only=True)
class EngagementClosed(EngagementEvent):
    """An engagement has ended, for a reason and for good: by itself, or because its partner has departed.

    What was open in it is dropped. Published once for each engagement.
    """

    type = "engagements.engagement.closed"

    closed_on: Annotated[date, "the day, where the partner is, on which it ended"]
    reason: Annotated[str, "why it has ended"]
    with_partner: WithPartner = False


@dataclass(frozen=True, kw_only=True)
class MilestoneEvent(Event):
    """Something happened to a milestone."""

    audience = "partner"

    milestone_id: Annotated[str, "the milestone; also the event's subject"]
    engagement_id: Annotated[str, "the engagement it is a step of"]
    partner_id: PartnerId
    title: Annotated[str, "what is to be reached, in the partner's words"]


@dataclass(frozen=True, kw_only=True)
class MilestonePlanned(MilestoneEvent):
    """Both sides know what is to be reached, and by when."""

    type = "engagements.milestone.planned"

    kind: Annotated[str, "aim_target, capability, spread, governance or learning; more may come"]
    due_on: DueOn


@dataclass(frozen=True, kw_only=True)
class MilestoneReached(MilestoneEvent):
    """A person has confirmed, with evidence, that a milestone of an engagement is reached.

    Published once for each time it is reached.
    """

    type = "engagements.milestone.reached"

    kind: Annotated[str, "aim_target, capability, spread, governance or learning; more may come"]
    reached_on: Annotated[date, "the day on which it was reached, not the day it was said"]
    coach_id: LeadCoachId


@dataclass(frozen=True, kw_only=True)
class MilestoneReopened(MilestoneEvent):
    """The evidence that a milestone was reached has been withdrawn, by a person, with a reason.

    It may be reached again, and that is published again.
    """

    type = "engagements.milestone.reopened"

    reason: Annotated[str, "why the evidence no longer holds"]
    coach_id: LeadCoachId


@dataclass(frozen=True, kw_only=True)
class MilestoneRescheduled(MilestoneEvent):
    """A milestone has another day by which it is to be reached."""

    type = "engagements.milestone.rescheduled"

    from_due_on: Annotated[date, "the day given up"]
    due_on: DueOn
    times: Annotated[int, Keywords(minimum=1), "how often this has happened to the milestone, this time included"]


@dataclass(frozen=True, kw_only=True)
class MilestoneAtRisk(MilestoneEvent):
    """A person has said, with a reason, that the day of a milestone may not hold."""

    type = "engagements.milestone.at_risk"

    due_on: DueOn
    coach_id: LeadCoachId
    reason: Annotated[str, "why it may not hold"]


@dataclass(frozen=True, kw_only=True)
class MilestoneMissed(MilestoneEvent):
    """The day of a milestone is over where the partner is, and nobody has confirmed that it is reached.

    Published once for each day it is planned for.
    """

    type = "engagements.milestone.missed"

    due_on: Annotated[date, "the day that is over"]
    coach_id: LeadCoachId


@dataclass(frozen=True, kw_only=True)
class MilestoneDropped(MilestoneEvent):
    """A milestone is aimed at no more: a person has said so, with a reason."""

    type = "engagements.milestone.dropped"

    reason: Annotated[str, "why it is given up"]


@dataclass(frozen=True, kw_only=True)
class CoachingEvent(Event):
    """Something happened to a coaching session."""

    audience = "partner"

    session_id: Annotated[str, "the coaching session; also the event's subject"]
    engagement_id: Annotated[str, "the engagement it is part of"]
    partner_id: PartnerId
    coach_id: Annotated[str, "the person who coaches"]
    milestone_id: Annotated[str | None, "the milestone it is about, if it is about one"]


@dataclass(frozen=True, kw_only=True)
class CoachingScheduled(CoachingEvent):
    """A coaching session is agreed. Published once for each session."""

    type = "engagements.coaching.scheduled"

    held_at: Annotated[datetime, "the instant at which it begins, in UTC"]
    zone: Annotated[str, "the IANA time zone in which its time of day was agreed"]


@dataclass(frozen=True, kw_only=True)
class CoachingHeld(CoachingEvent):
    """A coaching session took place: a person has said so.

    Published once for each session; what was said in it is in no event.
    """

    type = "engagements.coaching.held"

    held_on: Annotated[date, "the day on which it took place"]


@dataclass(frozen=True, kw_only=True)
class EngagementCoachChanged(EngagementEvent):
    """Another coach leads an engagement from now on: what was open with the former one is theirs."""

    type = "engagements.engagement.coach_changed"

    coach_id: Annotated[str, "the person who leads it from now on"]
    former_coach_id: Annotated[str, "the person who led it until now"]


@dataclass(frozen=True, kw_only=True)
class EngagementCoachLeft(EngagementEvent):
    """The coach who leads an engagement has left, or coaches no more: it waits for a successor."""

    type = "engagements.engagement.coach_left"
    audience = "internal"

    coach_id: Annotated[str, "the person who leads it until a successor is named"]
    left_on: Annotated[date, "the day on which they left or ceased to coach"]


@dataclass(frozen=True, kw_only=True)
class EngagementCoachReturned(EngagementEvent):
    """The coach who leads an engagement is back before a successor was named: it waits for none any more."""

    type = "engagements.engagement.coach_returned"
    audience = "internal"

    coach_id: Annotated[str, "the person who leads it"]


@dataclass(frozen=True, kw_only=True)
class CoachingHandedOver(CoachingEvent):
    """Another coach is to hold a coaching session: it was handed over by itself, or with the whole engagement."""

    type = "engagements.coaching.handed_over"

    former_coach_id: Annotated[str, "the person who was to coach until now"]
    held_at: Annotated[datetime, "the instant at which it begins, in UTC"]
    zone: Annotated[str, "the IANA time zone in which its time of day was agreed"]
    with_engagement: Annotated[bool, "whether it went with the lead of the whole engagement"]
