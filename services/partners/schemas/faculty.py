"""The types of arguments about faculty; each validates its values."""

from typing import Annotated, TypedDict

from marshmallow import validate

from chassis.schemas.fields import Id, Language, Text, Unique
from services.partners.schemas.partner import Area
from services.partners.schemas.place import ZoneName

_A_FEW = validate.Length(1, 20)
FacultyMemberId = Annotated[str, Id("fac")]
Topic = Annotated[str, Area(longest=60)]
Topics = Annotated[list[str], Unique(Area(longest=60), validate=_A_FEW)]
Languages = Annotated[list[str], Unique(Language(), validate=_A_FEW)]
FacultyMemberIds = Annotated[list[str], Unique(Id("fac"), validate=validate.Length(1, 10))]
FacultyRequestId = Annotated[str, Id("frq")]
Purpose = Annotated[str, Text(longest=2000, example="Our teams want to learn how to run tests on small scale")]
WhyNominated = Annotated[str, Text(longest=1000, example="Her wards taught three others how they halved infections")]


class FacultyChanges(TypedDict, total=False):
    """What is on record of a faculty member: the members that are to be changed."""

    topics: Topics
    languages: Languages
    zone: ZoneName
