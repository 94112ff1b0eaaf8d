"""The rules of run charts: what counts, what breaks, and from when on anything is said."""

from dataclasses import replace
from decimal import Decimal

import pytest

from services.engagements.analysis.critical_values import RUN_LIMITS
from services.engagements.analysis.limits import Chart
from services.engagements.analysis.rule_sets import ANHOEJ_2014, MDC_NHS, PERLA_2011, SUSTAINED_SHIFT_9
from services.engagements.analysis.runs import SustainedShift
from services.engagements.analysis.verdict import CannotBeJudged, Improvement, Meaning, RunsVerdict
from tests.unit.engagements.analysis.series_of import judged, marked, spans

TEN_TO_AND_FRO = "1 -1 1 -1 1 -1 1 -1 1 -1"


@pytest.mark.parametrize(
    ("points", "shifts"),
    [
        ("1 1 1 1 1", []),
        ("1 1 1 1 1 1", [("above", 1, 6, 6)]),
        ("1 1 1 0 1 1 1", [("above", 1, 7, 6)]),
        ("0 1 1 1 1 1 1 0", [("above", 2, 7, 6)]),
        ("1 1 1 - - 1 1 1", [("above", 1, 8, 6)]),
        ("1 1 1 -1 1 1 1", []),
        ("1 1 1 1 1 1 -1 -1 -1 -1 -1 -1", [("above", 1, 6, 6), ("below", 7, 12, 6)]),
    ],
)
def test_a_shift_is_six_useful_points_on_one_side(points: str, shifts: list) -> None:
    """A point on the centre, and one that is missing, neither counts nor breaks."""
    assert spans(judged(points, centre=Decimal(0)).order.shifts) == shifts


@pytest.mark.parametrize(
    ("points", "trends"),
    [
        ("1 2 3 4", []),
        ("1 2 3 4 5", [("rising", 1, 5, 5)]),
        ("5 4 3 2 1", [("falling", 1, 5, 5)]),
        ("1 2 3 4 5 4 3 2 1", [("rising", 1, 5, 5), ("falling", 5, 9, 5)]),
        ("1 2 - 3 4 5", [("rising", 1, 6, 5)]),
        ("1 1 2 3 4 4 5", [("rising", 2, 7, 5)]),
        ("1 2 3 4 5 5 5", [("rising", 1, 5, 5)]),
        ("-2 -1 0 1 2", [("rising", 1, 5, 5)]),
        ("3 3 3 3 3", []),
    ],
)
def test_a_trend_is_five_points_that_all_rise_or_all_fall(points: str, trends: list) -> None:
    """The first counts, equal neighbours count once, a turning point belongs to both, the centre is irrelevant."""
    assert spans(judged(points).order.trends) == trends


def test_the_nhs_wants_seven_points_for_a_shift_and_a_point_on_the_mean_breaks_it() -> None:
    shifts = [
        spans(judged(points, MDC_NHS, Chart.RUN, centre=Decimal(0)).order.shifts)
        for points in ("1 1 1 1 1 1", "1 1 1 1 1 1 1", "1 1 1 0 1 1 1 1")
    ]

    assert shifts == [[], [("above", 1, 7, 7)], []]


def test_equal_neighbours_break_a_trend_of_the_nhs() -> None:
    trends = [
        spans(judged(points, MDC_NHS, Chart.RUN).order.trends) for points in ("1 2 3 4 5 6 7", "1 2 3 4 4 5 6 7 8")
    ]

    assert trends == [[("rising", 1, 7, 7)], []]


def test_a_median_of_two_middle_thirds_is_met_by_the_point_that_is_their_mean() -> None:
    """1/7 and 2/7 have the mean 3/14; as binary floats it would be missed."""
    verdict = judged("1/7 3/14 2/7 6/28")

    assert verdict.order.runs.useful == 2


def test_points_that_differ_less_than_a_float_can_tell_are_on_different_sides() -> None:
    """Four of a number with twelve digits, and of its neighbours: they differ in the 24th decimal place."""
    verdict = judged("4/999999999999 4/1000000000000 4/1000000000001")

    assert verdict.order.runs.lengths == [1, 1]


@pytest.mark.parametrize("useful", [9, 61])
def test_the_number_of_runs_is_not_evaluated_outside_the_table(useful: int) -> None:
    verdict = judged(" ".join("1" if at % 3 else "-1" for at in range(useful)), centre=Decimal(0))

    assert (verdict.order.runs.verdict, verdict.order.runs.lower) == (RunsVerdict.NOT_EVALUATED, None)
    assert useful not in RUN_LIMITS


def test_below_ten_useful_points_nothing_is_marked() -> None:
    nine, ten = "1 1 1 1 1 1 -1 1 -1", "1 1 1 1 1 1 -1 1 -1 1"

    assert marked(judged(nine, centre=Decimal(0)), "shift") == []
    assert marked(judged(ten, centre=Decimal(0)), "shift") == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("improvement", "meaning"),
    [
        (Improvement.INCREASE, Meaning.IMPROVEMENT),
        (Improvement.DECREASE, Meaning.CONCERN),
        (Improvement.NEUTRAL, Meaning.NEUTRAL),
    ],
)
def test_a_signal_is_good_or_bad_by_the_direction_of_the_measure(improvement: Improvement, meaning: Meaning) -> None:
    verdict = judged("1 1 1 1 1 1 -1 1 -1 1", centre=Decimal(0), improvement=improvement)

    assert {mark.meaning for mark in verdict.marks} == {meaning}


def test_a_longest_run_of_the_limit_is_no_signal_and_one_more_is() -> None:
    """Twelve useful points: at most 7 in the longest run, at least 3 crossings."""
    signals = [
        judged(points, ANHOEJ_2014, centre=Decimal(0)).order.longest_run_and_crossings.signal
        for points in ("1 1 1 1 1 1 1 -1 1 -1 1 -1", "1 1 1 1 1 1 1 1 -1 1 -1 1", "1 1 1 1 1 -1 -1 -1 -1 1 1 1")
    ]

    assert signals == [False, True, True]


def test_a_frozen_baseline_fixes_the_centre_and_judges_its_own_points_too() -> None:
    verdict = judged("5 5 6 4 9 9 9 9 9 9 9 9", baseline=4)

    assert (verdict.centre, spans(verdict.order.shifts)) == (5, [("above", 5, 12, 8)])


def test_nine_useful_points_behind_a_frozen_baseline_are_a_candidate_with_the_median_of_those_nine() -> None:
    verdict = judged("9 9 1 2 3 9 9 9 3 9 8 9 9 9 9 7 8", SUSTAINED_SHIFT_9, baseline=5)

    assert verdict.order.sustained_shifts == (SustainedShift("above", 6, 15, Decimal(9)),)


def test_the_last_point_of_the_baseline_is_not_one_of_the_nine() -> None:
    """Nine points are above the centre 3, but the first of them, at 5, is the baseline's."""
    assert judged("1 2 3 4 9 9 9 9 9 9 9 9 9", SUSTAINED_SHIFT_9, baseline=5).order.sustained_shifts == ()


def test_without_a_frozen_centre_no_sustained_shift_is_proposed() -> None:
    assert judged("1 " * 10 + "9 " * 10, SUSTAINED_SHIFT_9).order.sustained_shifts == ()


def test_a_rule_set_says_only_what_it_has_a_rule_for() -> None:
    verdict = judged("1 2 3 4 5 6 7 8 9 10 11 12", ANHOEJ_2014)

    assert (verdict.order.shifts, verdict.order.trends, verdict.marks) == ((), (), ())
    assert verdict.order.runs.verdict is RunsVerdict.NOT_EVALUATED


@pytest.mark.parametrize("points", ["", "- - -"])
def test_a_series_without_a_single_point_is_judged_as_nothing_measured(points: str) -> None:
    verdict = judged(points)

    assert (verdict.centre, verdict.points, verdict.order.runs.runs) == (None, 0, ())


@pytest.mark.parametrize(
    ("points", "baseline", "why"),
    [("1 2 3", 0, "not a number of points from 1 to 3"), ("1 2 3", 4, "from 1 to 3"), ("- - 3", 2, "was measured")],
)
def test_a_baseline_without_points_is_refused(points: str, baseline: int, why: str) -> None:
    with pytest.raises(CannotBeJudged, match=why):
        judged(points, PERLA_2011, baseline=baseline)


def test_a_verdict_names_what_it_judged_by_a_hash_that_another_correction_changes() -> None:
    hashes = [judged(points, rules).judged for points, rules in (
        (TEN_TO_AND_FRO, PERLA_2011), (f"{TEN_TO_AND_FRO[:-2]}-1.0", PERLA_2011), (f"{TEN_TO_AND_FRO} 1", PERLA_2011),
        (TEN_TO_AND_FRO, ANHOEJ_2014))]  # fmt: skip

    hashes.append(judged(TEN_TO_AND_FRO, replace(PERLA_2011, version="2")).judged)

    assert hashes[0] == hashes[1]
    assert len(set(hashes)) == 4
