"""The types of arguments and of fields of events about invitations; each validates its values."""

from typing import Annotated

from marshmallow import validate

from chassis.schemas.fields import Count, Id, Line, Text, Unique
from services.camps.schemas.camp import MOST_SEATS

MOST_AT_ONCE = 100
PartnerIds = Annotated[list[str], Unique(Id("prt"), validate=validate.Length(1, MOST_AT_ONCE))]
Score = Annotated[str, Line(longest=3)]
FewerSeats = Annotated[int, Count(least=1, most=MOST_SEATS, example=2)]
StandingReason = Annotated[str, Text(longest=2000)]
Secret = Annotated[str, Line(longest=200)]
