"""The outbox relay, the only publisher of events: it publishes what transactions have written to the outbox."""

import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import Any

import structlog
from pymongo import ASCENDING, IndexModel
from pymongo.database import Database
from pymongo.errors import PyMongoError

from chassis.domain.identity import Clock, rfc3339
from chassis.messaging.envelope import Envelope
from chassis.messaging.publisher import ConfirmedPublisher, NotConfirmed, Outgoing
from chassis.messaging.unroutable import UnroutableEvents
from chassis.observability import attributes, tracing
from chassis.observability.instrumentation import Kind
from chassis.observability.tracing import Span, child_of
from chassis.persistence.lease import Lease
from chassis.persistence.unit_of_work import OUTBOX, Document

BATCH = 500
ARCHIVE_RETENTION_SECONDS = 90 * 24 * 3600
INDEXES = (
    IndexModel(
        [("subject", ASCENDING), ("sequence", ASCENDING)],
        name="pending",
        partialFilterExpression={"published_at": None},
    ),
    IndexModel([("published_at", ASCENDING)], name="archive", expireAfterSeconds=ARCHIVE_RETENTION_SECONDS),
    IndexModel([("correlation_id", ASCENDING)], name="correlation"),
    IndexModel([("data.person_id", ASCENDING)], name="person", sparse=True),
)
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class _SentBatch:
    """A batch that is published and not yet confirmed; `last` is the delivery tag of its last message."""

    batch: Sequence[Document]
    spans: Mapping[str, Span]
    last: int


class Relay:
    """Publishes the outbox of one service while it holds the lease: at least once, in order per subject."""

    def __init__(
        self,
        *,
        service: str,
        database: Database[Document],
        lease: Lease,
        publisher: ConfirmedPublisher,
        clock: Clock,
        schema_base: str,
        sweep_seconds: float,
        kept_until_routed: Collection[str],
    ) -> None:
        """`sweep_seconds` is the longest time between two looks at the outbox when no change stream wakes the relay.

        Events of the types `kept_until_routed` stay in the outbox until a queue takes them; others may be lost then.
        """
        self._service = service
        self._outbox = database[OUTBOX]
        self._lease = lease
        self._publisher = publisher
        self._clock = clock
        self._schema_base = schema_base
        self._sweep_seconds = sweep_seconds
        self._kept_until_routed = kept_until_routed
        self._unroutable = UnroutableEvents(pause_seconds=sweep_seconds)
        self._wake = threading.Event()
        self._stopping = False

    def run(self) -> None:
        """Publish until stopped; errors of broker or database are logged, and retried at the next sweep."""
        while not self._stopping:
            self._wake.clear()
            try:
                self._publish_while_leading()
            except (NotConfirmed, PyMongoError) as error:
                _log.warning("relay_waits", service=self._service, error=str(error))
            self._wake.wait(self._sweep_seconds)
        self._release_lease()

    def watch(self) -> None:
        """Wake the relay at each insert into the outbox, by any replica, through a change stream.

        Only a wake-up: when the stream breaks, the sweep still finds everything.
        """
        inserts: list[Mapping[str, Any]] = [{"$match": {"operationType": "insert"}}, {"$project": {"_id": 1}}]
        while not self._stopping:
            try:
                with self._outbox.watch(inserts, max_await_time_ms=1000) as stream:
                    while not self._stopping:
                        if stream.try_next() is not None:
                            self._wake.set()
            except PyMongoError as error:
                _log.warning("relay_not_woken", service=self._service, error=str(error))
                self._wake.wait(self._sweep_seconds)

    def stop(self) -> None:
        """Have both loops end; what is still in the outbox is published by another replica, or later."""
        self._stopping = True
        self._wake.set()

    def _publish_while_leading(self) -> None:
        """Publish in batches; the next is made while the broker confirms, and the database marks, those before."""
        returned, previous, marking = set[str](), None, None
        with ThreadPoolExecutor(max_workers=1) as thread:  # it starts only when there is more than one batch
            for batch in self._pending_while_leading():
                sent = self._send(batch)
                if previous:
                    ids = self._confirmed(previous, returned)
                    _wait_for(marking)
                    marking = thread.submit(self._mark_published, ids)
                previous = sent
            _wait_for(marking)
            if previous:
                self._mark_published(self._confirmed(previous, returned))
        self._publisher.keep_alive()

    def _send(self, batch: list[Document]) -> "_SentBatch":
        spans = {row["_id"]: child_of(row["traceparent"]) for row in batch}
        last = self._publisher.send(self._message(row, spans[row["_id"]]) for row in batch)
        return _SentBatch(batch=batch, spans=spans, last=last)

    def _confirmed(self, sent: "_SentBatch", returned: set[str]) -> list[str]:
        """Wait for the confirms of a batch, and give the ids of its routed events; adds the others to `returned`."""
        returned |= self._publisher.confirm(sent.last)
        self._export(sent.batch, sent.spans)
        self._unroutable.note(sent.batch, returned=returned)
        return [row["_id"] for row in sent.batch if row["_id"] not in returned]

    def _pending_while_leading(self) -> Iterator[list[Document]]:
        # Not by id or time: transactions may commit in another order than they begin.
        pending = {"published_at": None, "type": {"$nin": self._unroutable.backing_off}}
        unpublished = self._outbox.find(pending, batch_size=BATCH)
        with unpublished.sort([("subject", ASCENDING), ("sequence", ASCENDING)]):
            while not self._stopping and self._lease.hold() and (batch := list(islice(unpublished, BATCH))):
                yield batch
                if len(batch) < BATCH:
                    return

    def _mark_published(self, confirmed: list[str]) -> None:
        """Mark events as published; if that fails they are published again, and the inboxes suppress the duplicates."""
        if confirmed:
            self._outbox.update_many({"_id": {"$in": confirmed}}, {"$set": {"published_at": self._clock()}})

    def _message(self, row: Document, span: Span) -> Outgoing:
        envelope = self._envelope({**row, "traceparent": span.traceparent})
        return Outgoing(
            exchange=f"{self._service}.events",
            routing_key=envelope.key,
            data=row["data"],
            headers=envelope.to_headers(),
            properties=_properties(envelope, at=row["time"]),
            mandatory=row["type"] in self._kept_until_routed,
        )

    def _envelope(self, row: Document) -> Envelope:
        return envelope_of(row, service=self._service, schema_base=self._schema_base)

    def _export(self, batch: Sequence[Document], spans: Mapping[str, Span]) -> None:
        """Export a span for each message, from its publishing to the confirm of its batch."""
        for row in batch if tracing.exporter else ():
            about = attributes.of_message("send", destination=f"{self._service}.events", **self._envelope(row).named)
            tracing.export(spans[row["_id"]], name=f"publish {row['type']}", kind=Kind.PUBLISH, attributes=about)

    def _release_lease(self) -> None:
        try:
            self._lease.release()
        except PyMongoError as error:
            _log.info("lease_runs_out", service=self._service, error=str(error))
        self._publisher.drop()


def _wait_for(marking: Future[None] | None) -> None:
    """Wait until a batch is marked as published; raises its error."""
    if marking:
        marking.result()


def envelope_of(row: Document, *, service: str, schema_base: str) -> Envelope:
    """Give the envelope of the event in an outbox row."""
    return Envelope(
        id=row["_id"],
        source=f"/services/{service}",
        type=row["type"],
        subject=row["subject"],
        time=rfc3339(row["time"]),
        sequence=row["sequence"],
        correlationid=row["correlation_id"],
        causationid=row["causation_id"],
        traceparent=row["traceparent"],
        actor=row["actor"],
        dataschema=f"{schema_base}{row['type']}.v1",
        history=row.get("entered_as_history", False),
        extensions=row["extensions"],
    )


def _properties(envelope: Envelope, *, at: Any) -> dict[str, Any]:
    return {
        "message_id": envelope.id,
        "type": envelope.type,
        "timestamp": int(at.timestamp()),
        "correlation_id": envelope.correlationid,
        "app_id": envelope.service,
    }
