"""Runs, shifts and trends: what the order of points says, whatever the size of their differences."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import groupby, repeat
from operator import itemgetter
from typing import NamedTuple

from services.engagements.analysis.exact import median, rounded, signs
from services.engagements.analysis.series import Series

SUSTAINED = 9
"""Useful observations on one side that are a candidate for a new centre."""


class Side(StrEnum):
    """On which side of the centre a point is."""

    ABOVE = "above"
    ON = "on"
    BELOW = "below"


class Direction(StrEnum):
    """Where a trend leads."""

    RISING = "rising"
    FALLING = "falling"


class Run(NamedTuple):
    """Consecutive points on one side of the centre, by the positions of those that count."""

    side: Side
    positions: tuple[int, ...]


@dataclass(frozen=True)
class Trend:
    """Consecutive points that all rise, or all fall, by the positions of those that count."""

    direction: Direction
    positions: tuple[int, ...]


@dataclass(frozen=True)
class SustainedShift:
    """Nine useful points on one side of a frozen centre, and the median of those nine: a candidate, no more."""

    side: Side
    first: int
    last: int
    centre: Decimal


def side_of(level: Decimal, centre: Decimal) -> Side:
    """Return on which side of the centre a point is; both as they are compared."""
    if level == centre:
        return Side.ON
    return Side.ABOVE if level > centre else Side.BELOW


def runs_of(series: Series, centre: Decimal, *, after: int = 0, centre_breaks: bool = False) -> list[Run]:
    """Return the runs of a series around its centre, those of one point too, from behind a position.

    Missing points neither count nor break; points on the centre do not count, and break only where that is said.
    """
    begin = bisect_right(series.positions, after)
    sides = zip(signs(series.shown[begin:], repeat(centre)), series.positions[begin:], strict=True)
    counted = sides if centre_breaks else filter(itemgetter(0), sides)
    runs = [(sign, tuple(at for _, at in together)) for sign, together in groupby(counted, key=itemgetter(0))]
    return [Run(Side.ABOVE if sign > 0 else Side.BELOW, positions) for sign, positions in runs if sign]


def useful_of(runs: Iterable[Run]) -> int:
    """Return how many observations are useful: neither missing nor on the centre."""
    return sum(len(run.positions) for run in runs)


def shifts_of(runs: Iterable[Run], *, length: int) -> list[Run]:
    """Return the runs of at least so many points."""
    return [run for run in runs if len(run.positions) >= length]


def trends_of(series: Series, *, length: int, repeats_break: bool = False) -> list[Trend]:
    """Return where at least so many points all rise or all fall; a turning point belongs to both.

    Of equal neighbours one counts. A trend begins at the last and ends at the first of those that are equal, so that a
    series that is read backwards has the same trends.
    """
    rising_or_falling = _steps_of_one_direction(series, repeats_break=repeats_break)
    return [_trend(steps) for steps in rising_or_falling if len(steps) + 1 >= length]


_Step = tuple[int, int, int]
"""From which position to which a series goes, and whether it rises (1), falls (-1) or stays (0)."""


def _steps_of_one_direction(series: Series, *, repeats_break: bool) -> Iterator[list[_Step]]:
    later, now = series.positions[1:], series.shown[1:]
    steps = zip(series.positions, later, signs(now, series.shown), strict=False)
    counted = steps if repeats_break else filter(itemgetter(2), steps)
    for sign, together in groupby(counted, key=itemgetter(2)):
        if sign:
            yield list(together)


def _trend(steps: list[_Step]) -> Trend:
    first, _, sign = steps[0]
    positions = (first, *(to for _, to, _ in steps))
    return Trend(Direction.RISING if sign > 0 else Direction.FALLING, positions)


def sustained_shifts_of(series: Series, centre: Decimal, *, after: int) -> list[SustainedShift]:
    """Return the first nine useful points of each run that has so many, behind a frozen baseline of `after` points."""
    long_enough = shifts_of(runs_of(series, centre, after=after), length=SUSTAINED)
    return [_sustained(series, run.side, run.positions[:SUSTAINED]) for run in long_enough]


def _sustained(series: Series, side: Side, positions: tuple[int, ...]) -> SustainedShift:
    levels = [level for at in positions if (level := series.levels[at - 1]) is not None]
    return SustainedShift(side, positions[0], positions[-1], rounded(median(levels)))
