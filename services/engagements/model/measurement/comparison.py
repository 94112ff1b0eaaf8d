"""The gap between a focus group and the stratum it is compared with: a series of its own, judged like every other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from services.engagements.analysis.exact import ratio, rounded, subtract
from services.engagements.analysis.limits import Chart as ChartKind
from services.engagements.analysis.verdict import Improvement, Meaning
from services.engagements.model.measurement.judgement import Finding, Judgement, Measured, judge_series_of, level_of
from services.engagements.model.measurement.measure import Measure
from services.engagements.model.measurement.measure_lifecycle import GapState
from services.engagements.model.measurement.signal import MOVES_MILESTONES
from services.engagements.model.measurement.stratum import Stratum

NO_DIRECTION = "No equity gap is formed: neither higher nor lower is better."


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """A focus group, and the reference of its dimension."""

    focus: Stratum
    reference: Stratum

    @property
    def codes(self) -> tuple[str, str]:
        """The codes of both strata."""
        return self.focus.code, self.reference.code


@dataclass(frozen=True, slots=True)
class GapPoint:
    """How far a focus group was worse off than its reference in one period, by the levels of both.

    `absolute` is in the unit of the chart, less than 0 where the focus group is better off; `ratio` is the level of the
    focus group for each one of the reference's, None where that is 0.
    """

    period: date
    focus: Decimal
    reference: Decimal
    absolute: Decimal
    ratio: Decimal | None


@dataclass(frozen=True, kw_only=True)
class GapJudgement:
    """What the data say of a gap: wider or narrower, since which period, and whether the whole got better meanwhile."""

    points: list[GapPoint]
    judgement: Judgement
    state: GapState
    since: date | None
    overall_improved: bool


def comparisons_of(measure: Measure) -> list[Comparison]:
    """Return which focus groups of a measure are compared, and with which stratum."""
    if measure.improvement is Improvement.NEUTRAL:
        return []
    references = {each.dimension: each for each in measure.strata if each.is_reference}
    return [
        Comparison(focus=each, reference=references[each.dimension])
        for each in measure.strata
        if each.is_focus and each.dimension in references
    ]


def why_not_compared(measure: Measure) -> dict[str, str]:
    """Return of which focus groups no gap is formed, by their codes, and why."""
    compared = {each.focus.code for each in comparisons_of(measure)}
    if measure.improvement is Improvement.NEUTRAL:
        return dict.fromkeys(measure.focus, NO_DIRECTION)
    return {
        each.code: f"No equity gap is formed: no stratum of “{each.dimension}” is the reference."
        for each in measure.strata
        if each.is_focus and each.code not in compared
    }


def gap_of(
    measure: Measure, comparison: Comparison, *, focus: Sequence[Measured], reference: Sequence[Measured]
) -> list[GapPoint]:
    """Return the gap of every period in which both have data that are shown.

    Where one of them is suppressed there is no gap, for its value would follow from the gap and the other one.
    """
    compared = {each.period: each for each in _shown(measure, comparison.reference, reference)}
    both = [
        (each, compared[each.period]) for each in _shown(measure, comparison.focus, focus) if each.period in compared
    ]
    return [_gap(measure, one, other) for one, other in both]


def judge_gap(measure: Measure, points: Sequence[GapPoint], *, overall: Sequence[Measured]) -> GapJudgement:
    """Judge a gap by the rules and phases of its measure; `overall` are the data of all together.

    Wider or narrower says the newest shift that has something before it: what was so from the beginning is no change.
    """
    values = [Measured(each.period, each.absolute, None) for each in points]
    judgement = judge_series_of(_as_gap(measure), values)
    change, of_all = newest_change(judgement), newest_change(judge_series_of(measure, overall))
    return GapJudgement(
        points=sorted(points, key=lambda each: each.period),
        judgement=judgement,
        state=_state_of(change),
        since=change.first if change else None,
        overall_improved=bool(change and of_all and _improves_during(of_all, change)),
    )


def newest_change(judgement: Judgement) -> Finding | None:
    """Return the shift that ends last, of those that have something before them; of two, the one that begins later."""
    found = list(judgement.findings)
    for each in judgement.opening:
        found.remove(each)
    changes = [each for each in found if each.rule in MOVES_MILESTONES]
    return max(changes, key=lambda each: (each.last, each.first, each.length, each.rule), default=None)


def _shown(measure: Measure, stratum: Stratum, points: Sequence[Measured]) -> Iterator[Measured]:
    return (each for each in points if not measure.is_suppressed(stratum.code, each.denominator))


def _gap(measure: Measure, focus: Measured, reference: Measured) -> GapPoint:
    of_focus, of_reference = level_of(measure, focus), level_of(measure, reference)
    worse_if_less = measure.improvement is Improvement.INCREASE
    more, less = (of_reference, of_focus) if worse_if_less else (of_focus, of_reference)
    of_each = ratio(of_focus, of_reference) if of_reference else None
    return GapPoint(focus.period, of_focus, of_reference, rounded(subtract(more, less)), of_each)


def _as_gap(measure: Measure) -> Measure:
    """Return a measure by which its gaps are judged, never stored: they have no denominators, and are to decrease."""
    chart = ChartKind.RUN if measure.chart is ChartKind.RUN else ChartKind.INDIVIDUALS
    return replace(measure, chart=chart, improvement=Improvement.DECREASE, target=None, recorded=[])


def _state_of(change: Finding | None) -> GapState:
    if change is None:
        return GapState.AS_BEFORE
    return GapState.WIDENED if change.meaning is Meaning.CONCERN else GapState.NARROWED


def _improves_during(overall: Finding, change: Finding) -> bool:
    """Whether all together improve in some of the periods of a change."""
    together = overall.first <= change.last and change.first <= overall.last
    return overall.meaning is Meaning.IMPROVEMENT and together
