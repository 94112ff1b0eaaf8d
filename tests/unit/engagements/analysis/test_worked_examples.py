"""Examples worked by hand, and the printed tables: exactly these verdicts and limits."""

from decimal import Decimal
from math import comb

import pytest

from services.engagements.analysis.critical_values import (
    DIFFERENTLY_PRINTED,
    RUN_LIMITS,
    fewest_crossings_expected,
    longest_run_expected,
)
from services.engagements.analysis.limits import Chart
from services.engagements.analysis.rule_sets import MDC_NHS
from services.engagements.analysis.verdict import RunsVerdict
from tests.unit.engagements.analysis.series_of import judged, spans


def test_a_series_with_points_on_its_median_has_too_few_runs_and_a_shift() -> None:
    verdict = judged("12 14 13 15 14 16 12 9 8 10 7 9 8 12")

    order = verdict.order
    assert (verdict.centre, verdict.points, order.runs.useful) == (12, 14, 11)
    assert (order.runs.lengths, order.runs.lower, order.runs.upper) == ([5, 6], 3, 10)
    assert order.runs.verdict is RunsVerdict.TOO_FEW
    assert spans(order.shifts) == [("below", 8, 13, 6)]
    assert order.trends == ()


def test_the_same_series_is_a_signal_by_its_crossings_and_not_by_its_longest_run() -> None:
    limits = judged("12 14 13 15 14 16 12 9 8 10 7 9 8 12").order.longest_run_and_crossings

    assert (limits.longest_run_max, limits.crossings_min, limits.signal) == (6, 2, True)


def test_equal_neighbours_count_once_in_a_trend() -> None:
    assert spans(judged("3 5 5 6 8 8 9").order.trends) == [("rising", 1, 7, 5)]


def test_limits_of_individuals_are_those_of_the_average_moving_range() -> None:
    verdict = judged("20 22 19 21 23 20 22 21 24 20 22 21 30", MDC_NHS, Chart.INDIVIDUALS)

    limits = verdict.limits
    assert limits is not None
    printed = [round(each, 6) for each in (limits.centre, limits.lower[0], limits.upper[0])]
    assert printed == [Decimal("21.923077"), Decimal("14.386410"), Decimal("29.459744")]
    assert limits.average_moving_range is not None
    assert round(limits.average_moving_range, 6) == Decimal("2.833333")
    assert limits.moving_range_upper == Decimal("9.2565")
    assert verdict.outside == (13,)


@pytest.mark.parametrize(
    ("runs", "verdict"), [(3, RunsVerdict.TOO_FEW), (4, "as_expected"), (12, "as_expected"), (13, "too_many")]
)
def test_the_limits_of_the_number_of_runs_are_read_strictly(runs: int, verdict: str) -> None:
    """Fourteen useful points around a given centre, in so many runs."""
    sides = ["1" if run % 2 else "-1" for run in range(runs)]
    longest = [sides[0]] * (14 - runs)

    assert judged(" ".join([*longest, *sides]), centre=Decimal(0)).order.runs.verdict == verdict


@pytest.mark.parametrize(
    ("useful", "longest", "crossings"),
    [(10, 6, 2), (12, 7, 3), (16, 7, 4), (20, 7, 6), (23, 8, 7), (24, 8, 8), (30, 8, 10), (40, 8, 14), (46, 9, 17),
     (60, 9, 23), (100, 10, 41)],
)  # fmt: skip
def test_the_longest_run_and_the_fewest_crossings_are_those_that_were_published(
    useful: int, longest: int, crossings: int
) -> None:
    assert (longest_run_expected(useful), fewest_crossings_expected(useful)) == (longest, crossings)


PRINTED = """
10 3 9|20 6 16|30 11 21|40 15 27|50 19 33
11 3 10|21 7 16|31 11 22|41 15 27|51 20 33
12 3 11|22 7 17|32 11 23|42 16 28|52 20 34
13 4 11|23 7 17|33 12 23|43 16 28|53 21 34
14 4 12|24 8 18|34 12 24|44 17 29|54 21 35
15 5 12|25 8 18|35 12 24|45 17 30|55 22 35
16 5 13|26 9 19|36 13 25|46 17 31|56 22 36
17 5 13|27 10 19|37 13 25|47 18 31|57 23 36
18 6 14|28 10 20|38 14 26|48 18 32|58 23 37
19 6 15|29 10 20|39 14 26|49 19 32|59 24 38
60 24 38
"""


def test_the_table_of_the_number_of_runs_is_the_printed_one() -> None:
    cells = [tuple(map(int, cell.split())) for line in PRINTED.split("\n") for cell in line.split("|") if cell]

    assert {n: (lower, upper) for n, lower, upper in cells} == RUN_LIMITS


def test_rows_in_which_all_printings_agree_are_the_one_sided_five_percent_of_swed_and_eisenhart() -> None:
    """The distribution of the number of runs of so many of each side, counted without approximation."""
    agreeing = [n for n in RUN_LIMITS if n % 2 == 0 and n not in DIFFERENTLY_PRINTED]

    assert {n: RUN_LIMITS[n] for n in agreeing} == {n: exact_limits(n // 2) for n in agreeing}


def exact_limits(half: int) -> tuple[int, int]:
    """Of `half` points on each side: the most runs that are in the lower tail of 5 %, the fewest in the upper one."""
    ways = [0, 0, *(ways_of(half, runs) for runs in range(2, 2 * half + 1))]
    whole = sum(ways)
    lower = max(r for r in range(2, len(ways)) if sum(ways[: r + 1]) * 20 <= whole)
    upper = min(r for r in range(2, len(ways)) if sum(ways[r:]) * 20 <= whole)
    return lower, upper


def ways_of(half: int, runs: int) -> int:
    """In how many orders `half` points on each side make so many runs."""
    pairs, odd = divmod(runs, 2)
    one_side = comb(half - 1, pairs - 1)
    return 2 * one_side * (comb(half - 1, pairs) if odd else one_side)
