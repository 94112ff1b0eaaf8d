"""The gap between a focus group and its reference: formed of what is shown, and judged as a series."""

from decimal import Decimal
from typing import Any

import pytest

from chassis.domain.errors import Invalid
from services.engagements.analysis.limits import Chart
from services.engagements.analysis.verdict import Improvement
from services.engagements.model.measurement.comparison import (
    comparisons_of,
    gap_of,
    judge_gap,
    why_not_compared,
)
from services.engagements.model.measurement.stratum import ReferenceInFocus, ReferenceTwice, Stratum
from tests.builders.engagements import statement
from tests.builders.equity_gaps import (
    MEN,
    NARROWER,
    NOTHING,
    RURAL,
    TEN,
    WIDER,
    WOMEN,
    a_compared_measure,
    counted,
    judged,
    points,
    week,
)
from tests.builders.measurement import YES, a_measure, weekly


def test_a_dimension_has_one_reference_which_is_no_focus_group() -> None:
    other = Stratum(code="boys", dimension="sex", value="boys", is_reference=True)
    both = Stratum(code="men", dimension="sex", value="male", is_reference=True, is_focus=True)

    with pytest.raises(ReferenceTwice) as twice:
        a_measure(strata=[WOMEN, MEN, other])
    with pytest.raises(ReferenceInFocus) as in_focus:
        a_measure(strata=[WOMEN, both])

    assert [_pointer(each) for each in (twice, in_focus)] == ["/strata/2/is_reference", "/strata/1/is_reference"]


def _pointer(refused: pytest.ExceptionInfo[Invalid]) -> str:
    return refused.value.fields[0]["pointer"]


def test_each_dimension_has_a_reference_of_its_own_and_a_focus_group_without_one_is_not_compared() -> None:
    urban = Stratum(code="urban", dimension="place", value="urban", is_reference=True)

    without, with_both = a_measure(strata=[WOMEN, MEN, RURAL]), a_measure(strata=[RURAL, WOMEN, MEN, urban])

    assert [each.codes for each in comparisons_of(without)] == [("women", "men")]
    assert why_not_compared(without) == {"rural": "No equity gap is formed: no stratum of “place” is the reference."}
    assert [each.codes for each in comparisons_of(with_both)] == [("rural", "urban"), ("women", "men")]
    assert why_not_compared(with_both) == {}


def test_where_neither_direction_is_better_nobody_is_worse_off() -> None:
    measure = a_compared_measure(improvement=Improvement.NEUTRAL)

    assert comparisons_of(measure) == []
    assert list(why_not_compared(measure)) == ["women"]


@pytest.mark.parametrize(
    ("improvement", "absolute"), [(Improvement.DECREASE, 3), (Improvement.INCREASE, -3)], ids=["decrease", "increase"]
)
def test_above_zero_the_focus_group_is_worse_off(improvement: Improvement, absolute: int) -> None:
    found = points(weekly(8), weekly(5), a_compared_measure(improvement=improvement))

    assert found[week(1)].absolute == absolute
    assert found[week(1)].ratio == Decimal("1.6")


def test_a_reference_of_nothing_has_a_difference_and_no_ratio() -> None:
    found = points(weekly(8), weekly(0))

    assert (found[week(1)].absolute, found[week(1)].ratio) == (8, None)


def test_a_gap_is_of_levels_in_the_unit_of_the_chart() -> None:
    measure = a_compared_measure(chart=Chart.U, multiplier=1000)

    found = points([counted("3", "1200")], [counted("1", "800")], measure)

    assert found[week(1)].absolute == Decimal("1.25")


def test_a_period_in_which_one_of_them_has_no_data_has_no_gap() -> None:
    assert list(points(weekly(8, None, 9), weekly(5, 5, None))) == [week(1)]


@pytest.mark.parametrize(("of_women", "of_men"), [("9", "50"), ("50", "9"), ("9", "9")])
def test_what_is_suppressed_in_either_group_does_not_follow_from_a_gap(of_women: str, of_men: str) -> None:
    measure = a_compared_measure(chart=Chart.P)

    assert points([counted("3", of_women)], [counted("4", of_men)], measure) == {}
    assert list(points([counted("3", "10")], [counted("4", "10")], measure)) == [week(1)]


def test_a_suppressed_value_changes_nothing_that_is_said_of_a_gap() -> None:
    measure = a_compared_measure(chart=Chart.P)
    women = [counted("3", "20", number=number) for number in range(1, 13)]
    men = [counted("2", "20", number=number) for number in range(1, 12)]
    (pair,) = comparisons_of(measure)

    def said(hidden: str) -> tuple[Any, ...]:
        gap = gap_of(measure, pair, focus=women, reference=[*men, counted(hidden, "9", number=12)])
        found = judge_gap(measure, gap, overall=[])
        return found.points, found.state, found.judgement.findings, found.judgement.judged

    assert said("1") == said("8")


def test_differences_that_are_equal_are_equal_however_they_are_divided() -> None:
    """1/7 − 1/21 and 4/21 − 2/21 are both 2/21: a point on the median is no useful observation."""
    measure = a_compared_measure(chart=Chart.P)
    women = [counted("10", "70"), counted("40", "210", number=2)]
    men = [counted("10", "210"), counted("20", "210", number=2)]

    found = points(women, men, measure)

    assert found[week(1)].absolute == found[week(2)].absolute


def test_a_gap_that_grows_is_wider_from_where_it_shifts() -> None:
    found = judged(WIDER, NOTHING)

    assert (found.state, found.since) == ("widened", week(11))


def test_a_gap_that_shrinks_is_narrower_also_where_more_is_better() -> None:
    measure = a_compared_measure(improvement=Improvement.INCREASE)

    found = judged([20 - value for value in NARROWER], [20] * len(NARROWER), measure=measure)

    assert (found.state, found.since) == ("narrowed", week(11))


def test_a_gap_that_was_wide_from_the_beginning_has_not_widened() -> None:
    """Six weeks above the median of 6, then both sides of it: what shifts at the beginning is no change."""
    found = judged((9, 9, 10, 9, 11, 9, 1, 2, 3, 1, 12, 1, 2, 3, 1, 12), [0] * 16)

    assert [each.rule for each in found.judgement.findings if each.rule == "shift"] == ["shift"]
    assert (found.state, found.since) == ("as_before", None)


def test_of_two_changes_the_newest_counts() -> None:
    measure = a_compared_measure()
    measure.freeze_baseline(10, statement())

    one, other = (*WIDER, *NARROWER[10:]), (*NARROWER, *WIDER[10:])
    found = [judged(each, [0] * 22, measure=measure) for each in (one, other)]

    assert [(each.state, each.since) for each in found] == [("narrowed", week(17)), ("widened", week(17))]


def test_what_was_rebased_is_compared_with_the_centre_before() -> None:
    measure = a_compared_measure()
    measure.rebase(begins_on=week(11), answers=YES, statement=statement())

    found = judged((*TEN, *(11, 12, 10, 11, 13, 11, 10, 12, 11, 12)), [0] * 20, measure=measure)

    assert (found.state, found.since) == ("widened", week(11))


def test_a_gap_of_counted_things_is_a_chart_of_individual_values_without_target() -> None:
    measure = a_compared_measure(chart=Chart.P, target="0.1")
    women = [counted("3", "20", number=number) for number in range(1, 4)]
    (pair,) = comparisons_of(measure)

    found = judge_gap(measure, gap_of(measure, pair, focus=women, reference=women), overall=[])

    judging = found.judgement.phases[0].verdict.judging
    assert (judging.chart, judging.improvement, judging.target) == (Chart.INDIVIDUALS, Improvement.DECREASE, None)


def test_it_is_told_whether_the_whole_got_better_at_the_same_time() -> None:
    better = (*TEN, 1, 1, 0, 1, 1, 0)
    earlier = (*TEN, 1, 1, 0, 1, 1, 0, *[4, 7] * 12)
    later = (*TEN, *TEN, *[5, 7] * 5, *WIDER[10:])

    assert judged(WIDER, NOTHING, better).overall_improved
    assert not judged(WIDER, NOTHING, TEN).overall_improved
    assert not judged(WIDER, NOTHING, WIDER).overall_improved
    assert not judged(later, [0] * len(later), earlier).overall_improved
