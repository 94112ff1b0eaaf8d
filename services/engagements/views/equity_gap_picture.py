"""The gaps of a measure as a picture: the same that `show_equity_gaps` tells as JSON."""

from chassis.domain.scope import Scope
from chassis.persistence.unit_of_work import Reading
from chassis.schemas.operations import query
from services.engagements.analysis.verdict import Improvement
from services.engagements.charts.chart import MOST_PANELS, Chart, Panel, Phase
from services.engagements.drawing import Drawing
from services.engagements.model.measurement.comparison import Comparison, comparisons_of, why_not_compared
from services.engagements.model.measurement.judgement import JudgedPhase, Judgement
from services.engagements.model.measurement.measure import Measure
from services.engagements.repository.measurement import Measures, judged_gap
from services.engagements.schemas.measurement import MeasureId
from services.engagements.views.chart_picture import (
    ChartPicture,
    annotations_drawn,
    empty_phase,
    is_in_per_cent,
    name_of_phase,
    scale_of,
)

POINTS = "percentage points"
"""How far two proportions in per cent differ."""


@query
def draw_equity_gaps(reading: Reading, scope: Scope, drawing: Drawing, *, measure_id: MeasureId) -> ChartPicture:
    """Draw the gaps between the focus groups of a measure and their references as SVG, on the same scales."""
    measure = Measures(reading).get(measure_id, scope=scope)
    compared = comparisons_of(measure)[:MOST_PANELS]
    judged = [judged_gap(reading, measure, each).judgement for each in compared]
    panels = [_panel(measure, *each) for each in zip(compared, judged, strict=True)]
    chart = Chart(
        title=_title(measure, compared),
        unit=f"gap in {POINTS if is_in_per_cent(measure) else measure.unit}",
        scale=scale_of(measure),
        panels=tuple(panels) or (Panel(phases=(empty_phase(measure),)),),
        annotations=annotations_drawn(reading, measure, judged),
        definition=_in_words(measure),
    )
    return ChartPicture(measure_id=measure.id, svg=drawing.svg_of(chart))


def _title(measure: Measure, compared: list[Comparison]) -> str:
    """Return the title; which groups are compared stands over each plot where there are several."""
    return f"{measure.title}: equity gap" + (f", {_name(compared[0])}" if len(compared) == 1 else "")


def _name(comparison: Comparison) -> str:
    focus, reference = comparison.focus, comparison.reference
    return f"{focus.dimension}: {focus.value} against {reference.value}"


def _panel(measure: Measure, comparison: Comparison, judgement: Judgement) -> Panel:
    phases = tuple(_phase(measure, each) for each in judgement.phases)
    return Panel(name=_name(comparison), phases=phases or (empty_phase(measure),))


def _phase(measure: Measure, judged: JudgedPhase) -> Phase:
    name = name_of_phase(measure, judged)
    return Phase(days=tuple(judged.periods), levels=judged.series.levels, verdict=judged.verdict, name=name)


def _in_words(measure: Measure) -> str:
    """Return how a gap is formed, and which are not."""
    is_more = measure.improvement is Improvement.INCREASE
    how = "reference group less focus group" if is_more else "focus group less reference group"
    missing = [f"{code}: {why}" for code, why in why_not_compared(measure).items()]
    return " ".join([f"{how}, so that above 0 the focus group is worse off; from {measure.title}.", *missing])
