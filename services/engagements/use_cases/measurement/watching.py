"""What the service does to know whether data are late: it looks when something changes, and when time is over."""

from functools import partial

from chassis.domain.scope import PLATFORM
from chassis.persistence.claims import Claimed, Claims
from chassis.persistence.unit_of_work import Store, UnitOfWork
from chassis.schemas.operations import reaction
from services.engagements.model.measurement.measure import Measure
from services.engagements.model.measurement.watch import DataWatch
from services.engagements.repository.engagement import Engagements
from services.engagements.repository.measurement import Charts, DataWatches, Measures
from services.engagements.schemas.engagement import EngagementId
from services.engagements.schemas.measurement import MeasureId


@reaction(
    "engagements.measure.defined",
    "engagements.measure.retired",
    "engagements.measure.reinstated",
    "engagements.chart.judged",
)
def watch_data(uow: UnitOfWork, *, measure_id: MeasureId) -> None:
    """Wait for the next data of a measure, or for none; data that were late are so no more when they are there."""
    _look(uow, Measures(uow).known(measure_id, scope=PLATFORM))


@reaction(
    "engagements.engagement.activated",
    "engagements.engagement.paused",
    "engagements.engagement.resumed",
    "engagements.engagement.closed",
    "engagements.engagement.reopened",
)
def watch_with_engagement(uow: UnitOfWork, *, engagement_id: EngagementId) -> None:
    """Wait for data while work is under way, and for none while it rests or has ended."""
    for measure in Measures(uow).of_engagement(engagement_id):
        _look(uow, measure)


def find_stale_data(*, store: Store, claims: Claims) -> None:
    """Say of every measure whose data were waited for that they are late."""
    claims.process_ready(lambda: DataWatches.backlog.as_of(store.clock()), partial(_find, store), sort="overdue_at")


def _find(store: Store, claimed: Claimed) -> bool:
    store.transact(partial(_lapse, claimed.id), cause=claimed.cause)
    return True


def _lapse(watch_id: str, uow: UnitOfWork) -> None:
    """Look again: data may have come, or the work may rest, and the event of it may be on its way."""
    watch = DataWatches(uow).get(watch_id, scope=PLATFORM)
    measure = Measures(uow).get(watch.measure_id, scope=PLATFORM)
    engagement = Engagements(uow).get(measure.engagement_id, scope=PLATFORM)
    is_new = watch.look(measure, engagement, latest=Charts(uow).latest(measure.id), at=uow.now)
    if watch.lapse(measure, engagement, at=uow.now) or is_new:
        DataWatches(uow).save(watch)


def _look(uow: UnitOfWork, measure: Measure) -> None:
    """Ask what is so now, whatever the event says; what is found as it was is not written."""
    engagement = Engagements(uow).get(measure.engagement_id, scope=PLATFORM)
    watch = DataWatches(uow).of_measure(measure.id) or DataWatch.of(measure, id=uow.new_id("wat"))
    if watch.look(measure, engagement, latest=Charts(uow).latest(measure.id), at=uow.now):
        DataWatches(uow).save(watch)
