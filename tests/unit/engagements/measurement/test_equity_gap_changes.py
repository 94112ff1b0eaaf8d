"""What is said of a gap: once for each change, and the same whatever was known before."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from services.engagements.analysis.limits import Chart
from services.engagements.model.measurement.comparison import (
    comparisons_of,
    gap_of,
    judge_gap,
)
from services.engagements.model.measurement.equity_gap import EquityGap
from tests.builders.equity_gaps import (
    NARROWER,
    NOTHING,
    NOW,
    TEN,
    WIDER,
    a_compared_measure,
    counted,
    judged,
    points,
    week,
)
from tests.builders.measurement import weekly


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
