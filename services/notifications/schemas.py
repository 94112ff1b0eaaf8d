"""The types of arguments and of fields of events in notifications; each validates its values."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, NotRequired, TypedDict

from marshmallow import fields

from chassis.schemas.fields import Count, Day, Email, Id, Language, Line, Text, Version, Zone
from chassis.schemas.messages import EventData


class InvitationReason(EventData):
    """Why a partner is invited: a milestone that it has reached, or what the institute says itself."""

    kind = Text(required=True)
    title = Text(required=True)


class ToldOfCamp(EventData):
    """What partners had been told of a camp."""

    title = Text(required=True)
    place = Text(required=True)
    zone = Zone(required=True)
    starts_on = Day(required=True)
    ends_on = Day(required=True)
    answer_by = Day(required=True, allow_none=True)


PartnerId = Annotated[str, Id("prt")]
PersonId = Annotated[str, Id("per")]
EngagementId = Annotated[str, Id("eng")]
InitiativeId = Annotated[str, Id("ini")]
Month = Annotated[str, Text(longest=7)]
MilestoneId = Annotated[str, Id("mst")]
SignalId = Annotated[str, Id("sgn")]
GapId = Annotated[str, Id("gap")]
MeasureId = Annotated[str, Id("msr")]
WatchId = Annotated[str, Id("wat")]
SessionId = Annotated[str, Text(longest=60)]
InvitationId = Annotated[str, Id("inv")]
FollowUpId = Annotated[str, Id("fup")]
DeliveryId = Annotated[str, Id("dlv")]
SubjectId = Annotated[str, Line(longest=60, example="inv_01k9x3q0w5m8k4t7v2z9y6c1d3")]
ExpectedVersion = Annotated[Collection[int] | None, Version()]
EmailAddress = Annotated[str, Email()]
LanguageTag = Annotated[str, Language()]
ZoneName = Annotated[str, Zone()]
Seats = Annotated[int, Count()]
Position = Annotated[int, Count()]
RiskReason = Annotated[str, Text(longest=2000)]
InvitationReasons = Annotated[Sequence[Mapping[str, str]], fields.List(fields.Nested(InvitationReason))]
CampTerms = Annotated[Mapping[str, object], fields.Nested(ToldOfCamp)]
StandingReason = Annotated[str, Text(longest=2000)]
ClosingReason = Annotated[str, Text(longest=500, example="We spoke on the telephone")]


class CampOffered(TypedDict):
    """What every event that offers seats of a camp, or tells what is otherwise about it, says of the camp."""

    camp_title: str
    place: str
    zone: ZoneName
    starts_on: date
    ends_on: date


class MilestoneReached(TypedDict):
    """What is said of a milestone that is reached, and read for its follow-up."""

    milestone_id: MilestoneId
    engagement_id: EngagementId
    partner_id: PartnerId
    coach_id: PersonId
    kind: str
    title: str
    reached_on: date


class InitiativeScored(TypedDict):
    """What every event about the progress of an initiative says of it."""

    initiative_id: InitiativeId
    engagement_id: EngagementId
    partner_id: PartnerId
    coach_id: PersonId | None
    title: str


class EngagementStood(TypedDict):
    """What every event that tells whether an engagement rests, goes on or has ended says of it."""

    engagement_id: EngagementId
    partner_id: PartnerId
    with_partner: NotRequired[bool]
    lead_coach_id: NotRequired[PersonId | None]


class SignalShown(TypedDict):
    """What a signal in the data of a measure shows."""

    title: str
    stratum: str | None
    rules: str
    rule: str
    first: date
    last: date
    length: int


class GapChanged(TypedDict):
    """What is said of a gap between two groups that is otherwise than before."""

    title: str
    focus: str
    reference: str
    since: date | None
    overall_improved: bool


class DataMissed(TypedDict):
    """What is said of data that are late."""

    title: str
    period: date
    latest: date | None
    frequency: str


class SessionAgreed(TypedDict):
    """What every event about the time or the coach of a coaching session says of it."""

    session_id: SessionId
    partner_id: PartnerId
    coach_id: PersonId
    held_at: datetime
    zone: ZoneName
