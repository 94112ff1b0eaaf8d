"""Which points belong to a signal, and whether that is good."""

from collections.abc import Iterable, Iterator

from services.engagements.analysis.limits import Limits
from services.engagements.analysis.rule_sets import RuleSet
from services.engagements.analysis.runs import Direction, Run, Side, SustainedShift, Trend, side_of
from services.engagements.analysis.series import Series
from services.engagements.analysis.verdict import Assurance, Improvement, Judging, Mark, Meaning

UPWARDS = (Side.ABOVE, Direction.RISING)
ONE_SIDE = ({Side.ABOVE}, {Side.BELOW})


def meaning_of(towards: Side | Direction, improvement: Improvement) -> Meaning:
    """Return whether a signal is good, by where it leads and where the measure is to go."""
    if improvement is Improvement.NEUTRAL or towards is Side.ON:
        return Meaning.NEUTRAL
    upwards = towards in UPWARDS
    return Meaning.IMPROVEMENT if upwards == (improvement is Improvement.INCREASE) else Meaning.CONCERN


def marks_of_order(shifts: Iterable[Run], trends: Iterable[Trend], improvement: Improvement) -> Iterator[Mark]:
    """Yield a mark for each point of a shift or a trend."""
    for shift in shifts:
        yield from (Mark(at, "shift", meaning_of(shift.side, improvement)) for at in shift.positions)
    for trend in trends:
        yield from (Mark(at, "trend", meaning_of(trend.direction, improvement)) for at in trend.positions)


def marks_of_sustained(shifts: Iterable[SustainedShift], improvement: Improvement) -> Iterator[Mark]:
    """Yield a mark for the point with which nine have been on one side of a frozen centre."""
    for shift in shifts:
        yield Mark(shift.last, "sustained_shift", meaning_of(shift.side, improvement))


def marks_of_limits(series: Series, limits: Limits, rules: RuleSet, improvement: Improvement) -> Iterator[Mark]:
    """Yield a mark for each point outside the limits, and for two of three near one of them."""
    outside = limits.outside(series)
    sides = {at: side_of(level, limits.centre) for at, level in series.measured}
    yield from (Mark(at, "outside", meaning_of(sides[at], improvement)) for at in outside)
    if rules.two_of_three:
        near = _two_of_three(sides, set(limits.near(series)), len(series.levels))
        yield from (Mark(at, "two_of_three", meaning_of(sides[at], improvement)) for at in sorted(near))


def _two_of_three(sides: dict[int, Side], near: set[int], n: int) -> set[int]:
    """Return the points near a limit that are two of three neighbours on the same side."""
    marked: set[int] = set()
    for three in (range(at, at + 3) for at in range(1, n - 1)):
        close = near.intersection(three)
        if len(close) > 1 and {sides.get(at) for at in three} in ONE_SIDE:
            marked |= close
    return marked


def assurance_of(judging: Judging, limits: Limits | None) -> Assurance | None:
    """Return whether the last limits lie on the right side of the target; None where there is no target."""
    if judging.target is None:
        return None
    if limits is None or judging.improvement is Improvement.NEUTRAL:
        return Assurance.NOT_EVALUATED
    if limits.lower[-1] <= judging.target <= limits.upper[-1]:
        return Assurance.HIT_OR_MISS
    beyond_all = judging.target > limits.upper[-1]
    fails = beyond_all == (judging.improvement is Improvement.INCREASE)
    return Assurance.CONSISTENTLY_FAILS if fails else Assurance.CONSISTENTLY_PASSES
