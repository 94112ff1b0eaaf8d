"""The chart of a measure as a picture: the same that `show_run_chart` tells as JSON."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from chassis.domain.scope import Scope
from chassis.persistence.unit_of_work import Reading
from chassis.schemas.operations import query
from services.engagements.analysis.limits import Chart as ChartKind
from services.engagements.charts.chart import MOST_PANELS, Annotation, Chart, Panel, Phase
from services.engagements.drawing import Drawing
from services.engagements.model.measurement.definition import OperationalDefinition, PhaseCause
from services.engagements.model.measurement.judgement import JudgedPhase, Judgement, judge_series_of
from services.engagements.model.measurement.measure import Measure
from services.engagements.repository.annotations import annotations_of
from services.engagements.repository.measurement import DataPoints, Measures
from services.engagements.schemas.measurement import MeasureId, StratumCode
from services.engagements.views.measurement import verdict_of_nothing

ALL = "All together"
KINDS = {"milestone_reached": "Milestone reached: ", "pdsa_started": "PDSA cycle: "}
"""What stands before the text of an annotation that does not say it."""
PER_CENT = "%"


@dataclass(frozen=True, kw_only=True)
class ChartPicture:
    """A chart, drawn as SVG."""

    measure_id: str
    svg: str


@query
def draw_run_chart(
    reading: Reading,
    scope: Scope,
    drawing: Drawing,
    *,
    measure_id: MeasureId,
    stratum: StratumCode | None = None,
    by_stratum: bool = False,
) -> ChartPicture:
    """Draw the chart of a measure as SVG: all together, or one stratum.

    `by_stratum` draws all strata beside it, on the same scales.
    """
    measure = Measures(reading).get(measure_id, scope=scope)
    measure.must_have_stratum(stratum)
    codes = [stratum, *(each.code for each in measure.strata if by_stratum)][:MOST_PANELS]
    judged = {code: judge_series_of(measure, DataPoints(reading).measured(measure_id, code)) for code in codes}
    chart = _chart(reading, measure, judged)
    return ChartPicture(measure_id=measure.id, svg=drawing.svg_of(chart))


def _chart(reading: Reading, measure: Measure, judged: dict[str | None, Judgement]) -> Chart:
    definition = measure.definitions[-1]
    return Chart(
        title=measure.title,
        unit=measure.unit,
        scale=scale_of(measure),
        panels=tuple(_panel(measure, code, judgement) for code, judgement in judged.items()),
        annotations=annotations_drawn(reading, measure, judged.values()),
        definition=_in_words(definition),
        source=definition.collected_by or "",
    )


def annotations_drawn(reading: Reading, measure: Measure, judged: Iterable[Judgement]) -> tuple[Annotation, ...]:
    """Return what happened in the time of some series."""
    happened = {each for judgement in judged for each in annotations_of(reading, measure, judgement)}
    return tuple(Annotation(day=each.on, text=KINDS.get(each.kind, "") + each.text) for each in happened)


def is_in_per_cent(measure: Measure) -> bool:
    """Whether the proportions of a measure are shown in per cent."""
    return measure.chart is ChartKind.P and measure.unit.startswith(PER_CENT)


def scale_of(measure: Measure) -> Decimal:
    """Return what a level is multiplied by to be in the unit of a measure."""
    return Decimal(100 if is_in_per_cent(measure) else 1)


def _panel(measure: Measure, code: str | None, judgement: Judgement) -> Panel:
    names = {each.code: f"{each.dimension}: {each.value}" for each in measure.strata}
    phases = tuple(_phase(measure, code, each) for each in judgement.phases)
    return Panel(name=names[code] if code else ALL, phases=phases or (empty_phase(measure),))


def _phase(measure: Measure, code: str | None, judged: JudgedPhase) -> Phase:
    """Return what is drawn of a phase: not what is of so few people that they might be recognised."""
    shown = zip(judged.series.levels, judged.series.observations, strict=True)
    levels = tuple(None if measure.is_suppressed(code, each.denominator) else level for level, each in shown)
    name = name_of_phase(measure, judged)
    return Phase(days=tuple(judged.periods), levels=levels, verdict=judged.verdict, name=name)


def name_of_phase(measure: Measure, judged: JudgedPhase) -> str:
    """Return why a phase is one of its own; where there is only one, nothing needs to be said."""
    if len(measure.phases) == 1:
        return ""
    if judged.phase.cause is PhaseCause.REBASE:
        return "new centre"
    return f"definition {measure.definition_on(judged.periods[0]).number}"


def _in_words(definition: OperationalDefinition) -> str:
    """Return what is counted, in what, and for how many of it."""
    if not definition.denominator:
        return definition.numerator
    many = f"{definition.multiplier:,} " if definition.multiplier > 1 else ""
    return f"{definition.numerator}, for each {many}of: {definition.denominator}"


def empty_phase(measure: Measure) -> Phase:
    """Return what is drawn of a series without data."""
    return Phase(days=(), levels=(), verdict=verdict_of_nothing(measure))
