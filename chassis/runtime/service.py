"""The base class of every service: its store, its relay, and the operations that every service has."""

import os
import socket
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any, ClassVar

import pymongo
import structlog
from nameko import config
from nameko.extensions import DependencyProvider, SharedExtension
from pymongo import MongoClient
from pymongo.errors import PyMongoError

from chassis.audit.records import WRITE_TIMEOUT_SECONDS, record_counted
from chassis.audit.seals import SEALS, last_seal, seal_records
from chassis.domain.identity import new_id, utc_now
from chassis.domain.transitions import Transition
from chassis.erasure.erasures import Erasures
from chassis.erasure.sweeping import Remove, Sweep
from chassis.messaging.collector import DeadLetterCollector
from chassis.messaging.contracts import types_with_hearers
from chassis.messaging.envelope import schema_base
from chassis.messaging.publisher import ConfirmedPublisher
from chassis.messaging.reactions import reacting
from chassis.messaging.relay import Relay
from chassis.operations import audit, dead_letters, personal_data, transitions
from chassis.persistence.claims import Claims
from chassis.persistence.lease import Lease
from chassis.persistence.repository import Repository
from chassis.persistence.unit_of_work import Reading, Store
from chassis.rpc.server import answering
from chassis.runtime.settings import Settings
from chassis.runtime.timers import timer
from chassis.schemas.operations import Declared, declared, query

LEASE_SECONDS = 5.0
_log = structlog.get_logger(__name__)
SWEEP_SECONDS = 60
"""How long a process may take to go through everything before another one does."""
PROCESS_NAME = f"{socket.gethostname()}:{os.getpid()}:{new_id('prc')}"
"""What this process calls itself in leases and claims: where to find it, and an id nobody else ever has."""


def open_store(service: str) -> Store:
    """Open the database of `service` as the settings say."""
    client: MongoClient[dict[str, Any]] = MongoClient(config["MONGO_URI"], tz_aware=True, appname=service)
    return Store(
        service=service,
        database=client[config["DATABASE_PREFIX"] + service],
        clock=utc_now,
        new_id=new_id,
        envelope_fields=config["ENVELOPE_FIELDS"],
    )


def reactions(service: "type[Service]") -> Mapping[str, Collection[str]]:
    """Give what a service does about each type of event it hears, as `{service}.{deed}`."""
    found: dict[str, list[str]] = {}
    for each in map(declared, service.reactions):
        for type in each.types:
            found.setdefault(type, []).append(f"{service.name}.{each.name}")
    return found


class RelayHost(SharedExtension):
    """Runs the relay and its wake-up beside the service's workers."""

    def setup(self) -> None:
        """Prepare to publish this service's outbox whenever this process holds its lease."""
        service = self.container.service_name
        database = open_store(service).database
        lease = Lease(database, name="relay", owner=PROCESS_NAME, seconds=LEASE_SECONDS)
        lease.prepare()
        self.relay = Relay(
            service=service,
            database=database,
            lease=lease,
            publisher=ConfirmedPublisher(config["AMQP_URI"]),
            clock=utc_now,
            schema_base=schema_base(config["PUBLIC_URL"]),
            sweep_seconds=config["RELAY_SWEEP_SECONDS"],
            kept_until_routed=types_with_hearers(),
        )

    def start(self) -> None:
        """Start publishing."""
        self.loops = [self.container.spawn_managed_thread(loop) for loop in (self.relay.run, self.relay.watch)]

    def stop(self) -> None:
        """Stop publishing and give up the lease."""
        self.relay.stop()
        for loop in self.loops:
            loop.wait()


class StoreProvider(DependencyProvider):
    """Injects the service's store, and with it runs the relay that publishes what it holds."""

    relay_host = RelayHost()
    collector = DeadLetterCollector()

    def setup(self) -> None:
        """Open the database of this service."""
        self.store = open_store(self.container.service_name)

    def start(self) -> None:
        """Begin to collect what the service gives up."""
        self.collector.collect_for(self.store)

    def stop(self) -> None:
        """Record the refusals that are only counted yet."""
        with suppress(PyMongoError), pymongo.timeout(WRITE_TIMEOUT_SECONDS):
            record_counted(self.store, at_once=True)

    def get_dependency(self, worker_ctx: Any) -> Store:
        """Inject the one store of this process."""
        return self.store


@dataclass(frozen=True, kw_only=True)
class Alive:
    """That a service works."""

    service: str


@query
def ping(reading: Reading) -> Alive:
    """Answer that this service works: its database is asked, too."""
    reading.database.command("ping")
    return Alive(service=reading.service)


class Service:
    """What `services/*/service.py` inherits: `name` it, list its `settings`, its `repositories`, and what it does.

    Each of `commands`, `queries` and `reactions` is a function that declares itself (`chassis.schemas.operations`).
    """

    name: ClassVar[str]
    settings: ClassVar[tuple[type[Settings], ...]] = ()
    """The sections of `config.yml` that it reads."""
    repositories: ClassVar[tuple[type[Repository[Any]], ...]] = ()
    transitions: ClassVar[tuple[Transition, ...]]
    """The lifecycles of what its repositories hold, and its `further_transitions`."""
    further_transitions: ClassVar[tuple[Transition, ...]] = ()
    """Those that follow from what it lists, such as from its reactions."""
    commands: ClassVar[tuple[Callable[..., Any], ...]] = ()
    queries: ClassVar[tuple[Callable[..., Any], ...]] = ()
    reactions: ClassVar[tuple[Callable[..., Any], ...]] = ()
    addresses_in_events: ClassVar[tuple[str, ...]] = ()
    """The members of its events that are addresses of people."""
    removals: ClassVar[tuple[Remove, ...]] = ()
    """What removes people who are erased from what only this service keeps."""
    store = StoreProvider()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Give the class an entry point for each function that it lists."""
        super().__init_subclass__(**kwargs)
        lifecycles = chain.from_iterable(each.aggregate.lifecycle for each in cls.repositories)
        cls.transitions = (*lifecycles, *cls.further_transitions)
        for each in operations(cls):
            setattr(cls, each.name, answering(each))
        for each in map(declared, cls.reactions):
            setattr(cls, each.name, reacting(each))

    @timer("AUDIT_SEAL_SECONDS")
    def seal_audit(self) -> None:
        """Record what was only counted; seal, and log number and digest: a copy of the trail's end elsewhere."""
        record_counted(self.store)
        if seal_records(self.store):
            last = last_seal(self.store.database[SEALS])
            _log.info("audit_sealed", number=last.number, digest=last.digest)

    @timer("ERASURE_LOOP_SECONDS")
    def sweep_erasures(self) -> None:
        """Remove people who were erased from all that is kept of them beside the aggregates, also if it came late."""
        answering_with_people = [each.name for each in operations(type(self)) if each.is_about_people]
        sweep = Sweep(store=self.store, commands=answering_with_people, addresses=self.addresses_in_events,
                      further=self.removals)  # fmt: skip
        sweep.run(Claims(self.store, collection=Erasures.collection, owner=PROCESS_NAME, lease_seconds=SWEEP_SECONDS))

    @classmethod
    def restored(cls, store: Store, *, taken_at: datetime) -> str | None:
        """Mark what may have been done outside since the backup was taken, and say what that is; None for nothing.

        Most services have nothing to mark: all that they do is in their database, which is whole.
        """
        return None


def operations(service: type[Service]) -> Iterator[Declared]:
    """Give every operation of a service: its own, and those that each service answers."""
    functions: list[Callable[..., Any]] = [*service.commands, *service.queries]
    functions += [*dead_letters.OPERATIONS, *audit.OPERATIONS, *personal_data.OPERATIONS, *transitions.OPERATIONS, ping]
    yield from map(declared, functions)
