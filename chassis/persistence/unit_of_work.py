"""A unit of work: what is stored, published and remembered together, in one MongoDB transaction."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, TypeVar

import pymongo
from pymongo.client_session import ClientSession
from pymongo.collection import Collection
from pymongo.database import Database
from pymongo.read_concern import ReadConcern
from pymongo.write_concern import WriteConcern

from chassis.domain.aggregate import Aggregate, Event
from chassis.domain.causation import Cause
from chassis.domain.identity import Clock, NewId
from chassis.persistence.changes import Changes
from chassis.persistence.documents import to_public

T = TypeVar("T")
Document = dict[str, Any]
OUTBOX, INBOX, COMMANDS = "outbox", "inbox", "commands"
RESTORING = "restoring"
"""While it is there, a backup is being put back: no service starts on half of what was."""
TRANSACTION_LIMIT_SECONDS = 5.0


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What is read, outside any transaction, at one instant `now`, because of `cause`."""

    service: str
    database: Database[Document]
    cause: Cause
    now: datetime
    session: ClientSession | None = None

    def collection(self, name: str) -> Collection[Document]:
        """Give a collection of this service; pass `session` to every call on it."""
        return self.database[name]


@dataclass(frozen=True, kw_only=True)
class UnitOfWork(Reading):
    """One transaction under way: what it reads, stores and publishes happens together or not at all.

    `now` is the one instant at which all of it happens; `cause` goes into every event.
    """

    new_id: NewId
    envelope_fields: Mapping[str, str]
    """Envelope attribute → the field of an event's data it is taken from."""
    changes: Changes = field(default_factory=Changes)
    """What it has changed so far."""

    def append_events(self, aggregate: Aggregate) -> None:
        """Write what the aggregate recorded to the outbox, numbered on in its own sequence."""
        rows = [self._outbox_row(aggregate, event) for event in aggregate.recorded]
        aggregate.recorded.clear()
        if rows:
            self.collection(OUTBOX).insert_many(rows, session=self.session)

    def _outbox_row(self, aggregate: Aggregate, event: Event) -> Document:
        aggregate.sequence += 1
        data = to_public(event)
        return {
            "_id": self.new_id("evt"),
            "type": event.type,
            "subject": aggregate.id,
            "sequence": aggregate.sequence,
            "time": self.now,
            "data": data,
            **asdict(self.cause),
            "extensions": {name: data[field] for name, field in self.envelope_fields.items() if data.get(field)},
            "published_at": None,
        }


class Store:
    """One service's database, and the only way to change it."""

    def __init__(
        self,
        *,
        service: str,
        database: Database[Document],
        clock: Clock,
        new_id: NewId,
        envelope_fields: Mapping[str, str],
    ) -> None:
        """`database` must belong to a replica set: without one MongoDB has no transactions."""
        self.service = service
        self.database = database
        self.clock = clock
        self._new_id = new_id
        self._envelope_fields = envelope_fields

    def transact(self, step: Callable[[UnitOfWork], T], *, cause: Cause) -> T:
        """Do `step` in one transaction, again when another one got in between.

        `step` must have no effect outside the work it is given. Whatever it raises undoes all
        of it. Raises pymongo's errors when the database does not answer in time.
        """
        with pymongo.timeout(TRANSACTION_LIMIT_SECONDS), self.database.client.start_session() as session:
            return session.with_transaction(
                lambda opened: step(self._work(opened, cause)),
                read_concern=ReadConcern("snapshot"),
                write_concern=WriteConcern("majority"),
            )

    def insert(self, step: Callable[[UnitOfWork], T], *, cause: Cause) -> T:
        """Do `step`, which inserts one document and no more: for that no transaction is needed.

        Raises pymongo's errors when the database does not answer in time.
        """
        with pymongo.timeout(TRANSACTION_LIMIT_SECONDS):
            return step(self._work(None, cause))

    def reading(self, *, cause: Cause) -> Reading:
        """Give what only reads, outside any transaction."""
        return Reading(service=self.service, database=self.database, cause=cause, now=self.clock())

    def _work(self, session: ClientSession | None, cause: Cause) -> UnitOfWork:
        return UnitOfWork(
            service=self.service,
            database=self.database,
            session=session,
            cause=cause,
            now=self.clock(),
            new_id=self._new_id,
            envelope_fields=self._envelope_fields,
        )
