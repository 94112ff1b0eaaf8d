"""The types of what is asked of engagements, milestones and coaching sessions."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Annotated

from chassis.schemas.fields import Day, Id, Instant, Line, Text, Version, Zone

EngagementId = Annotated[str, Id("eng")]
MilestoneId = Annotated[str, Id("mst")]
SessionId = Annotated[str, Id("cos")]
PartnerId = Annotated[str, Id("prt")]
PersonId = Annotated[str, Id("per")]
ExpectedVersion = Annotated[Collection[int] | None, Version()]
Name = Annotated[str, Line(longest=200, example="Åsa Lindqvist")]
Query = Annotated[str, Line(longest=100, example="infec")]
"""A search: beginnings of words of a name or a title, whatever their case and accents."""
Title = Annotated[str, Line(longest=200, example="Infections halved")]
Evidence = Annotated[str, Text(longest=2000, example="A shift of nine points below the median")]
Reason = Annotated[str, Text(longest=1000, example="The new ward opens in autumn")]
Notes = Annotated[str, Text(longest=10_000, example="Test on one ward first")]
DayToCome = Annotated[date, Day(example="2030-09-01")]
AnotherDay = Annotated[date, Day(example="2030-12-01")]
AnotherTime = Annotated[datetime, Instant(example="2030-06-17T14:00:00+02:00")]
ZoneName = Annotated[str, Zone()]
