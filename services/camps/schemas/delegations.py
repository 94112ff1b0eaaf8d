"""The types of arguments about delegates and who was there; each validates its values."""

from datetime import date
from typing import Annotated, TypedDict

from marshmallow import validate

from chassis.schemas.fields import Day, Id, Line, Text, Unique
from services.camps.model.delegations.attends import Attends
from services.camps.schemas.camp import EmailAddress, LanguageTag, PersonId, ZoneName

DelegateId = Annotated[str, Id("dlg")]
MOST_AT_ONCE = 100
DelegateIds = Annotated[list[str], Unique(Id("dlg"), validate=validate.Length(1, MOST_AT_ONCE))]
AttendanceId = Annotated[str, Id("att")]
CampDay = Annotated[date, Day(example="2026-06-15")]
DelegateName = Annotated[str, Line(longest=200, example="Åsa Påhittad")]
Diet = Annotated[str, Text(longest=500, example="Vegetarian")]
Access = Annotated[str, Text(longest=500, example="A seat near the door")]
Role = Annotated[str, Line(longest=100, example="Leads the work on safer care")]


class Described(TypedDict, total=False):
    """What is said of who comes, if they are not on record, and where they take part."""

    name: DelegateName
    email: EmailAddress
    language: LanguageTag
    zone: ZoneName
    attends: Attends


class DelegateChanges(Described, total=False):
    """What is said of a delegate: the members that are to be changed."""

    role: Role


class Somebody(Described, total=False):
    """Who is to come: a person on record by their id, or somebody else by name and address."""

    person_id: PersonId
