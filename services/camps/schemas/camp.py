"""The types of arguments and of fields of events about camps, and of what all areas name; each validates its values."""

from collections.abc import Collection
from datetime import date
from typing import Annotated, Any, NotRequired, TypedDict

from marshmallow import fields, post_load

from chassis.schemas.fields import Count, Day, Email, Id, Language, Line, Subdivision, Text, Version, WallTime, Zone
from chassis.schemas.messages import Request
from services.camps.events.camp import Venue
from services.camps.model.camp_days import Season
from services.camps.model.camp_mode import CampMode

MOST_SEATS = 10_000
CampId = Annotated[str, Id("cmp")]
InvitationId = Annotated[str, Id("inv")]
PartnerId = Annotated[str, Id("prt")]
PersonId = Annotated[str, Id("per")]
EmailAddress = Annotated[str, Email()]
LanguageTag = Annotated[str, Language()]
MilestoneId = Annotated[str, Id("mst")]
InitiativeId = Annotated[str, Id("ini")]
ExpectedVersion = Annotated[Collection[int] | None, Version()]
Year = Annotated[int, Count(least=1900, most=2199, example=2030)]
Seats = Annotated[int, Count(least=1, most=MOST_SEATS, example=4)]
Capacity = Annotated[int, Count(least=1, most=MOST_SEATS, example=200)]
Title = Annotated[str, Line(longest=200, example="Summer Camp 2030")]
Query = Annotated[str, Line(longest=100, example="summer")]
"""A search: beginnings of words of a title, whatever their case and accents."""
Place = Annotated[str, Line(longest=200, example="Jönköping")]
ZoneName = Annotated[str, Zone()]
PartOfCountry = Annotated[str, Subdivision()]
FirstDay = Annotated[date, Day(example="2030-07-14")]
LastDay = Annotated[date, Day(example="2030-07-17")]
Deadline = Annotated[date, Day(example="2030-05-31")]
FreezeDay = Annotated[date, Day(example="2030-07-01")]
OpeningHour = Annotated[str, WallTime()]
ClosingHour = Annotated[str, WallTime(example="17:00")]
Reason = Annotated[str, Text(longest=500, example="An election that week")]
Word = Annotated[str, Line()]


class VenueOf(Request):
    """The house in which a camp takes place."""

    name = Line(longest=200, required=True, example="Spira")
    address = Line(longest=300, load_default=None, allow_none=True, example="Kulturgatan 3")

    @post_load
    def venue(self, found: dict[str, Any], **_: Any) -> Venue:
        """Give it as the model has it."""
        return Venue(**found)


TheVenue = Annotated[Venue | None, fields.Nested(VenueOf, allow_none=True)]


class CampDescription(TypedDict):
    """What is said of a camp that is planned or announced."""

    season: Season
    year: Year
    title: Title
    place: Place
    zone: ZoneName
    subdivision: NotRequired[PartOfCountry | None]
    starts_on: FirstDay
    ends_on: LastDay
    capacity: Capacity
    seats_per_invitation: NotRequired[Seats | None]
    opens_at: NotRequired[OpeningHour]
    closes_at: NotRequired[ClosingHour]
    mode: NotRequired[CampMode]
    venue: NotRequired[TheVenue]
    prayer_times: NotRequired[bool]


class CampChanges(TypedDict, total=False):
    """What is said of a camp: the members that are to be changed."""

    season: Season
    year: Year
    title: Title
    place: Place
    zone: ZoneName
    subdivision: PartOfCountry | None
    starts_on: FirstDay
    ends_on: LastDay
    capacity: Capacity
    seats_per_invitation: Seats
    answer_by: Deadline
    opens_at: OpeningHour
    closes_at: ClosingHour
    freezes_on: FreezeDay | None
    mode: CampMode
    venue: TheVenue
    prayer_times: bool
