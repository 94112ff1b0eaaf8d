"""The gap between a focus group and its reference: formed of what is shown, judged as a series, said once."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.domain.errors import Invalid
from services.engagements.analysis.limits import Chart
from services.engagements.analysis.verdict import Improvement
from services.engagements.model.measurement.comparison import (
    GapJudgement,
    GapPoint,
    comparisons_of,
    gap_of,
    judge_gap,
    why_not_compared,
)
from services.engagements.model.measurement.equity_gap import EquityGap
from services.engagements.model.measurement.judgement import Measured
from services.engagements.model.measurement.measure import Measure
from services.engagements.model.measurement.stratum import ReferenceInFocus, ReferenceTwice, Stratum
from tests.builders.engagements import statement
from tests.builders.measurement import FIRST_WEEK, YES, a_measure, weekly

WOMEN = Stratum(code="women", dimension="sex", value="female", is_focus=True)
MEN = Stratum(code="men", dimension="sex", value="male", is_reference=True)
RURAL = Stratum(code="rural", dimension="place", value="rural", is_focus=True)
NOW = datetime(2026, 6, 1, tzinfo=UTC)
TEN = (5, 7, 6, 4, 5, 6, 7, 5, 4, 6)
"""Ten weeks that vary by chance."""
WIDER = (*TEN, 9, 9, 10, 9, 11, 9)
NARROWER = (*TEN, 1, 1, 0, 1, 1, 0)
NOTHING = [0] * len(WIDER)


def a_compared_measure(**described: Any) -> Measure:
    return a_measure(strata=[WOMEN, MEN], **described)


def week(number: int) -> date:
    return FIRST_WEEK + timedelta(weeks=number - 1)


def points(women: Sequence[Measured], men: Sequence[Measured], measure: Measure | None = None) -> dict[date, GapPoint]:
    measure = measure or a_compared_measure()
    (pair,) = comparisons_of(measure)
    return {each.period: each for each in gap_of(measure, pair, focus=women, reference=men)}


def judged(
    women: Sequence[Any], men: Sequence[Any], overall: Sequence[Any] = (), measure: Measure | None = None
) -> GapJudgement:
    measure = measure or a_compared_measure()
    (pair,) = comparisons_of(measure)
    gap = gap_of(measure, pair, focus=weekly(*women), reference=weekly(*men))
    return judge_gap(measure, gap, overall=weekly(*overall))


def counted(value: str, denominator: str, *, number: int = 1) -> Measured:
    return Measured(week(number), Decimal(value), Decimal(denominator))


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


class Followed:
    """A gap that is judged again and again, and what it says."""

    def __init__(self) -> None:
        self.measure = a_compared_measure()
        (pair,) = comparisons_of(self.measure)
        self.gap = EquityGap.of(self.measure, pair, id="gap_1")

    def see(self, women: Sequence[Any], men: Sequence[Any] = NOTHING, overall: Sequence[Any] = ()) -> None:
        self.gap.await_judgement(since=NOW)
        self.gap.keep(judged(women, men, overall, self.measure), title="Infections", coach_id="per_1", at=NOW)

    @property
    def said(self) -> list[tuple[str, bool]]:
        return [(event.change, event.overall_improved) for event in self.gap.recorded]  # type: ignore[attr-defined]

    @property
    def is_now(self) -> tuple[Any, ...]:
        gap = self.gap
        return gap.state, gap.since, gap.overall_improved, gap.judged, gap.awaits_judgement_since


def test_a_change_is_said_once() -> None:
    followed = Followed()

    for women in (TEN, WIDER, WIDER, (*WIDER, 10)):
        followed.see(women, [0] * len(women))

    assert followed.said == [("widened", False)]
    assert followed.gap.awaits_judgement_since is None


def test_a_correction_that_takes_a_change_away_is_said_and_so_is_another_that_brings_it_back() -> None:
    followed = Followed()

    followed.see(WIDER)
    followed.see((*WIDER[:12], 1, *WIDER[13:]))
    followed.see(WIDER)

    assert followed.said == [("widened", False), ("as_before", False), ("widened", False)]
    assert [each.state for each in followed.gap.sightings] == ["widened", "as_before", "widened"]


def test_a_correction_of_the_reference_changes_the_gap_as_well() -> None:
    followed = Followed()

    followed.see(WIDER)
    followed.see(WIDER, [*NOTHING[:12], 9, *NOTHING[13:]])

    assert followed.said == [("widened", False), ("as_before", False)]


def test_that_the_whole_gets_better_while_a_gap_is_wider_is_said_and_so_is_that_it_does_not() -> None:
    followed = Followed()

    for overall in ((), NARROWER, TEN):
        followed.see(WIDER, overall=overall)

    assert followed.said == [("widened", False), ("widened", True), ("widened", False)]


def test_of_a_gap_that_is_not_wider_it_is_no_news_whether_the_whole_gets_better() -> None:
    followed = Followed()

    followed.see(TEN, overall=NARROWER)
    followed.see(NARROWER, overall=())
    followed.see(NARROWER, overall=NARROWER)

    assert followed.said == [("narrowed", False)]


VALUES = st.lists(st.one_of(st.none(), st.integers(0, 9)), min_size=8, max_size=40)
PAIRS = st.tuples(VALUES, VALUES, VALUES)


@settings(max_examples=60, deadline=None)
@given(PAIRS, st.randoms(use_true_random=False))
def test_the_order_in_which_data_points_come_does_not_matter(series: Any, random: Any) -> None:
    measure, ordered = a_compared_measure(), [weekly(*each) for each in series]
    shuffled = [random.sample(each, len(each)) for each in ordered]
    (pair,) = comparisons_of(measure)

    def said(women: Any, men: Any, overall: Any) -> tuple[Any, ...]:
        found = judge_gap(measure, gap_of(measure, pair, focus=women, reference=men), overall=overall)
        return found.state, found.since, found.overall_improved, found.judgement.judged, found.points

    assert said(*shuffled) == said(*ordered)


@settings(max_examples=60, deadline=None)
@given(PAIRS, PAIRS, PAIRS)
def test_whatever_was_known_before_a_gap_is_what_it_had_been_always(first: Any, then: Any, last: Any) -> None:
    corrected, always = Followed(), Followed()

    for series in (first, then, last):
        corrected.see(*series)
    always.see(*last)

    assert corrected.is_now == always.is_now
    if corrected.said:
        assert corrected.said[-1][0] == corrected.gap.state


@settings(max_examples=60, deadline=None)
@given(VALUES, VALUES)
def test_of_groups_that_are_equal_the_gap_is_nothing_and_never_changes(values: Any, overall: Any) -> None:
    found = judged(values, values, overall)

    assert {each.absolute for each in found.points} <= {0}
    assert {each.ratio for each in found.points} <= {1, None}
    assert found.state == "as_before"


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(*[st.integers(0, 10), st.integers(10, 99)] * 2), min_size=1, max_size=12))
def test_a_difference_is_that_of_fractions_to_forty_places(counts: list[tuple[int, int, int, int]]) -> None:
    """The expected values are of another arithmetic: whole numbers divided exactly."""
    measure = a_compared_measure(chart=Chart.P)
    women = [counted(str(a), str(n), number=at) for at, (a, n, _, _) in enumerate(counts, 1)]
    men = [counted(str(b), str(m), number=at) for at, (_, _, b, m) in enumerate(counts, 1)]

    found = points(women, men, measure)

    for at, (a, n, b, m) in enumerate(counts, 1):
        assert abs(Fraction(found[week(at)].absolute) - (Fraction(a, n) - Fraction(b, m))) <= Fraction(1, 2 * 10**40)
