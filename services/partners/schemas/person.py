"""The types of arguments about people; each validates its values."""

from typing import Annotated, TypedDict

from chassis.schemas.fields import (
    Email,
    Line,
)
from services.partners.model.person import Role
from services.partners.schemas.place import LanguageTag, ZoneName

PersonName = Annotated[str, Line(longest=200, example="Åsa Lindqvist")]
Address = Annotated[str, Email()]


class PersonChanges(TypedDict, total=False):
    """What is on record of somebody: the members that are to be changed."""

    name: PersonName
    email: Address
    role: Role
    language: LanguageTag
    zone: ZoneName
