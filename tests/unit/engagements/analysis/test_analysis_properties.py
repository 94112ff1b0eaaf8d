"""What must hold of every series, whatever its numbers are."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from services.engagements.analysis.judge import judge
from services.engagements.analysis.limits import Chart
from services.engagements.analysis.rule_sets import RULE_SETS, RuleSet
from services.engagements.analysis.series import Observation, Series
from services.engagements.analysis.verdict import Improvement, Judging, Verdict
from tests.unit.engagements.analysis.series_of import spans

LEVELS = st.lists(st.none() | st.integers(-9, 9).map(lambda n: Decimal(n) / 4), min_size=1, max_size=40)
RULES = st.sampled_from(list(RULE_SETS.values()))
CHARTS = st.sampled_from([Chart.RUN, Chart.INDIVIDUALS])
MIRRORED = {"above": "below", "below": "above", "rising": "falling", "falling": "rising"}


def verdict(levels: list[Decimal | None], rules: RuleSet, chart: Chart, **how: object) -> Verdict:
    return judge(Series(Observation(each) for each in levels), Judging(rules, chart, **how))


def said(found: Verdict) -> object:
    """All of a verdict that has no unit of measurement."""
    order = found.order
    sustained = [(each.side, each.first, each.last) for each in order.sustained_shifts]
    in_order = (order.runs, spans(order.shifts), spans(order.trends), order.longest_run_and_crossings, sustained)
    return in_order, found.outside, found.marks


@given(LEVELS, RULES, CHARTS, st.integers(-1000, 1000), st.sampled_from([Decimal("0.001"), Decimal(3), Decimal(640)]))
def test_another_zero_and_another_unit_change_no_verdict(
    levels: list, rules: RuleSet, chart: Chart, shift: int, unit: Decimal
) -> None:
    moved = [None if each is None else each * unit + shift for each in levels]

    assert said(verdict(moved, rules, chart)) == said(verdict(levels, rules, chart))


@given(LEVELS, RULES, CHARTS)
def test_negation_mirrors_the_verdict(levels: list, rules: RuleSet, chart: Chart) -> None:
    negated = [None if each is None else -each for each in levels]

    there = verdict(levels, rules, chart, improvement=Improvement.INCREASE)
    back = verdict(negated, rules, chart, improvement=Improvement.DECREASE)
    assert there.marks == back.marks
    assert mirrored(there) == spans(back.order.shifts) + spans(back.order.trends)
    assert there.order.longest_run_and_crossings == back.order.longest_run_and_crossings


def mirrored(found: Verdict) -> list:
    return [(MIRRORED[each[0]], *each[1:]) for each in spans(found.order.shifts) + spans(found.order.trends)]


@given(LEVELS, RULES, CHARTS)
def test_a_series_that_is_read_backwards_has_the_mirrored_spans(levels: list, rules: RuleSet, chart: Chart) -> None:
    there, back = verdict(levels, rules, chart), verdict(levels[::-1], rules, chart)

    assert backwards(spans(there.order.shifts), len(levels)) == spans(back.order.shifts)
    assert backwards([(MIRRORED[each[0]], *each[1:]) for each in spans(there.order.trends)], len(levels)) == spans(
        back.order.trends
    )
    assert there.order.runs.lengths[::-1] == back.order.runs.lengths


def backwards(found: list, points: int) -> list:
    return [(what, points + 1 - last, points + 1 - first, length) for what, first, last, length in reversed(found)]


@given(LEVELS, RULES, st.integers(0, 40), st.integers(-9, 9))
def test_a_frozen_baseline_does_not_hear_of_what_comes_later(
    levels: list, rules: RuleSet, number: int, later: int
) -> None:
    levels = [Decimal(later), *levels]
    baseline = 1 + number % len(levels)

    before = verdict(levels, rules, Chart.INDIVIDUALS, baseline=baseline)
    after = verdict([*levels, Decimal(later)], rules, Chart.INDIVIDUALS, baseline=baseline)
    assert before.centre == after.centre
    assert (before.limits and before.limits.upper[0]) == (after.limits and after.limits.upper[0])
