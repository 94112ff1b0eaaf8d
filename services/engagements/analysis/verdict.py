"""What is judged of a series, and by what: everything that a chart shows, and that anybody can judge again."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from services.engagements.analysis.limits import Chart, Limits
from services.engagements.analysis.rule_sets import RuleSet
from services.engagements.analysis.runs import Run, SustainedShift, Trend, useful_of


class Improvement(StrEnum):
    """Where a measure is to go; without a direction no signal is good or bad."""

    INCREASE = "increase"
    DECREASE = "decrease"
    NEUTRAL = "neutral"


class RunsVerdict(StrEnum):
    """How many runs there are, against what chance makes."""

    TOO_FEW = "too_few"
    AS_EXPECTED = "as_expected"
    TOO_MANY = "too_many"
    NOT_EVALUATED = "not_evaluated"


class Meaning(StrEnum):
    """What a signal means, by the direction in which the measure is to go."""

    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    NEUTRAL = "neutral"


class Assurance(StrEnum):
    """Whether a process that goes on like this meets its target (Making Data Count)."""

    CONSISTENTLY_PASSES = "consistently_passes"
    CONSISTENTLY_FAILS = "consistently_fails"
    HIT_OR_MISS = "hit_or_miss"
    NOT_EVALUATED = "not_evaluated"


class CannotBeJudged(ValueError):
    """A series and what is asked about it do not fit together; `what` names the part that is wrong."""

    def __init__(self, what: str, why: str) -> None:
        super().__init__(f"{what}: {why}")
        self.what = what


@dataclass(frozen=True)
class Judging:
    """How a series is to be judged.

    `baseline` freezes the centre and the limits on the first so many positions, `centre` gives the centre itself;
    `screen` leaves moving ranges out that reach their own upper limit.
    """

    rules: RuleSet
    chart: Chart
    baseline: int | None = None
    centre: Decimal | None = None
    screen: bool = False
    improvement: Improvement = Improvement.NEUTRAL
    target: Decimal | None = None

    @property
    def frozen(self) -> bool:
        return self.baseline is not None or self.centre is not None


@dataclass(frozen=True)
class Runs:
    """The runs around the centre, and the limits of their number where the table has some."""

    runs: tuple[Run, ...]
    lower: int | None
    upper: int | None
    verdict: RunsVerdict

    @property
    def useful(self) -> int:
        return useful_of(self.runs)

    @property
    def lengths(self) -> list[int]:
        return [len(run.positions) for run in self.runs]

    @property
    def crossings(self) -> int:
        return max(len(self.runs) - 1, 0)


@dataclass(frozen=True)
class LongestRunAndCrossings:
    """The two limits of Anhøj; `signal` None says that there is not enough data yet."""

    longest_run_max: int | None
    crossings_min: int | None
    signal: bool | None


@dataclass(frozen=True)
class Order:
    """What the order of points says, whatever the size of their differences."""

    runs: Runs
    shifts: tuple[Run, ...]
    trends: tuple[Trend, ...]
    longest_run_and_crossings: LongestRunAndCrossings
    sustained_shifts: tuple[SustainedShift, ...]


class Mark(NamedTuple):
    """A point that belongs to a signal, by which rule, and what that means."""

    position: int
    rule: str
    meaning: Meaning


@dataclass(frozen=True)
class Verdict:
    """All that is found in a series; `centre` None says that nothing was measured."""

    judging: Judging
    centre: Decimal | None
    points: int
    order: Order
    limits: Limits | None
    outside: tuple[int, ...]
    marks: tuple[Mark, ...]
    assurance: Assurance | None
    judged: str
    """A hash of the series and of how it was judged, rule set and version included."""
