"""Metrics that are collected when Prometheus scrapes the process, from its memory and its database."""

import platform
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

import pymongo
import structlog
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from pymongo.errors import PyMongoError

from chassis.backup.last_backup import not_backed_up_since
from chassis.messaging.dead_letters import DeadLetters, DeadLetterState
from chassis.persistence.repository import Backlog
from chassis.persistence.unit_of_work import OUTBOX, Store
from chassis.runtime.health import Health

COLLECT_TIMEOUT_SECONDS = 2.0
UNPUBLISHED = Backlog(where={"published_at": None}, since="time")
OPEN_DEAD_LETTERS = Backlog(where={"state": DeadLetterState.OPEN}, since="died_at")
WAITING = {"partnerships_waiting": "backlog", "partnerships_needs_staff": "needs_staff"}
"""The metrics of what waits for a process, or for a person, by the member of a repository that says what that is."""
Waiting = tuple[float, float]
"""How many documents wait, and how many seconds the oldest of them has waited."""
_log = structlog.get_logger(__name__)


class Gauges(Collector):
    """Gauges of one process, and of the database of its service."""

    def __init__(self, *, service: str, container: Any, health: Health, build: Mapping[str, str]) -> None:
        """`build` holds `version` and `revision`."""
        self._service = service
        self._container = container
        self._health = health
        self._build = {**build, "python": platform.python_version()}

    def describe(self) -> Iterable[Metric]:
        """Describe nothing in advance: that would query the database at registration."""
        return ()

    def collect(self) -> Iterator[Metric]:
        """Collect everything; metrics from the database are left out while it is away."""
        readiness = self._health.readiness()
        yield self._gauge(
            "partnerships_build_info",
            "Version and revision of this process.",
            {tuple(self._build.values()): 1.0},
            labels=self._build,
        )
        yield self._gauge(
            "partnerships_ready", "Whether a dependency of this process works.", _by_name(readiness), labels=["part"]
        )
        yield from self._workers()
        yield from self._broker()
        if self._health.store and readiness["database"]:
            yield from self._stored(self._health.store)

    def _workers(self) -> Iterator[Metric]:
        busy, most = self._container._worker_pool.running(), self._container.max_workers
        yield self._gauge("partnerships_workers_busy", "Workers that are running in this process.", {(): busy})
        yield self._gauge("partnerships_workers_max", "The size of the worker pool.", {(): most})

    def _broker(self) -> Iterator[Metric]:
        consumers = self._health.consumers
        connected = _by_name({name: each.is_connected for name, each in consumers.items()})
        yield self._gauge(
            "partnerships_broker_connected", "Whether a consumer has its connection.", connected, labels=["consumer"]
        )
        reconnects = CounterMetricFamily(
            "partnerships_broker_reconnects", "Connections after the first.", labels=["service", "consumer"]
        )
        for name, consumer in consumers.items():
            reconnects.add_metric([self._service, name], max(consumer.connections - 1, 0))
        yield reconnects

    def _stored(self, store: Store) -> Iterator[Metric]:
        try:
            with pymongo.timeout(COLLECT_TIMEOUT_SECONDS):
                found = list(self._collected(store))
        except PyMongoError as error:
            _log.warning("metrics_incomplete", error=type(error).__name__)
        else:
            yield from found

    def _collected(self, store: Store) -> Iterator[Metric]:
        outbox = {(): _waiting(store, OUTBOX, UNPUBLISHED)}
        yield from self._backlog("partnerships_outbox_pending", "partnerships_outbox_oldest_seconds", outbox)
        dead = {(): _waiting(store, DeadLetters.collection, OPEN_DEAD_LETTERS)}
        yield from self._backlog("partnerships_dead_letters_open", "partnerships_dead_letters_oldest_seconds", dead)
        for name, member in WAITING.items():
            work = {(each,): _waiting(store, each, backlog) for each, backlog in self._backlogs(member).items()}
            yield from self._backlog(name, f"{name}_oldest_seconds", work, labels=["collection"])
        unsaved = _age(not_backed_up_since(store.database), store.clock())
        yield self._gauge(
            "partnerships_backup_age_seconds", "Age of the oldest change that is in no backup.", {(): unsaved}
        )

    def _backlogs(self, member: str) -> Mapping[str, Backlog]:
        repositories = self._container.service_cls.repositories
        return {each.collection: getattr(each, member) for each in repositories if getattr(each, member)}

    def _backlog(
        self, count: str, oldest: str, found: Mapping[Any, Waiting], *, labels: Iterable[str] = ()
    ) -> Iterator[Metric]:
        counts, ages = ({of: each[number] for of, each in found.items()} for number in (0, 1))
        yield self._gauge(count, "How many wait.", counts, labels=labels)
        yield self._gauge(oldest, "How long the oldest of them has waited.", ages, labels=labels)

    def _gauge(
        self, name: str, meaning: str, values: Mapping[tuple[str, ...], float], *, labels: Iterable[str] = ()
    ) -> Metric:
        gauge = GaugeMetricFamily(name, meaning, labels=["service", *labels])
        for of, value in values.items():
            gauge.add_metric([self._service, *of], float(value))
        return gauge


def _waiting(store: Store, collection: str, backlog: Backlog) -> Waiting:
    """Aggregate only documents that wait, which must be found by an index: the others are many more."""
    summed = {"$group": {"_id": None, "count": {"$sum": 1}, "since": {"$min": f"${backlog.since}"}}}
    found = list(store.database[collection].aggregate([{"$match": backlog.as_of(store.clock())}, summed]))
    return (found[0]["count"], _age(found[0]["since"], store.clock())) if found else (0, 0.0)


def _age(since: datetime | None, now: datetime) -> float:
    return max((now - since).total_seconds(), 0.0) if since else 0.0


def _by_name(states: Mapping[str, bool]) -> dict[tuple[str, ...], float]:
    return {(name,): float(state) for name, state in states.items()}
