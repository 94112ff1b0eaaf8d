"""The types of arguments and of fields of events about what other industries taught."""

from typing import Annotated, TypedDict

from chassis.schemas.fields import Id, Line, Text
from services.camps.schemas.asks_and_offers import Topics

LessonId = Annotated[str, Id("les")]
Organisation = Annotated[str, Line(longest=200, example="An airline")]
Industry = Annotated[str, Line(longest=100, example="aviation")]
LessonTaught = Annotated[str, Text(longest=2000, example="Crews read the checklist aloud, and anybody may stop it")]
TransferHypothesis = Annotated[
    str, Text(longest=2000, example="Read aloud at insertion, it is followed at night as by day")
]


class LessonSaid(TypedDict):
    """What a lesson says."""

    organisation: Organisation
    industry: Industry
    lesson: LessonTaught
    hypothesis: TransferHypothesis
    topics: Topics


class LessonCorrected(TypedDict, total=False):
    """What a lesson says: the members that are to be corrected."""

    organisation: Organisation
    industry: Industry
    lesson: LessonTaught
    hypothesis: TransferHypothesis
    topics: Topics
