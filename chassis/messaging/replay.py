"""Replays events from the outbox, which is also the archive, to one named reaction.

For operators: it uses the databases and the broker directly, whether the services run or not.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pymongo import ASCENDING
from pymongo.database import Database

from chassis.domain.identity import rfc3339
from chassis.messaging.headers import REACTION_HEADER
from chassis.messaging.inbox import inbox_key
from chassis.messaging.publisher import ConfirmedPublisher, Outgoing
from chassis.messaging.relay import envelope_of
from chassis.messaging.topology import inbox_queue
from chassis.persistence.unit_of_work import INBOX, OUTBOX, Document


@dataclass(frozen=True, kw_only=True)
class Selection:
    """Selects events of the archive: those that match every field that is given."""

    type: str | None = None
    subject: str | None = None
    since: datetime | None = None
    until: datetime | None = None

    def __str__(self) -> str:
        """Say what is selected, for people."""
        period = {"since": self.since, "until": self.until}
        said = {"type": self.type, "subject": self.subject} | {k: v and rfc3339(v) for k, v in period.items()}
        return ", ".join(f"{name} {value}" for name, value in said.items() if value) or "every event"

    def condition(self) -> Mapping[str, Any]:
        """Give the selection as a MongoDB query."""
        named = {"type": self.type, "subject": self.subject}
        period = {"$gte": self.since, "$lt": self.until}
        bounds = {name: bound for name, bound in period.items() if bound is not None}
        given = {name: value for name, value in named.items() if value is not None}
        return given | ({"time": bounds} if bounds else {})


def archived_events(database: Database[Document], selection: Selection) -> Iterator[Document]:
    """Give the selected outbox rows, by subject and in the order in which they were published."""
    order = [("subject", ASCENDING), ("sequence", ASCENDING)]
    yield from database[OUTBOX].find(selection.condition()).sort(order)


class Replay:
    """Has one reaction process events of the archive again, as if for the first time."""

    def __init__(
        self, *, reaction: str, hearer: Database[Document], publisher: ConfirmedPublisher, schema_base: str
    ) -> None:
        """`reaction` is `{service}.{deed}`, and `hearer` that service's database."""
        self._reaction = reaction
        self._inbox = hearer[INBOX]
        self._publisher = publisher
        self._schema_base = schema_base

    def replay_event(self, row: Document) -> None:
        """Delete the reaction's inbox row of this event, and publish the event again, to that reaction alone.

        Raises NotConfirmed: then replay it again; it may have been processed meanwhile.
        """
        # In this order: sent first, it could arrive before it is forgotten, and be taken for a copy.
        self._inbox.delete_one({"_id": inbox_key(self._reaction, row["_id"])})
        self._publisher.publish([self._message(row)])

    def close(self) -> None:
        """Close the connection to the broker."""
        self._publisher.drop()

    def _message(self, row: Document) -> Outgoing:
        source, hearer = row["type"].partition(".")[0], self._reaction.partition(".")[0]
        envelope = envelope_of(row, service=source, schema_base=self._schema_base)
        return Outgoing(
            exchange="",
            routing_key=inbox_queue(hearer),
            data=row["data"],
            headers={**envelope.to_headers(), REACTION_HEADER: self._reaction},
        )
