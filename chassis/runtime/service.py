"""The base of every service: its store, its relay, and the one question every service answers."""

import os
import socket
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, ClassVar

from marshmallow import fields
from nameko import config
from nameko.extensions import DependencyProvider, SharedExtension
from pymongo import MongoClient

from chassis.domain.identity import new_id, utc_now
from chassis.domain.scope import Scope
from chassis.messaging.collector import DeadLetterCollector
from chassis.messaging.envelope import schema_base
from chassis.messaging.lease import Lease
from chassis.messaging.publisher import ConfirmedPublisher
from chassis.messaging.relay import Relay
from chassis.messaging.subscription import Reaction
from chassis.operations.audit import AuditOperations
from chassis.operations.dead_letters import DeadLetterOperations
from chassis.persistence.repository import Repository
from chassis.persistence.unit_of_work import Store, UnitOfWork
from chassis.rpc.server import query
from chassis.schemas.messages import EmptyRequest, Response

LEASE_SECONDS = 5.0
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
    for name, method in vars(service).items():
        for each in getattr(method, "nameko_entrypoints", ()):
            if isinstance(each, Reaction):
                found.setdefault(each.type, []).append(f"{service.name}.{name}")
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

    def get_dependency(self, worker_ctx: Any) -> Store:
        """Inject the one store of this process."""
        return self.store


class Alive(Response):
    """That a service works."""

    service = fields.String()


class Service(DeadLetterOperations, AuditOperations):
    """What `services/*/service.py` inherits: `name` it, list its `repositories`, add what it answers and hears."""

    name: ClassVar[str]
    repositories: ClassVar[tuple[type[Repository[Any]], ...]] = ()
    store = StoreProvider()

    @classmethod
    def restored(cls, store: Store, *, taken_at: datetime) -> str | None:
        """Admit what is not known any more, once the database is that of an earlier moment; say what that was.

        Most services need nothing: what they know is in the database, and whole. What they had the
        outside do since that moment is not.
        """
        return None

    @query(EmptyRequest, answers=Alive)
    def ping(self, work: UnitOfWork, scope: Scope) -> dict[str, Any]:
        """Answer that this service works: its database is asked, too."""
        work.database.command("ping")
        return {"service": self.name}
