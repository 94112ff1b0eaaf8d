"""What one can see of the gaps between focus groups and those they are compared with."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from chassis.domain.scope import Scope
from chassis.persistence.unit_of_work import Reading
from chassis.schemas.operations import query
from services.engagements.analysis.document import document_of, notes_of
from services.engagements.model.measurement.comparison import (
    Comparison,
    GapJudgement,
    GapPoint,
    comparisons_of,
    why_not_compared,
)
from services.engagements.model.measurement.judgement import JudgedPhase
from services.engagements.model.measurement.measure import Measure
from services.engagements.model.measurement.measure_lifecycle import GapState
from services.engagements.repository.measurement import EquityGaps, Measures, judged_gap
from services.engagements.schemas.measurement import MeasureId
from services.engagements.views.measurement import verdict_of_nothing


@dataclass(frozen=True, kw_only=True)
class GapPeriod:
    """One position of a gap's chart: by how much the focus group is worse off; null where nothing can be compared.

    `absolute` is in the unit of the measure's chart, and less than 0 where the focus group is better off.
    """

    position: int
    period: date
    focus_level: float | None
    reference_level: float | None
    absolute: float | None
    ratio: float | None


@dataclass(frozen=True, kw_only=True)
class GapPhase:
    """A part of a gap's chart that is judged by a centre of its own; positions are counted from its first period."""

    begins_on: date | None
    cause: str
    series: list[GapPeriod]
    verdict: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class EquityGapShown:
    """The gap between a focus group and its reference, and what its data say, judged now."""

    gap_id: str | None
    focus: str
    reference: str
    dimension: str
    change: GapState
    since: date | None
    overall_improved: bool
    points: int
    notes: list[str]
    judged: str
    phases: list[GapPhase]


@dataclass(frozen=True, kw_only=True)
class GapNotFormed:
    """A focus group that is compared with nothing, and why."""

    focus: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class EquityGapsShown:
    """Every gap of a measure, and which are not formed."""

    measure_id: str
    title: str
    unit: str
    improvement: str
    gaps: list[EquityGapShown]
    not_formed: list[GapNotFormed]


@query
def show_equity_gaps(reading: Reading, scope: Scope, *, measure_id: MeasureId) -> EquityGapsShown:
    """Show the gaps between the focus groups of a measure and their references, each as a series that is judged now."""
    measure = Measures(reading).get(measure_id, scope=scope)
    ids = {each.focus: each.id for each in EquityGaps(reading).of_measure(measure.id)}
    return EquityGapsShown(
        measure_id=measure.id,
        title=measure.title,
        unit=measure.unit,
        improvement=measure.improvement,
        gaps=[_gap(reading, measure, each, ids.get(each.focus.code)) for each in comparisons_of(measure)],
        not_formed=[GapNotFormed(focus=code, reason=why) for code, why in why_not_compared(measure).items()],
    )


def _gap(reading: Reading, measure: Measure, comparison: Comparison, gap_id: str | None) -> EquityGapShown:
    found = judged_gap(reading, measure, comparison)
    focus, reference = comparison.codes
    newest = found.judgement.phases[-1].verdict if found.judgement.phases else verdict_of_nothing(measure)
    return EquityGapShown(
        gap_id=gap_id,
        focus=focus,
        reference=reference,
        dimension=comparison.focus.dimension,
        change=found.state,
        since=found.since,
        overall_improved=found.overall_improved,
        points=found.judgement.points,
        notes=list(notes_of(newest)),
        judged=found.judgement.judged,
        phases=[_phase(found, each) for each in found.judgement.phases],
    )


def _phase(found: GapJudgement, phase: JudgedPhase) -> GapPhase:
    known = {each.period: each for each in found.points}
    series = [_period(at, period, known.get(period)) for at, period in enumerate(phase.periods, 1)]
    begins_on, cause = phase.phase.begins_on, phase.phase.cause
    return GapPhase(begins_on=begins_on, cause=cause, series=series, verdict=document_of(phase.verdict))


def _period(position: int, period: date, point: GapPoint | None) -> GapPeriod:
    return GapPeriod(
        position=position,
        period=period,
        focus_level=float(point.focus) if point else None,
        reference_level=float(point.reference) if point else None,
        absolute=float(point.absolute) if point else None,
        ratio=float(point.ratio) if point and point.ratio is not None else None,
    )
