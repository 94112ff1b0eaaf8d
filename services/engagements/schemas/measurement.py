"""The types of what is asked of measures and data points."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, NotRequired, TypedDict

from marshmallow import fields, post_load, validate

from chassis.schemas.decimals import ExactDecimal
from chassis.schemas.fields import Choice, Count, Day, Flag, Id, Line, Text, one_of
from chassis.schemas.messages import Request
from services.engagements.analysis.limits import Chart
from services.engagements.analysis.rule_sets import RULE_SETS
from services.engagements.analysis.verdict import Improvement
from services.engagements.model.measurement.definition import OperationalDefinition, RebaseAnswers
from services.engagements.model.measurement.measure import MeasureKind, QualityDimension
from services.engagements.model.measurement.periods import Frequency
from services.engagements.model.measurement.stratum import Stratum

MOST_STRATA = 50
MOST_IN_ONE_STEP = 1000
"""Data points that are stored in one transaction: of a batch in JSON all, of one in a file each part."""


class Code(Text):
    """A code of lower-case letters, digits and underscores."""

    pattern = "^[a-z0-9]+(_[a-z0-9]+)*$"
    expected = "Lower-case letters and digits, in words joined by _, are expected."
    example = "women"


class DefinitionOf(Request):
    """How a measure is collected."""

    numerator = Text(longest=500, required=True, example="Catheter-related bloodstream infections")
    denominator = Text(longest=500, load_default=None, allow_none=True, example="Days with a central line")
    multiplier = Count(least=1, most=1_000_000, load_default=1, example=1000)
    inclusion = Text(longest=1000, load_default=None, allow_none=True, example="All adult intensive care units")
    sampling = Text(longest=1000, load_default=None, allow_none=True, example="Every case, no sample")
    collected_by = Line(longest=200, load_default=None, allow_none=True, example="Infection control")


class StratumOf(Request):
    """A group whose data are a series of their own."""

    code = Code(longest=60, required=True)
    dimension = Line(longest=60, required=True, example="sex")
    value = Line(longest=100, required=True, example="female")
    is_focus = Flag(load_default=False)
    is_reference = Flag(load_default=False)

    @post_load
    def stratum(self, found: dict[str, Any], **_: Any) -> Stratum:
        """Give the stratum as the model has it."""
        return Stratum(**found)


class AnswersOf(Request):
    """The answers to the four questions before a chart is rebased."""

    clearly_different = Flag(required=True)
    reason_known = Flag(required=True)
    desirable = Flag(required=True)
    expected_to_continue = Flag(required=True)

    @post_load
    def answers(self, found: dict[str, Any], **_: Any) -> RebaseAnswers:
        """Give the answers as the model has them."""
        return RebaseAnswers(**found)


_INFECTIONS = {
    "numerator": "Catheter-related bloodstream infections",
    "denominator": "Days with a central line",
    "multiplier": 1000,
}
MeasureId = Annotated[str, Id("msr")]
DataPointId = Annotated[str, Id("dpt")]
SignalId = Annotated[str, Id("sgn")]
InitiativeId = Annotated[str, Id("ini")]
Title = Annotated[str, Line(longest=200, example="Infections in 1,000 line days")]
Unit = Annotated[str, Line(longest=60, example="infections in 1,000 line days")]
RuleSetName = Annotated[str, one_of(*RULE_SETS)]
Direction = Annotated[Improvement, Choice(Improvement, metadata={"examples": ["decrease"]})]
Number = Annotated[Decimal, ExactDecimal()]
StratumCode = Annotated[str, Code(longest=60)]
Definition = Annotated[dict[str, Any], fields.Nested(DefinitionOf, metadata={"examples": [_INFECTIONS]})]
Strata = Annotated[
    list[Stratum],
    fields.List(
        fields.Nested(StratumOf),
        validate=validate.Length(1, MOST_STRATA),
        metadata={"examples": [[{"code": "women", "dimension": "sex", "value": "female"}]]},
    ),
]
Answers = Annotated[
    RebaseAnswers,
    fields.Nested(
        AnswersOf,
        metadata={
            "examples": [
                {"clearly_different": True, "reason_known": True, "desirable": True, "expected_to_continue": True}
            ]
        },
    ),
]
DayOfPeriod = Annotated[date, Day(example="2026-03-02")]
BaselinePoints = Annotated[int, Count(least=1, most=100_000, example=12)]
SuppressedBelow = Annotated[int, Count(least=0, most=1000, example=10)]


class DataPointRow(Request):
    """One data point among several: the same as of a single one."""

    on = Day(required=True, example="2026-03-02")
    value = ExactDecimal(required=True)
    denominator = ExactDecimal(load_default=None, allow_none=True)
    stratum = Code(longest=60, load_default=None, allow_none=True)


class FileRow(Request):
    """One row of a file, by its number there: its members, or what made it impossible to read any."""

    row = Count(least=1, most=1_000_000_000, required=True)
    members = fields.Dict(load_default=None, allow_none=True)
    mistake = Line(longest=500, load_default=None, allow_none=True)


_NUMBER = {"type": ["number", "string"], "pattern": ExactDecimal().metadata["pattern"], "examples": [3]}
_COLUMNS = {
    "on": {"type": "string", "format": "date", "pattern": Day().metadata["pattern"], "examples": ["2025-11-03"]},
    "value": _NUMBER,
    "denominator": {**_NUMBER, "type": ["number", "string", "null"]},
    "stratum": {"type": ["string", "null"], "pattern": Code.pattern, "examples": [None]},
}
"""What a row is expected to have; each is read for itself, so that all mistakes are told."""
BatchId = Annotated[str, Id("bat")]
PartNumber = Annotated[int, Count(least=1, most=100_000)]
DataPointRows = Annotated[
    list[dict[str, Any]],
    fields.List(
        fields.Dict(metadata={"required": ["on", "value"], "properties": _COLUMNS}),
        validate=validate.Length(1, MOST_IN_ONE_STEP),
        metadata={"examples": [[{"on": "2025-11-03", "value": 3, "denominator": 120}]]},
    ),
]
FileRows = Annotated[
    list[dict[str, Any]], fields.List(fields.Nested(FileRow), validate=validate.Length(0, MOST_IN_ONE_STEP))
]


class MeasureDescribed(TypedDict):
    """What a measure is."""

    title: Title
    kind: MeasureKind
    improvement: Direction
    unit: Unit
    frequency: Frequency
    definition: Definition
    initiative_id: NotRequired[InitiativeId | None]
    quality_dimension: NotRequired[QualityDimension | None]
    chart: NotRequired[Chart | None]
    rules: NotRequired[RuleSetName | None]
    target: NotRequired[Number | None]
    strata: NotRequired[Strata | None]
    suppressed_below: NotRequired[SuppressedBelow | None]


def definition_of(found: dict[str, Any], *, number: int, effective_from: date | None = None) -> OperationalDefinition:
    """Give a definition as the model has it."""
    return OperationalDefinition(**found, number=number, effective_from=effective_from)
