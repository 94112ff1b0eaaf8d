"""The types of arguments about connections; each validates its values."""

from datetime import date
from typing import Annotated

from chassis.schemas.fields import Day, Id, Line, Text

ConnectionId = Annotated[str, Id("con")]
MatchId = Annotated[str, Id("mat")]
AttendanceId = Annotated[str, Id("att")]
HeardCode = Annotated[str, Line(longest=200)]
"""The code of a change in a driver diagram."""
HeardTitle = Annotated[str, Line(longest=1000)]
"""A title as another service has checked it."""
Purpose = Annotated[str, Line(longest=200, example="To see how a safety huddle works at night")]
Result = Annotated[str, Text(longest=5000, example="Both hold a huddle at seven, day and night.")]
ContactNote = Annotated[str, Text(longest=2000, example="We compared our checklists by video.")]
DayOfContact = Annotated[date, Day(example="2026-06-01")]
FirstDay = Annotated[date, Day(example="2026-06-01")]
LastDay = Annotated[date, Day(example="2026-06-02")]
