"""The types of arguments and of fields of events about what is learned and promised; each validates its values."""

from datetime import date
from typing import Annotated, TypedDict

from chassis.schemas.fields import Day, Id, Line, Text
from services.camps.model.learning.experience import ExperienceKind
from services.camps.schemas.camp import PersonId

CommitmentId = Annotated[str, Id("cmt")]
EngagementId = Annotated[str, Id("eng")]
CycleId = Annotated[str, Id("pds")]
Promise = Annotated[str, Line(longest=200, example="A checklist at each insertion, on one ward")]
DueOn = Annotated[date, Day(example="2030-10-01")]
Learning = Annotated[str, Text(longest=2000, example="At night nobody is there to read it out")]


ExperienceId = Annotated[str, Id("exp")]
IdeaInWords = Annotated[str, Line(longest=60)]
ExperienceTitle = Annotated[str, Line(longest=200, example="A checklist that is read out at night, too")]
Story = Annotated[str, Text(longest=10_000, example="We began on one ward, with the night shift")]
Query = Annotated[str, Line(longest=100, example="checklist")]


class ExperienceChanged(TypedDict, total=False):
    """What is told of an experience: the members that are to be changed."""

    kind: ExperienceKind
    title: ExperienceTitle
    story: Story | None


class CommitmentChanged(TypedDict, total=False):
    """What is promised: the members that are to be changed."""

    what: Promise
    owner_id: PersonId
    due_on: DueOn
