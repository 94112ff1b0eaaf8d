"""What one can see of measures: their data, and what these say."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from chassis.domain.aggregate import Aggregate
from chassis.domain.scope import PLATFORM, Scope
from chassis.persistence.queries import list_page
from chassis.persistence.unit_of_work import Reading
from chassis.schemas.external_ids import ExternalId
from chassis.schemas.messages import AlsoBy, Page, Paging
from chassis.schemas.operations import query
from services.engagements.analysis.document import document_of, notes_of
from services.engagements.analysis.judge import judge
from services.engagements.analysis.rule_sets import RULE_SETS
from services.engagements.analysis.series import Series
from services.engagements.analysis.verdict import Judging, Verdict
from services.engagements.model.measurement.comparison import why_not_compared
from services.engagements.model.measurement.data_point import Correction, DataPoint
from services.engagements.model.measurement.judgement import JudgedPhase, judge_series_of
from services.engagements.model.measurement.measure import Measure, MeasureKind
from services.engagements.model.measurement.measure_lifecycle import DataPointState, MeasureState, SignalState
from services.engagements.model.measurement.signal import Signal
from services.engagements.model.statement import StateChange
from services.engagements.repository.annotations import Annotation, annotations_of
from services.engagements.repository.measurement import DataPoints, DataWatches, Measures, Signals
from services.engagements.schemas.engagement import EngagementId, PartnerId, Query
from services.engagements.schemas.measurement import DataPointId, InitiativeId, MeasureId, SignalId, StratumCode


@dataclass(kw_only=True)
class MeasureSeen(Measure):
    """A measure, and since which period its data are late, by its first day; null while they are not."""

    data_late_since: date | None = None


@dataclass(kw_only=True)
class DataPointSeen(Aggregate):
    """A data point as it is shown: without its value where it is of so few people that they might be recognised."""

    measure_id: str
    engagement_id: str
    partner_id: str
    stratum: str | None
    period: date
    value: Decimal | None
    denominator: Decimal | None
    is_suppressed: bool
    definition_number: int
    recorded_by: str
    recorded_at: datetime
    state: DataPointState
    corrections: list[Correction]
    transitions: list[StateChange]


@dataclass(frozen=True, kw_only=True)
class ChartPoint:
    """One position of a chart: a period, and what was measured in it; null where nothing was, or where it is hidden."""

    position: int
    period: date
    value: Decimal | None
    denominator: Decimal | None
    level: float | None
    is_suppressed: bool


@dataclass(frozen=True, kw_only=True)
class ChartPhase:
    """A part of a chart that is judged by a centre of its own; positions are counted from its first period."""

    begins_on: date | None
    cause: str
    series: list[ChartPoint]
    verdict: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class RunChart:
    """The chart of one series: what was judged of its newest phase, and every phase with its data."""

    measure_id: str
    stratum: str | None
    title: str
    unit: str
    improvement: str
    definition: str
    rules: dict[str, Any]
    chart: str
    centre: float | None
    baseline_points: int | None
    points: int
    useful_points: int
    runs: dict[str, Any]
    shifts: list[dict[str, Any]]
    trends: list[dict[str, Any]]
    anhoej: dict[str, Any]
    sustained_shifts: list[dict[str, Any]]
    limits: dict[str, Any] | None
    marks: list[dict[str, Any]]
    target: dict[str, Any] | None
    notes: list[str]
    judged: str
    phases: list[ChartPhase]
    annotations: list[Annotation]


@query
def show_measure(reading: Reading, scope: Scope, *, measure_id: MeasureId) -> MeasureSeen:
    """Show a measure, and whether its data are late."""
    (seen,) = with_lateness(reading, [Measures(reading).get(measure_id, scope=scope)])
    return seen


@query
def list_measures(
    reading: Reading,
    scope: Scope,
    *,
    paging: Paging,
    partner_id: PartnerId | None = None,
    engagement_id: EngagementId | None = None,
    initiative_id: InitiativeId | None = None,
    kind: MeasureKind | None = None,
    state: MeasureState | None = None,
    external_id: ExternalId | None = None,
    q: Query | None = None,
) -> Page[MeasureSeen]:
    """List measures: of one partner, engagement or initiative, of one kind, in one state, or by title."""
    wanted = {"partner_id": partner_id, "engagement_id": engagement_id, "initiative_id": initiative_id}
    wanted |= {"kind": kind, "state": state, "external_id": external_id}
    page = list_page(Measures(reading), paging, scope=scope, q=q, **wanted)
    return Page(items=with_lateness(reading, page.items), next_cursor=page.next_cursor)


@query
def show_data_point(reading: Reading, scope: Scope, *, data_point_id: DataPointId) -> DataPointSeen:
    """Show a data point, with what it was corrected from."""
    point = DataPoints(reading).get(data_point_id, scope=scope)
    return _as_seen(Measures(reading).get(point.measure_id, scope=PLATFORM), point)


@query
def list_data_points(
    reading: Reading,
    scope: Scope,
    *,
    measure_id: MeasureId,
    paging: Annotated[Paging, AlsoBy(["period"])],
    stratum: StratumCode | None = None,
    state: DataPointState | None = None,
) -> Page[DataPointSeen]:
    """List the data points of a measure, of all its series or of one stratum."""
    measure = Measures(reading).get(measure_id, scope=scope)
    points = DataPoints(reading)
    page = list_page(points, paging, scope=scope, **points.counted(measure_id), stratum=stratum, state=state)
    return Page(items=[_as_seen(measure, point) for point in page.items], next_cursor=page.next_cursor)


@query
def show_signal(reading: Reading, scope: Scope, *, signal_id: SignalId) -> Signal:
    """Show a signal."""
    return Signals(reading).get(signal_id, scope=scope)


@query
def list_signals(
    reading: Reading,
    scope: Scope,
    *,
    paging: Annotated[Paging, AlsoBy(["first"])],
    partner_id: PartnerId | None = None,
    engagement_id: EngagementId | None = None,
    measure_id: MeasureId | None = None,
    state: SignalState | None = None,
) -> Page[Signal]:
    """List signals: of one partner, engagement or measure; in one state, else those that are withdrawn too."""
    wanted = {"partner_id": partner_id, "engagement_id": engagement_id, "measure_id": measure_id}
    return list_page(Signals(reading), paging, scope=scope, **wanted, state=state)


@query
def show_run_chart(
    reading: Reading, scope: Scope, *, measure_id: MeasureId, stratum: StratumCode | None = None
) -> RunChart:
    """Show the chart of a measure, of all together or of one stratum: what its data say, judged now."""
    measure = Measures(reading).get(measure_id, scope=scope)
    measure.must_have_stratum(stratum)
    judgement = judge_series_of(measure, DataPoints(reading).measured(measure_id, stratum))
    phases = [_phase(measure, stratum, phase) for phase in judgement.phases]
    newest = judgement.phases[-1].verdict if judgement.phases else verdict_of_nothing(measure)
    document = document_of(newest)
    document["notes"] = [*notes_of(newest), *_note_of_gap(measure, stratum)]
    return RunChart(
        measure_id=measure.id,
        stratum=stratum,
        title=measure.title,
        unit=measure.unit,
        improvement=measure.improvement,
        definition=measure.definitions[-1].numerator,
        phases=phases,
        annotations=annotations_of(reading, measure, judgement),
        **document,  # type: ignore[arg-type]  # its members are those of `analyse`
    )


def _note_of_gap(measure: Measure, stratum: str | None) -> list[str]:
    """Return why the gap of a focus group is not formed, if it is not."""
    return [why for code, why in why_not_compared(measure).items() if code == stratum]


def verdict_of_nothing(measure: Measure) -> Verdict:
    """Return the verdict on a series without data."""
    return judge(Series([]), Judging(rules=RULE_SETS[measure.rules], chart=measure.chart, target=measure.target))


def _phase(measure: Measure, stratum: str | None, phase: JudgedPhase) -> ChartPhase:
    series = [_chart_point(measure, stratum, phase, position) for position in range(1, len(phase.periods) + 1)]
    return ChartPhase(
        begins_on=phase.phase.begins_on, cause=phase.phase.cause, series=series, verdict=document_of(phase.verdict)
    )


def _chart_point(measure: Measure, stratum: str | None, phase: JudgedPhase, position: int) -> ChartPoint:
    period, level = phase.periods[position - 1], phase.series.levels[position - 1]
    observed = phase.series.observations[position - 1]
    hidden = measure.is_suppressed(stratum, observed.denominator)
    return ChartPoint(
        position=position,
        period=period,
        value=None if hidden else observed.value,
        denominator=None if hidden else observed.denominator,
        level=None if hidden or level is None else float(level),
        is_suppressed=hidden,
    )


def _as_seen(measure: Measure, point: DataPoint) -> DataPointSeen:
    """Hide what was counted in so few that people might be recognised."""
    hidden = measure.is_suppressed(point.stratum, point.denominator)
    shown = {member.name for member in fields(DataPointSeen)} - {"recorded", "is_suppressed"}
    members = {name: value for name, value in vars(point).items() if name in shown}
    blank: dict[str, Any] = {"value": None, "denominator": None, "corrections": []} if hidden else {}
    return DataPointSeen(**members | blank, is_suppressed=hidden)


def with_lateness(reading: Reading, measures: list[Measure]) -> list[MeasureSeen]:
    """Give measures with since when their data are late."""
    late = DataWatches(reading).late_since([each.id for each in measures])
    return [MeasureSeen(**vars(each), data_late_since=late.get(each.id)) for each in measures]
