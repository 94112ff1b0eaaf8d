"""The types of what is asked of initiatives and their driver diagrams."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, NotRequired, TypedDict

from marshmallow import fields, post_load, validate

from chassis.schemas.decimals import ExactDecimal
from chassis.schemas.fields import Choice, Count, Day, Flag, Id, Line, Text, Unique
from chassis.schemas.messages import Request
from services.engagements.model.improvement.charter import (
    Aim,
    Barrier,
    CoDesigner,
    CoDesignerKind,
    InterventionFocus,
    Level,
    Setting,
)
from services.engagements.model.improvement.driver_diagram import (
    ChangeIdea,
    Driver,
    DriverLevel,
    DriverLink,
    IdeaEvidence,
    IdeaStage,
    Strength,
)
from services.engagements.schemas.measurement import Code

MOST_IN_A_LIST = 50
MOST_LINKS = 500


class Month(Text):
    """A month, such as 2026-06."""

    pattern = "^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])$"
    expected = "A month as YYYY-MM is expected."
    example = "2026-06"


class AimOf(Request):
    """What is to be better, for whom, how much, and by when."""

    statement = Text(longest=1000, required=True, example="Halve central-line infections by the end of 2030")
    population = Text(longest=1000, required=True, example="All adults in intensive care")
    baseline_value = ExactDecimal(required=True, example="4.2")
    target_value = ExactDecimal(required=True, example="2.1")
    target_date = Day(required=True, example="2030-12-31")
    outcome_measure_id = Id("msr", load_default=None, allow_none=True)
    system_level = Flag(load_default=False)

    @post_load
    def aim(self, found: dict[str, Any], **_: Any) -> Aim:
        """Give the aim as the model has it."""
        return Aim(**found)


class CoDesignerOf(Request):
    """A group that designs with the team."""

    kind = Choice(CoDesignerKind, required=True)
    who = Line(longest=200, required=True, example="The patients' council of the region")
    contribution = Line(longest=1000, load_default=None, allow_none=True, example="Chose what is measured")

    @post_load
    def co_designer(self, found: dict[str, Any], **_: Any) -> CoDesigner:
        """Give the group as the model has it."""
        return CoDesigner(**found)


class BarrierOf(Request):
    """What may stand in the way."""

    barrier = Line(longest=500, required=True, example="Night shifts are short of staff")
    mitigation = Line(longest=500, load_default=None, allow_none=True, example="Begin with day shifts")

    @post_load
    def of_model(self, found: dict[str, Any], **_: Any) -> Barrier:
        """Give the barrier as the model has it."""
        return Barrier(**found)


class DriverOf(Request):
    """What the aim depends on."""

    code = Code(longest=60, required=True)
    level = Choice(DriverLevel, required=True)
    title = Line(longest=200, required=True, example="Clean hands at each insertion")
    measure_ids = Unique(Id("msr"), validate=validate.Length(0, MOST_IN_A_LIST), load_default=list)

    @post_load
    def driver(self, found: dict[str, Any], **_: Any) -> Driver:
        """Give the driver as the model has it."""
        return Driver(**found)


class ChangeIdeaOf(Request):
    """A specific change that is tried."""

    code = Code(longest=60, required=True, example="insertion_bundle")
    title = Line(longest=200, required=True, example="A checklist at each insertion")
    concept = Line(longest=200, load_default=None, allow_none=True, example="Use reminders")
    stage = Choice(IdeaStage, load_default=IdeaStage.TEST)
    evidence = Choice(IdeaEvidence, load_default=IdeaEvidence.INNOVATIVE_IDEA)
    source_id = Id("les", load_default=None, allow_none=True)

    @post_load
    def idea(self, found: dict[str, Any], **_: Any) -> ChangeIdea:
        """Give the change idea as the model has it."""
        return ChangeIdea(**found)


class DriverLinkOf(Request):
    """That one thing drives another, one level up."""

    source = Code(longest=60, required=True)
    target = Code(longest=60, required=True, example="aim")
    strength = Choice(Strength, load_default=Strength.STRONG)

    @post_load
    def link(self, found: dict[str, Any], **_: Any) -> DriverLink:
        """Give the link as the model has it."""
        return DriverLink(**found)


_AIM = {
    "statement": "Halve central-line infections by the end of 2030", "population": "All adults in intensive care",
    "baseline_value": "4.2", "target_value": "2.1", "target_date": "2030-12-31",
}  # fmt: skip
_DRIVERS = [
    {"code": "insertion", "level": "primary", "title": "Safe insertion"},
    {"code": "clean_hands", "level": "secondary", "title": "Clean hands at each insertion"},
]
_IDEAS = [{"code": "checklist", "title": "A checklist at each insertion", "evidence": "best_practice"}]
_LINKS = [
    {"source": "insertion", "target": "aim"},
    {"source": "clean_hands", "target": "insertion"},
    {"source": "checklist", "target": "clean_hands", "strength": "weak"},
]


def _several(each: fields.Field[Any], *, most: int = MOST_IN_A_LIST, example: Any = None) -> fields.List[Any]:
    return fields.List(each, validate=validate.Length(0, most), metadata={"examples": [example]} if example else {})


InitiativeId = Annotated[str, Id("ini")]
CommitmentId = Annotated[str, Id("cmt")]
Title = Annotated[str, Line(longest=200, example="Fewer central-line infections")]
FocusAreas = Annotated[
    list[str], Unique(Code(longest=60, example="safer_care"), validate=validate.Length(1, MOST_IN_A_LIST))
]
FocusArea = Annotated[str, Code(longest=60, example="safer_care")]
Settings = Annotated[list[Setting], Unique(Choice(Setting), validate=validate.Length(1, len(Setting)))]
Paragraph = Annotated[str, Text(longest=2000, example="Twelve infections in a year, four of them fatal")]
PopulationSize = Annotated[int, Count(least=1, example=120_000)]
AimGiven = Annotated[Aim, fields.Nested(AimOf, metadata={"examples": [_AIM]})]
MemberIds = Annotated[list[str], Unique(Id("per"), validate=validate.Length(0, MOST_IN_A_LIST))]
CoDesigners = Annotated[
    list[CoDesigner],
    _several(fields.Nested(CoDesignerOf), example=[{"kind": "patients", "who": "The patients' council"}]),
]
Stakeholders = Annotated[list[str], Unique(Line(longest=200, example="The board"), validate=validate.Length(0, 50))]
Barriers = Annotated[
    list[Barrier], _several(fields.Nested(BarrierOf), example=[{"barrier": "Nights are short of staff"}])
]
ReviewDates = Annotated[list[date], Unique(Day(example="2030-03-01"), validate=validate.Length(0, MOST_IN_A_LIST))]
Drivers = Annotated[list[Driver], _several(fields.Nested(DriverOf), example=_DRIVERS)]
Ideas = Annotated[list[ChangeIdea], _several(fields.Nested(ChangeIdeaOf), most=200, example=_IDEAS)]
Links = Annotated[list[DriverLink], _several(fields.Nested(DriverLinkOf), most=MOST_LINKS, example=_LINKS)]
MonthScored = Annotated[str, Month(longest=7)]
Score = Annotated[Decimal, ExactDecimal(example="2.5")]
Justification = Annotated[str, Text(longest=2000, example="Two tests are done, the chart shows no shift yet")]
Advice = Annotated[str, Text(longest=2000, example="Test at night, too")]
PersonId = Annotated[str, Id("per")]
LessonId = Annotated[str, Id("les")]
LessonText = Annotated[str, Text(longest=2000)]


class LessonTaught(TypedDict):
    """What every event says of a lesson of another industry."""

    organisation: str
    industry: str
    lesson: LessonText
    hypothesis: LessonText
    topics: list[str]


class DiagramDrawn(TypedDict, total=False):
    """What a driver diagram consists of: the lists that are to be others."""

    drivers: Drivers
    ideas: Ideas
    links: Links


class CharterDescribed(TypedDict, total=False):
    """What a charter says, as far as it is known."""

    problem: Paragraph | None
    why_now: Paragraph | None
    alignment: Paragraph | None
    population: Paragraph | None
    population_size: PopulationSize | None
    expected_impact: Paragraph | None
    in_scope: Paragraph | None
    out_of_scope: Paragraph | None
    sponsor_id: PersonId | None
    lead_id: PersonId | None
    improvement_advisor_id: PersonId | None
    coach_id: PersonId | None
    member_ids: MemberIds
    co_designers: CoDesigners
    stakeholders: Stakeholders
    barriers: Barriers
    resources: Paragraph | None
    review_dates: ReviewDates
    aim: AimGiven | None


class InitiativeDescribed(CharterDescribed):
    """What an initiative is, and as much of its charter as is known."""

    title: NotRequired[Title]
    level: NotRequired[Level]
    focus_areas: NotRequired[FocusAreas]
    settings: NotRequired[Settings]
    intervention_focus: NotRequired[InterventionFocus]
