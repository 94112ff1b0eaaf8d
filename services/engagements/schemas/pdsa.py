"""The types of what is asked of PDSA cycles: what stands on their worksheet."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, TypedDict

from marshmallow import fields, post_load, validate

from chassis.schemas.fields import Choice, Count, Day, Flag, Id, Line, Text
from chassis.schemas.messages import Request
from services.engagements.model.improvement.charter import Setting
from services.engagements.model.improvement.worksheet import (
    DataToCollect,
    Match,
    Objective,
    Question,
    Scale,
    Task,
)
from services.engagements.schemas.measurement import Code

MOST_QUESTIONS = 20
MOST_TASKS = 50


class QuestionOf(Request):
    """What a test is to answer, and what the team predicts."""

    question = Line(longest=500, required=True, example="Do nurses use the checklist at night?")
    prediction = Line(longest=500, load_default=None, allow_none=True, example="At nine of ten insertions")

    @post_load
    def of_model(self, found: dict[str, Any], **_: Any) -> Question:
        """Give the question as the model has it."""
        return Question(**found)


class ScaleOf(Request):
    """How large a test is."""

    people = Count(least=1, load_default=None, allow_none=True)
    sites = Count(least=1, load_default=None, allow_none=True)
    shifts = Count(least=1, load_default=None, allow_none=True)

    @post_load
    def scale(self, found: dict[str, Any], **_: Any) -> Scale:
        """Give the scale as the model has it."""
        return Scale(**found)


class TaskOf(Request):
    """What is to be done for a test."""

    what = Line(longest=500, required=True, example="Print the checklist")
    who = Line(longest=200, load_default=None, allow_none=True, example="The charge nurse")
    when = Day(load_default=None, allow_none=True)
    where = Line(longest=200, load_default=None, allow_none=True, example="Ward 4")

    @post_load
    def task(self, found: dict[str, Any], **_: Any) -> Task:
        """Give the task as the model has it."""
        return Task(**found)


class DataToCollectOf(TaskOf):
    """What is to be collected in a test."""

    measure_id = Id("msr", load_default=None, allow_none=True)

    @post_load
    def task(self, found: dict[str, Any], **_: Any) -> DataToCollect:
        """Give it as the model has it."""
        return DataToCollect(**found)


class PredictionJudgementOf(Request):
    """How the prediction to a question, by its number from 1, compares with what was seen."""

    question = Count(least=1, required=True)
    match = Choice(Match, required=True)
    result = Line(longest=1000, required=True, example="At eight of ten")


_QUESTIONS = [{"question": "Do nurses use the checklist at night?", "prediction": "At nine of ten insertions"}]
_JUDGEMENTS = [{"question": 1, "match": "partly", "result": "At eight of ten"}]
CycleId = Annotated[str, Id("pds")]
Promise = Annotated[str, Line(longest=200, example="A checklist at each insertion, on one ward")]
IdeaCode = Annotated[str, Code(longest=60, example="checklist")]
Questions = Annotated[
    list[Question],
    fields.List(
        fields.Nested(QuestionOf), validate=validate.Length(1, MOST_QUESTIONS), metadata={"examples": [_QUESTIONS]}
    ),
]
ScaleGiven = Annotated[Scale, fields.Nested(ScaleOf, metadata={"examples": [{"people": 1, "shifts": 1}]})]
Tasks = Annotated[
    list[Task],
    fields.List(
        fields.Nested(TaskOf),
        validate=validate.Length(0, MOST_TASKS),
        metadata={"examples": [[{"what": "Print the checklist", "who": "The charge nurse"}]]},
    ),
]
DataPlan = Annotated[
    list[DataToCollect],
    fields.List(
        fields.Nested(DataToCollectOf),
        validate=validate.Length(0, MOST_TASKS),
        metadata={"examples": [[{"what": "Insertions with a checklist", "who": "The charge nurse"}]]},
    ),
]
Judgements = Annotated[
    list[Mapping[str, Any]],
    fields.List(
        fields.Nested(PredictionJudgementOf),
        validate=validate.Length(1, MOST_QUESTIONS),
        metadata={"examples": [_JUDGEMENTS]},
    ),
]
AsPlanned = Annotated[bool, Flag(metadata={"examples": [True]})]
Observations = Annotated[str, Text(longest=5000, example="The checklist was at hand at each insertion")]
Learning = Annotated[str, Text(longest=5000, example="At night nobody is there to read it out")]


class CyclePlanned(TypedDict, total=False):
    """What is planned for a test."""

    objective: Objective
    setting: Setting
    questions: Questions
    scale: ScaleGiven
    starts_on: date | None
    ends_on: date | None
    tasks: Tasks
    data_plan: DataPlan
