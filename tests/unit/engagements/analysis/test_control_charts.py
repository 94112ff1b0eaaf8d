"""Control limits of individuals, proportions, rates and counts."""

from decimal import Decimal

import pytest

from services.engagements.analysis.limits import Chart
from services.engagements.analysis.rule_sets import MDC_NHS, PERLA_2011
from services.engagements.analysis.verdict import Assurance, CannotBeJudged, Improvement
from tests.unit.engagements.analysis.series_of import judged, marked


def limits(text: str, chart: Chart, **how: object):
    found = judged(text, PERLA_2011, chart, **how).limits
    assert found is not None
    return found


def test_no_moving_range_leads_across_a_missing_point() -> None:
    """Of 1 3 - 9 8: 2 and 1, not 6; the average is 1.5."""
    assert limits("1 3 - 9 8", Chart.INDIVIDUALS).average_moving_range == Decimal("1.5")


def test_a_frozen_baseline_freezes_mean_and_limits() -> None:
    frozen, alone = limits("1 3 2 100", Chart.INDIVIDUALS, baseline=3), limits("1 3 2", Chart.INDIVIDUALS)

    assert (frozen.centre, frozen.lower[0], frozen.upper[-1]) == (alone.centre, alone.lower[0], alone.upper[0])


def test_screening_leaves_out_a_moving_range_beyond_its_limit_once_and_only_if_asked() -> None:
    """Moving ranges 1, ten times, and 40: average 50/11, limit 14.85; without the 40 the average is 1."""
    points = "1 2 1 2 1 2 1 2 1 2 1 41"

    assert limits(points, Chart.INDIVIDUALS, screen=True).average_moving_range == 1
    assert round(limits(points, Chart.INDIVIDUALS).average_moving_range or 0, 4) == Decimal("4.5455")


def test_a_point_on_a_limit_is_not_outside() -> None:
    """Counts with the mean 9 have limits 0 and 18; a half of proportions in 36 has .25 and .75, exactly."""
    assert judged("0 18 9 9", PERLA_2011, Chart.C).outside == ()
    assert judged("9/36 27/36 18/36", PERLA_2011, Chart.P).outside == ()
    assert judged("9/36 27/36 18/36 28/36", PERLA_2011, Chart.P, centre=Decimal("0.5")).outside == (4,)


def test_the_centre_of_proportions_is_pooled_and_not_the_mean_of_proportions() -> None:
    """1 of 2 and 10 of 100 are 11 of 102, not 30 %."""
    assert round(limits("1/2 10/100", Chart.P).centre, 10) == round(Decimal(11) / 102, 10)


def test_limits_of_proportions_and_rates_step_with_their_denominators_and_stay_possible() -> None:
    proportions, rates = limits("1/2 10/100", Chart.P), limits("1/10 9/10 5/1000", Chart.U)

    assert proportions.lower[0] == 0
    assert round(proportions.lower[1], 6) == Decimal("0.014788")
    assert [round(each, 6) for each in proportions.upper] == [Decimal("0.765839"), Decimal("0.200898")]
    assert [round(each, 6) for each in rates.upper[::2]] == [Decimal("0.129751"), Decimal("0.026210")]
    assert rates.lower[0] == 0


@pytest.mark.parametrize(
    ("three", "marks"),
    [("6 1 6", [5, 7]), ("6 6 1", [5, 6]), ("6 -1 6", []), ("6 0 6", []), ("6 1 1", []), ("6 -6 6", [])],
)
def test_two_of_three_points_near_a_limit_are_a_signal_if_all_three_are_on_one_side(three: str, marks: list) -> None:
    """The first four have the mean 0 and limits at 7.98: from beyond 5.32 on, a point is near."""
    verdict = judged(f"1.5 -1.5 1.5 -1.5 {three} -1.5", MDC_NHS, Chart.INDIVIDUALS, baseline=4)

    assert marked(verdict, "two_of_three") == marks


@pytest.mark.parametrize(
    ("target", "improvement", "assurance"),
    [
        ("31", Improvement.INCREASE, Assurance.CONSISTENTLY_FAILS),
        ("31", Improvement.DECREASE, Assurance.CONSISTENTLY_PASSES),
        ("12", Improvement.INCREASE, Assurance.CONSISTENTLY_PASSES),
        ("22", Improvement.INCREASE, Assurance.HIT_OR_MISS),
        ("22", Improvement.NEUTRAL, Assurance.NOT_EVALUATED),
    ],
)
def test_a_target_is_met_by_what_the_limits_let_expect(target: str, improvement: Improvement, assurance: str) -> None:
    points = "20 22 19 21 23 20 22 21 24 20 22 21"

    found = judged(points, MDC_NHS, Chart.INDIVIDUALS, target=Decimal(target), improvement=improvement).assurance

    assert found == assurance


@pytest.mark.parametrize(
    ("points", "chart", "why"),
    [
        ("1 2 3", Chart.P, "denominator: a p chart needs one at each point"),
        ("1/2 2", Chart.U, "denominator: a u chart needs one at each point"),
        ("1/2 1/2", Chart.C, "denominator: a c chart counts in equal areas"),
        ("1/2 3/2", Chart.P, "value: point 2: 3 is more than the 2 that it is a part of"),
        ("1 -1", Chart.C, "value: point 2: -1 is not a count, which is a whole number from 0"),
        ("1/4 1.5/4", Chart.U, "value: point 2: 1.5 is not a count"),
    ],
)
def test_what_is_not_counted_is_refused(points: str, chart: Chart, why: str) -> None:
    with pytest.raises(CannotBeJudged, match=why):
        judged(points, PERLA_2011, chart)


def test_a_rate_may_be_more_than_one() -> None:
    assert judged("9/4 7/4", PERLA_2011, Chart.U).centre == 2


def test_one_point_alone_has_no_limits_of_individuals() -> None:
    assert judged("5", MDC_NHS, Chart.INDIVIDUALS).limits is None
