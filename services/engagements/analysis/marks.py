"""Which points belong to a signal, and whether that is good."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise

from services.engagements.analysis.limits import Limits
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


def marks_of_limits(series: Series, limits: Limits, judging: Judging, *, outside: Iterable[int]) -> Iterator[Mark]:
    """Yield a mark for each point `outside` the limits, and for two of three near one of them."""
    marked = {"outside": outside}
    if judging.rules.two_of_three:
        near = limits.near(series, beyond=outside)
        marked["two_of_three"] = sorted(_two_of_three(series, limits.centre, near))
    for rule, positions in marked.items():
        for at in positions:
            yield Mark(at, rule, meaning_of(_side(series, limits.centre, at), judging.improvement))


def _side(series: Series, centre: Decimal, at: int) -> Side:
    """Return on which side of the centre a position is; a missing one is on neither."""
    level = series.levels[at - 1]
    return Side.ON if level is None else side_of(level, centre)


def _two_of_three(series: Series, centre: Decimal, near: list[int]) -> set[int]:
    """Return the points near a limit that are two of three neighbours on the same side."""
    marked: set[int] = set()
    for one, other in pairwise(near):
        for first in range(max(other - 2, 1), min(one, len(series.levels) - 2) + 1):
            three = range(first, first + 3)
            if {_side(series, centre, at) for at in three} in ONE_SIDE:
                marked |= {at for at in (one, other) if at in three}
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
