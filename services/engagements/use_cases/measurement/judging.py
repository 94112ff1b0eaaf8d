"""What the service does when the data of a measure change: it judges them anew, and says what is new."""

from collections.abc import Iterator
from functools import partial
from itertools import islice

from chassis.domain.scope import PLATFORM
from chassis.persistence.claims import Claimed, Claims
from chassis.persistence.unit_of_work import Store, UnitOfWork
from chassis.schemas.operations import reaction
from services.engagements.model.measurement.chart import Chart
from services.engagements.model.measurement.judgement import Judgement, judge_series_of
from services.engagements.model.measurement.measure import Measure
from services.engagements.model.measurement.signal import Signal, match
from services.engagements.repository.engagement import Engagements
from services.engagements.repository.measurement import Charts, DataPoints, EquityGaps, Measures, Signals
from services.engagements.schemas.measurement import MeasureId, StratumCode
from services.engagements.use_cases.measurement.equity_gap import await_gaps

MOST_AT_ONCE = 500
"""Signals that one transaction stores: thousands, as very regular data have, took longer than one may."""


@reaction(
    "engagements.data_point.recorded",
    "engagements.data_point.corrected",
    "engagements.data_point.withdrawn",
    "engagements.data_point.restored",
)
def await_judgement(uow: UnitOfWork, *, measure_id: MeasureId, stratum: StratumCode | None = None) -> None:
    """Note that a series has changed: it is judged soon, once for all the data points that come until then."""
    measure = Measures(uow).known(measure_id, scope=PLATFORM)
    _await(uow, measure, stratum)
    await_gaps(uow, measure, [stratum])


@reaction("engagements.data_point_batch.recorded")
def await_judgement_of_batch(
    uow: UnitOfWork, *, measure_id: MeasureId, strata: list[StratumCode], has_all_together: bool = False
) -> None:
    """Note that each series that a batch has data points of has changed."""
    measure = Measures(uow).known(measure_id, scope=PLATFORM)
    changed = [None, *strata] if has_all_together else strata
    for stratum in changed:
        _await(uow, measure, stratum)
    await_gaps(uow, measure, changed)


@reaction("engagements.measure.revised")
def await_judgement_of_all(uow: UnitOfWork, *, measure_id: MeasureId) -> None:
    """Note that every series of a measure is judged otherwise: by another definition, phase, baseline or target."""
    for chart in Charts(uow).of_measure(measure_id):
        chart.await_judgement(since=uow.now)
        Charts(uow).save(chart)
    for gap in EquityGaps(uow).of_measure(measure_id):
        gap.await_judgement(since=uow.now)
        EquityGaps(uow).save(gap)


def judge_series(*, store: Store, claims: Claims) -> None:
    """Judge every series that has changed, and say which signals are new, go on, or are there no more."""
    backlog = Charts.backlog
    claims.process_ready(lambda: backlog.as_of(store.clock()), partial(_judge, store), sort=backlog.since)


def _judge(store: Store, claimed: Claimed) -> bool:
    store.transact(partial(_judge_chart, claimed.id), cause=claimed.cause)
    return True


def _judge_chart(chart_id: str, uow: UnitOfWork) -> None:
    """Ask what is so now: a data point that comes meanwhile has the chart wait again.

    What is too much for one transaction is done in several, each judging anew; the chart waits until the last.
    """
    chart = Charts(uow).get(chart_id, scope=PLATFORM)
    measure = Measures(uow).get(chart.measure_id, scope=PLATFORM)
    judgement = judge_series_of(measure, DataPoints(uow).measured(measure.id, chart.stratum))
    if chart.judged != judgement.judged:
        changed = list(islice(_changed_signals(uow, measure, chart.stratum, judgement), MOST_AT_ONCE))
        for signal in changed:
            Signals(uow).save(signal)
        if len(changed) == MOST_AT_ONCE:
            return
    chart.keep(judgement)
    Charts(uow).save(chart)


def _await(uow: UnitOfWork, measure: Measure, stratum: str | None) -> None:
    known = Charts(uow).of_series(measure.id, stratum)
    chart = known or Chart.of(measure, id=uow.new_id("cht"), stratum=stratum)
    chart.await_judgement(since=uow.now)
    Charts(uow).save(chart)


def _changed_signals(uow: UnitOfWork, measure: Measure, stratum: str | None, judgement: Judgement) -> Iterator[Signal]:
    """Yield each signal that is new, goes on, or is there no more by this judgement."""
    coach_id = Engagements(uow).get(measure.engagement_id, scope=PLATFORM).lead_coach_id
    matched = match(Signals(uow).of_series(measure.id, stratum), judgement)
    for finding in matched.new:
        signal = Signal.of(finding, measure, id=uow.new_id("sgn"), stratum=stratum)
        signal.detect(finding, judged=judgement.judged, at=uow.now, coach_id=coach_id)
        yield signal
    for signal, finding in matched.same:
        if not signal.is_there:
            signal.detect(finding, judged=judgement.judged, at=uow.now, coach_id=coach_id)
            yield signal
        elif signal.extend(finding, judged=judgement.judged):
            yield signal
    for signal in matched.gone:
        signal.withdraw(judged=judgement.judged, at=uow.now, coach_id=coach_id)
        yield signal
