"""What is looked up when somebody asks for the measures of a process; it costs nothing as long as nobody does."""

import platform
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

import pymongo
import structlog
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from pymongo.errors import PyMongoError

from chassis.backup.last_backup import unsaved_since
from chassis.messaging.dead_letters import DeadLetters, DeadLetterState
from chassis.persistence.repository import Waits
from chassis.persistence.unit_of_work import OUTBOX, Store
from chassis.runtime.health import Health

LOOK_UP_SECONDS = 2.0
UNPUBLISHED = Waits(where={"published_at": None}, since="time")
UNSETTLED = Waits(where={"state": DeadLetterState.OPEN}, since="died_at")
Waiting = tuple[float, float]
"""How many wait, and for how many seconds the first of them has."""
_log = structlog.get_logger(__name__)


class Gauges(Collector):
    """The state of one process and of what its service has stored."""

    def __init__(self, *, service: str, container: Any, health: Health, build: Mapping[str, str]) -> None:
        """`build` says what was built: `version` and `revision`."""
        self._service = service
        self._container = container
        self._health = health
        self._build = {**build, "python": platform.python_version()}

    def describe(self) -> Iterable[Metric]:
        """Nothing beforehand: to describe is to look up."""
        return ()

    def collect(self) -> Iterator[Metric]:
        """Look everything up; what a database that is away would have to say is left out."""
        readiness = self._health.readiness()
        yield self._gauge(
            "partnerships_build_info", "What runs here.", {tuple(self._build.values()): 1.0}, labels=self._build
        )
        yield self._gauge(
            "partnerships_ready", "Whether a part this process needs works.", _by_name(readiness), labels=["part"]
        )
        yield from self._workers()
        yield from self._broker()
        if self._health.store and readiness["database"]:
            yield from self._stored(self._health.store)

    def _workers(self) -> Iterator[Metric]:
        busy, most = self._container._worker_pool.running(), self._container.max_workers
        yield self._gauge("partnerships_workers_busy", "Pieces of work under way in this process.", {(): busy})
        yield self._gauge("partnerships_workers_max", "As many at a time as there may be.", {(): most})

    def _broker(self) -> Iterator[Metric]:
        consumers = self._health.consumers
        connected = _by_name({name: each.is_connected for name, each in consumers.items()})
        yield self._gauge(
            "partnerships_broker_connected", "Whether a consumer has its connection.", connected, labels=["consumer"]
        )
        reconnects = CounterMetricFamily(
            "partnerships_broker_reconnects", "Connections beyond the first.", labels=["service", "consumer"]
        )
        for name, consumer in consumers.items():
            reconnects.add_metric([self._service, name], max(consumer.connections - 1, 0))
        yield reconnects

    def _stored(self, store: Store) -> Iterator[Metric]:
        try:
            with pymongo.timeout(LOOK_UP_SECONDS):
                found = list(self._looked_up(store))
        except PyMongoError as error:
            _log.warning("measures_left_out", error=type(error).__name__)
        else:
            yield from found

    def _looked_up(self, store: Store) -> Iterator[Metric]:
        outbox = {(): _waiting(store, OUTBOX, UNPUBLISHED)}
        yield from self._lengths("partnerships_outbox_pending", "partnerships_outbox_oldest_seconds", outbox)
        dead = {(): _waiting(store, DeadLetters.collection, UNSETTLED)}
        yield from self._lengths("partnerships_dead_letters_open", "partnerships_dead_letters_oldest_seconds", dead)
        work = {(each,): _waiting(store, each, waits) for each, waits in self._measured().items()}
        yield from self._lengths(
            "partnerships_waiting", "partnerships_waiting_oldest_seconds", work, labels=["collection"]
        )
        unsaved = _age(unsaved_since(store.database), store.clock())
        yield self._gauge("partnerships_backup_age_seconds", "How long what is done is in no backup.", {(): unsaved})

    def _measured(self) -> Mapping[str, Waits]:
        return {each.collection: each.waits for each in self._container.service_cls.repositories if each.waits}

    def _lengths(
        self, count: str, oldest: str, found: Mapping[Any, Waiting], *, labels: Iterable[str] = ()
    ) -> Iterator[Metric]:
        counts, ages = ({of: each[number] for of, each in found.items()} for number in (0, 1))
        yield self._gauge(count, "How many wait.", counts, labels=labels)
        yield self._gauge(oldest, "How long the first of them has.", ages, labels=labels)

    def _gauge(
        self, name: str, meaning: str, values: Mapping[tuple[str, ...], float], *, labels: Iterable[str] = ()
    ) -> Metric:
        gauge = GaugeMetricFamily(name, meaning, labels=["service", *labels])
        for of, value in values.items():
            gauge.add_metric([self._service, *of], float(value))
        return gauge


def _waiting(store: Store, collection: str, waits: Waits) -> Waiting:
    """Read only what waits, which an index must find: what no longer does is much more."""
    summed = {"$group": {"_id": None, "count": {"$sum": 1}, "since": {"$min": f"${waits.since}"}}}
    found = list(store.database[collection].aggregate([{"$match": waits.where}, summed]))
    return (found[0]["count"], _age(found[0]["since"], store.clock())) if found else (0, 0.0)


def _age(since: datetime | None, now: datetime) -> float:
    return max((now - since).total_seconds(), 0.0) if since else 0.0


def _by_name(states: Mapping[str, bool]) -> dict[tuple[str, ...], float]:
    return {(name,): float(state) for name, state in states.items()}
