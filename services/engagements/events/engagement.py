"""What happens to engagements."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from chassis.domain.aggregate import Event, Keywords

PartnerId = Annotated[str, "whose engagement it is"]
AdmissionNumber = Annotated[
    int,
    Keywords(minimum=1),
    "which admission of the partner it is of: 2 when it came back after a departure",
]
LeadCoachId = Annotated[str, "the person who leads the coaching of the engagement"]
WhoLeadsIt = Annotated[str | None, "the person who leads the coaching of the engagement, once work has begun"]
WithPartner = Annotated[bool, "whether that came with its partner, whose own event says it, too"]


@dataclass(frozen=True, kw_only=True)
class EngagementEvent(Event):
    """Something happened to an engagement."""

    audience = "partner"

    engagement_id: Annotated[str, "the engagement; also the event's subject"]
    partner_id: PartnerId
    admission_number: AdmissionNumber = 1


@dataclass(frozen=True, kw_only=True)
class EngagementDrafted(EngagementEvent):
    """A partner was admitted, and has an engagement with the four key areas for both sides to design."""

    type = "engagements.engagement.drafted"

    key_areas: Annotated[list[str], "the key areas of the programme it is open in"]


@dataclass(frozen=True, kw_only=True)
class EngagementAgreed(EngagementEvent):
    """Both sides agree on an engagement: somebody has said so for each.

    Published once, and again when it was redrafted.
    """

    type = "engagements.engagement.agreed"

    agreed_on: Annotated[date, "the day on which they agreed"]


@dataclass(frozen=True, kw_only=True)
class EngagementRedrafted(EngagementEvent):
    """The agreement on an engagement was taken back, for a reason; both sides may agree on it again."""

    type = "engagements.engagement.redrafted"

    reason: Annotated[str, "why the agreement does not hold"]


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
    lead_coach_id: WhoLeadsIt = None


@dataclass(frozen=True, kw_only=True)
class EngagementResumed(EngagementEvent):
    """The work of an engagement that rested is taken up again."""

    type = "engagements.engagement.resumed"

    with_partner: WithPartner = False
    lead_coach_id: WhoLeadsIt = None


@dataclass(frozen=True, kw_only=True)
class EngagementClosed(EngagementEvent):
    """An engagement has ended, for a reason: by itself, or because its partner has departed, and then for good.

    What was open in it is dropped or cancelled. Published once, and again when it was reopened.
    """

    type = "engagements.engagement.closed"

    closed_on: Annotated[date, "the day, where the partner is, on which it ended"]
    reason: Annotated[str, "why it has ended"]
    with_partner: WithPartner = False
    lead_coach_id: WhoLeadsIt = None


@dataclass(frozen=True, kw_only=True)
class EngagementReopened(EngagementEvent):
    """An engagement that was closed is open again, for a reason: what was dropped with it is restored."""

    type = "engagements.engagement.reopened"

    reason: Annotated[str, "why it is open again"]
    state: Annotated[str, "draft, agreed or active: what it is again; more may come"]
    lead_coach_id: WhoLeadsIt = None


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
class EngagementCoachConflictFound(EngagementEvent):
    """The coach who leads an engagement works for its partner, or worked for it until lately: it is to get another one.

    Who has an interest is not named to lead it; this is said when it is heard later. Published again when it is known
    to last until another day.
    """

    type = "engagements.engagement.coach_conflict_found"
    audience = "internal"

    coach_id: Annotated[str, "the person who leads it until somebody else is named"]
    until: Annotated[date | None, "the first day on which they might coach it; null while they work for its partner"]


@dataclass(frozen=True, kw_only=True)
class EngagementCoachConflictEnded(EngagementEvent):
    """The coach who leads an engagement has, by what is known now, no interest in its partner."""

    type = "engagements.engagement.coach_conflict_ended"
    audience = "internal"

    coach_id: Annotated[str, "the person who leads it"]


@dataclass(frozen=True, kw_only=True)
class EngagementCoachReturned(EngagementEvent):
    """The coach who leads an engagement is back before a successor was named: it waits for none any more."""

    type = "engagements.engagement.coach_returned"
    audience = "internal"

    coach_id: Annotated[str, "the person who leads it"]
