"""The types of arguments and of fields of events in camps; each validates its values."""

from collections.abc import Collection
from datetime import date
from typing import Annotated, TypedDict

from marshmallow import validate

from chassis.schemas.fields import Count, Day, Email, Id, Line, Text, Unique, Version, Zone
from services.camps.model.camp_days import Season

MOST_SEATS = 10_000
CampId = Annotated[str, Id("cmp")]
InvitationId = Annotated[str, Id("inv")]
PartnerId = Annotated[str, Id("prt")]
PersonId = Annotated[str, Id("per")]
EmailAddress = Annotated[str, Email()]
MOST_AT_ONCE = 100
PartnerIds = Annotated[list[str], Unique(Id("prt"), validate=validate.Length(1, MOST_AT_ONCE))]
MilestoneId = Annotated[str, Id("mst")]
InitiativeId = Annotated[str, Id("ini")]
Score = Annotated[str, Line(longest=3)]
ExpectedVersion = Annotated[Collection[int] | None, Version()]
Year = Annotated[int, Count(least=1900, most=2199, example=2030)]
Seats = Annotated[int, Count(least=1, most=MOST_SEATS, example=4)]
FewerSeats = Annotated[int, Count(least=1, most=MOST_SEATS, example=2)]
Capacity = Annotated[int, Count(least=1, most=MOST_SEATS, example=200)]
Title = Annotated[str, Line(longest=200, example="Summer Camp 2030")]
Query = Annotated[str, Line(longest=100, example="summer")]
"""A search: beginnings of words of a title, whatever their case and accents."""
Place = Annotated[str, Line(longest=200, example="Jönköping")]
ZoneName = Annotated[str, Zone()]
FirstDay = Annotated[date, Day(example="2030-07-14")]
LastDay = Annotated[date, Day(example="2030-07-17")]
Deadline = Annotated[date, Day(example="2030-05-31")]
Reason = Annotated[str, Text(longest=500, example="An election that week")]
StandingReason = Annotated[str, Text(longest=2000)]
Word = Annotated[str, Line()]
Code = Annotated[str, Line(longest=100)]
Secret = Annotated[str, Line(longest=200)]


class CampChanges(TypedDict, total=False):
    """What is said of a camp: the members that are to be changed."""

    season: Season
    year: Year
    title: Title
    place: Place
    zone: ZoneName
    starts_on: FirstDay
    ends_on: LastDay
    capacity: Capacity
    seats_per_invitation: Seats
    answer_by: Deadline
