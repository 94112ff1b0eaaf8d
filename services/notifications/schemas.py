"""The types of arguments and of fields of events in notifications; each validates its values."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Any, NotRequired, TypedDict

from marshmallow import fields, post_load

from chassis.schemas.fields import Count, Day, Email, Id, Language, Line, Text, Version, WallTime, ZoneHeard
from chassis.schemas.messages import EventData
from services.notifications.model.camp_where import IN_PERSON, Venue


class InvitationReason(EventData):
    """Why a partner is invited: a milestone that it has reached, or what the institute says itself."""

    kind = Text(required=True)
    title = Text(required=True)


class HelpReason(EventData):
    """Why what one partner asks for and what another offers fit."""

    kind = Text(required=True)
    what = Text(required=True)


class VenueOf(EventData):
    """The house in which a camp is."""

    name = Text(required=True)
    address = Text(load_default=None, allow_none=True)

    @post_load
    def venue(self, found: dict[str, Any], **_: Any) -> Venue:
        """Give it as the model has it."""
        return Venue(**found)


class ToldOfCamp(EventData):
    """What partners had been told of a camp."""

    title = Text(required=True)
    place = Text(required=True)
    zone = ZoneHeard(required=True)
    starts_on = Day(required=True)
    ends_on = Day(required=True)
    answer_by = Day(required=True, allow_none=True)
    opens_at = WallTime(load_default=None)
    closes_at = WallTime(load_default=None)
    mode = Text(load_default=IN_PERSON)
    venue = fields.Nested(VenueOf, load_default=None, allow_none=True)


PartnerId = Annotated[str, Id("prt")]
PersonId = Annotated[str, Id("per")]
EngagementId = Annotated[str, Id("eng")]
InitiativeId = Annotated[str, Id("ini")]
Month = Annotated[str, Text(longest=7)]
MilestoneId = Annotated[str, Id("mst")]
FitId = Annotated[str, Id("fit")]
Codes = Annotated[Sequence[str], fields.List(Line(longest=60))]
SignalId = Annotated[str, Id("sgn")]
LessonId = Annotated[str, Id("les")]
InquiryId = Annotated[str, Id("inq")]
MatchId = Annotated[str, Id("mat")]
GapId = Annotated[str, Id("gap")]
MeasureId = Annotated[str, Id("msr")]
WatchId = Annotated[str, Id("wat")]
SessionId = Annotated[str, Text(longest=60)]
CampId = Annotated[str, Id("cmp")]
DelegateId = Annotated[str, Id("dlg")]
DelegateIds = Annotated[Sequence[str], fields.List(Id("dlg"))]
ReleaseNumber = Annotated[int, Count(least=1)]
Edition = Annotated[int, Count(least=1)]
HowMany = Annotated[int, Count()]
InvitationId = Annotated[str, Id("inv")]
CommitmentId = Annotated[str, Id("cmt")]
FollowUpId = Annotated[str, Id("fup")]
DeliveryId = Annotated[str, Id("dlv")]
SubjectId = Annotated[str, Line(longest=60, example="inv_01k9x3q0w5m8k4t7v2z9y6c1d3")]
ExpectedVersion = Annotated[Collection[int] | None, Version()]
EmailAddress = Annotated[str, Email()]
LanguageTag = Annotated[str, Language()]
ZoneName = Annotated[str, ZoneHeard()]
Hour = Annotated[str, WallTime()]
Seats = Annotated[int, Count()]
Position = Annotated[int, Count()]
RiskReason = Annotated[str, Text(longest=2000)]
InvitationReasons = Annotated[Sequence[Mapping[str, str]], fields.List(fields.Nested(InvitationReason))]
MatchReasons = Annotated[Sequence[Mapping[str, str]], fields.List(fields.Nested(HelpReason))]
CampTerms = Annotated[Mapping[str, Any], fields.Nested(ToldOfCamp)]
TheVenue = Annotated[Venue | None, fields.Nested(VenueOf, allow_none=True)]
EndReason = Annotated[str, Text(longest=500)]
StandingReason = Annotated[str, Text(longest=2000)]
WordsToInquirer = Annotated[str, Text(longest=5000)]
ClosingReason = Annotated[str, Text(longest=500, example="We spoke on the telephone")]


class CampOffered(TypedDict):
    """What every event that offers seats of a camp, or tells what is otherwise about it, says of the camp."""

    camp_title: str
    place: str
    zone: ZoneName
    starts_on: date
    ends_on: date
    camp_id: NotRequired[CampId]
    begins_at: NotRequired[datetime | None]
    ends_at: NotRequired[datetime | None]
    mode: NotRequired[str]
    venue: NotRequired[TheVenue]


class HelpMatched(TypedDict):
    """What every event says of a match of what one partner asks for with what another offers."""

    match_id: MatchId
    asking_partner_id: PartnerId
    offering_partner_id: PartnerId
    ask_title: str
    offer_title: str
    by_partner_id: PartnerId | None


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
