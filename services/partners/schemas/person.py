"""The types of arguments about people; each validates its values."""

from datetime import date
from typing import Annotated, TypedDict

from chassis.schemas.fields import Choice, Day, Email, Line
from services.partners.model.role import Role
from services.partners.schemas.place import LanguageTag, ZoneName

PersonName = Annotated[str, Line(longest=200, example="Åsa Lindqvist")]
Address = Annotated[str, Email()]
AnotherRole = Annotated[Role, Choice(Role, metadata={"examples": ["delegate"]})]
"""A role beside the main one, as it mostly is."""
DayOfRole = Annotated[date, Day(example="2026-05-04")]


class PersonChanges(TypedDict, total=False):
    """What is on record of somebody: the members that are to be changed."""

    name: PersonName
    email: Address
    role: Role
    language: LanguageTag
    zone: ZoneName
