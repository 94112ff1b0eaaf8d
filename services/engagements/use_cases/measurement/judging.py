"""What the service does when the data of a measure change: it judges them anew, and says what is new."""

from chassis.domain.scope import PLATFORM
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import reaction
from services.engagements.model.engagement import Engagement
from services.engagements.model.measurement.chart import Chart
from services.engagements.model.measurement.judgement import Judgement, judge_series_of
from services.engagements.model.measurement.measure import Measure
from services.engagements.model.measurement.signal import Signal, match
from services.engagements.repository.engagement import Engagements
from services.engagements.repository.measurement import Charts, DataPoints, Measures, Signals
from services.engagements.schemas.measurement import MeasureId, StratumCode


@reaction(
    "engagements.data_point.recorded",
    "engagements.data_point.corrected",
    "engagements.data_point.withdrawn",
    "engagements.data_point.restored",
    "engagements.chart.outdated",
)
def judge_series(uow: UnitOfWork, *, measure_id: MeasureId, stratum: StratumCode | None = None) -> None:
    """Judge a series anew, and keep which signals are new, go on, or are there no more."""
    _judge(uow, Measures(uow).known(measure_id, scope=PLATFORM), stratum)


@reaction("engagements.data_point_batch.recorded")
def judge_batch(
    uow: UnitOfWork, *, measure_id: MeasureId, strata: list[StratumCode], has_all_together: bool = False
) -> None:
    """Judge each series that has new data points of a batch, once; where they are several, each for itself."""
    measure = Measures(uow).known(measure_id, scope=PLATFORM)
    series = [None, *strata] if has_all_together else strata
    if len(series) == 1:
        _judge(uow, measure, series[0])
        return
    for stratum in series:
        chart = _chart(uow, measure, stratum)
        chart.outdate()
        Charts(uow).save(chart)


@reaction("engagements.measure.revised")
def judge_measure(uow: UnitOfWork, *, measure_id: MeasureId) -> None:
    """Judge every series of a measure that is defined, aimed or divided otherwise."""
    measure = Measures(uow).known(measure_id, scope=PLATFORM)
    for chart in Charts(uow).of_measure(measure_id):
        _judge(uow, measure, chart.stratum)


def _judge(uow: UnitOfWork, measure: Measure, stratum: str | None) -> None:
    """Ask what is so now, whatever the event says: events that came late or twice find nothing to do."""
    judgement = judge_series_of(measure, DataPoints(uow).measured(measure.id, stratum))
    chart = _chart(uow, measure, stratum)
    if chart.judged == judgement.judged:
        return
    chart.keep(judgement)
    Charts(uow).save(chart)
    _keep_signals(uow, measure, stratum, judgement)


def _chart(uow: UnitOfWork, measure: Measure, stratum: str | None) -> Chart:
    known = Charts(uow).of_series(measure.id, stratum)
    return known or Chart.of(measure, id=uow.new_id("cht"), stratum=stratum)


def _keep_signals(uow: UnitOfWork, measure: Measure, stratum: str | None, judgement: Judgement) -> None:
    engagement = Engagements(uow).get(measure.engagement_id, scope=PLATFORM)
    coach_id = _coach_of(engagement)
    matched = match(Signals(uow).of_series(measure.id, stratum), judgement)
    for finding in matched.new:
        signal = Signal.of(finding, measure, id=uow.new_id("sgn"), stratum=stratum)
        signal.detect(finding, judged=judgement.judged, at=uow.now, coach_id=coach_id)
        Signals(uow).save(signal)
    for signal, finding in matched.same:
        if not signal.is_there:
            signal.detect(finding, judged=judgement.judged, at=uow.now, coach_id=coach_id)
            Signals(uow).save(signal)
        elif signal.extend(finding, judged=judgement.judged):
            Signals(uow).save(signal)
    for signal in matched.gone:
        signal.withdraw(judged=judgement.judged, at=uow.now, coach_id=coach_id)
        Signals(uow).save(signal)


def _coach_of(engagement: Engagement) -> str | None:
    return engagement.lead_coach_id
