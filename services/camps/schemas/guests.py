"""The types of arguments about who is invited by name; each validates its values."""

from typing import Annotated, NotRequired, TypedDict

from chassis.schemas.fields import Id, Line, Text
from services.camps.schemas.camp import EmailAddress, LanguageTag, PersonId, ZoneName

GuestId = Annotated[str, Id("inv")]
"""A guest is known by the id of their invitation."""
GuestName = Annotated[str, Line(longest=200, example="Kim Påhittad")]
Organisation = Annotated[str, Line(longest=200, example="Nordic Airlines")]
Industry = Annotated[str, Line(longest=100, example="Aviation")]
Lesson = Annotated[str, Text(longest=2000, example="Anybody may stop a take-off without giving a reason")]
Hypothesis = Annotated[str, Text(longest=2000, example="Operations are stopped sooner if anybody may do so")]


class GuestChanges(TypedDict, total=False):
    """What is said of a guest: the members that are to be changed."""

    name: GuestName
    email: EmailAddress
    language: LanguageTag
    zone: ZoneName
    organisation: Organisation
    industry: Industry
    lesson: Lesson
    hypothesis: Hypothesis


class SomebodyByName(GuestChanges):
    """Who is to be invited: somebody on record by their id, or a guest by name and address, with what they bring."""

    person_id: NotRequired[PersonId]
