"""Control limits: within which bounds a process varies by common causes alone.

Individuals by Wheeler and Chambers (2.66 and 3.267 times the average moving range), with the screening of Nelson
(Journal of Quality Technology 1982;14:172-173) as a choice; p, u and c charts by Montgomery.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise, repeat
from operator import attrgetter

from services.engagements.analysis.exact import (
    add,
    all_rounded,
    distance,
    mean,
    multiply,
    ratio,
    rounded,
    subtract,
    three_deviations,
    total,
)
from services.engagements.analysis.series import Series

OF_INDIVIDUALS = Decimal("2.66")
OF_MOVING_RANGES = Decimal("3.267")
NEAR = ratio(Decimal(2), Decimal(3))
"""From which part of the way between the centre and a limit a point is near the limit."""
UNDECIDED = Decimal(1).scaleb(-38)
"""Below it, what is compared may be a tie that was rounded."""
ZERO, ONE = Decimal(0), Decimal(1)
VALUE, DENOMINATOR = attrgetter("value"), attrgetter("denominator")
"""Of an observation that has both."""


class Chart(StrEnum):
    """What kind of chart a series is judged by."""

    RUN = "run"
    INDIVIDUALS = "individuals"
    P = "p"
    U = "u"
    C = "c"


@dataclass(frozen=True)
class Limits:
    """Limits at each position, as they are compared; no limits where nothing can be said."""

    centre: Decimal
    lower: tuple[Decimal, ...]
    upper: tuple[Decimal, ...]
    average_moving_range: Decimal | None = None
    moving_range_upper: Decimal | None = None

    def outside(self, series: Series) -> list[int]:
        """Return the positions of points beyond a limit; a point on a limit is not beyond it."""
        return [at for at, level in series.measured if not self.lower[at - 1] <= level <= self.upper[at - 1]]

    def near(self, series: Series, *, beyond: Iterable[int]) -> list[int]:
        """Return the positions of points in the outer third between the centre and a limit, and not `beyond` it."""
        outside = frozenset(beyond)
        return [at for at, level in series.measured if at not in outside and self._is_near(at, level)]

    def _is_near(self, at: int, level: Decimal) -> bool:
        """Compare thrice the way to a point with twice the way to its limit: sums, which cost less than products."""
        if level > self.centre:
            way, limit = subtract(level, self.centre), subtract(self.upper[at - 1], self.centre)
        else:
            way, limit = subtract(self.centre, level), subtract(self.centre, self.lower[at - 1])
        if add(way, way) <= limit:  # which most are
            return False
        excess = subtract(add(add(way, way), way), add(limit, limit))
        return excess > 0 if excess.copy_abs() > UNDECIDED else way > rounded(multiply(NEAR, limit))


def centre_of(chart: Chart, series: Series, *, first: int | None) -> Decimal:
    """Return the mean of what is charted, over the first so many positions or all: pooled where counts are charted."""
    if chart in (Chart.P, Chart.U):
        counted = [each for each in series.observations[:first] if each.value is not None]
        return ratio(total(map(VALUE, counted)), total(map(DENOMINATOR, counted)))
    return mean([level for _, level in series.measured_within(first)])


def limits_of(chart: Chart, series: Series, centre: Decimal, *, first: int | None, screen: bool) -> Limits | None:
    """Return the limits of a control chart, frozen on the first so many positions if that is said.

    A run chart has none, and neither has a chart of individuals without two neighbours.
    """
    if chart is Chart.RUN:
        return None
    if chart is Chart.INDIVIDUALS:
        return _of_individuals(series, centre, first=first, screen=screen)
    return _of_counts(chart, series, centre)


def _of_individuals(series: Series, centre: Decimal, *, first: int | None, screen: bool) -> Limits | None:
    ranges = moving_ranges(series, first=first)
    if not ranges:
        return None
    average = _screened_mean(ranges) if screen else mean(ranges)
    width = multiply(OF_INDIVIDUALS, average)
    lower, upper = rounded(subtract(centre, width)), rounded(add(centre, width))
    n = len(series.levels)
    range_upper = rounded(multiply(OF_MOVING_RANGES, average))
    return Limits(rounded(centre), (lower,) * n, (upper,) * n, rounded(average), range_upper)


def moving_ranges(series: Series, *, first: int | None) -> list[Decimal]:
    """Return how far neighbours differ; across a missing point nothing is known."""
    neighbours = pairwise(series.levels[:first])
    return [distance(now, before) for before, now in neighbours if before is not None and now is not None]


def _screened_mean(ranges: list[Decimal]) -> Decimal:
    """Return the mean without ranges that reach their upper limit, which is computed once (Nelson 1982)."""
    bound = rounded(multiply(OF_MOVING_RANGES, mean(ranges)))
    kept = [each for each in ranges if rounded(each) < bound]
    return mean(kept) if kept else mean(ranges)


def _of_counts(chart: Chart, series: Series, centre: Decimal) -> Limits:
    """Return limits in steps: computed once for each denominator where many are alike."""
    variance = multiply(centre, subtract(ONE, centre)) if chart is Chart.P else centre
    denominators = [each.denominator or ONE for each in series.observations]
    distinct = list(set(denominators))
    if alike := 2 * len(distinct) < len(denominators):
        at_each = list(map(dict(zip(distinct, range(len(distinct)), strict=True)).__getitem__, denominators))
    widths = three_deviations(max(variance, ZERO), distinct if alike else denominators)
    lower = [limit if limit > ZERO else ZERO for limit in all_rounded(map(subtract, repeat(centre), widths))]
    upper = all_rounded(map(add, repeat(centre), widths))
    if chart is Chart.P:
        upper = [limit if limit < ONE else ONE for limit in upper]
    if alike:
        lower, upper = [lower[at] for at in at_each], [upper[at] for at in at_each]
    return Limits(rounded(centre), tuple(lower), tuple(upper))
