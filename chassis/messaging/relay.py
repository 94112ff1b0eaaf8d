"""The only place from which events leave: it publishes what transactions left in the outbox."""

import threading
from collections.abc import Iterator, Mapping, Sequence
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
from chassis.messaging.lease import Lease
from chassis.messaging.publisher import ConfirmedPublisher, NotConfirmed, Outgoing
from chassis.messaging.unroutable import UnroutableEvents
from chassis.observability import attributes, tracing
from chassis.observability.instrumentation import Kind
from chassis.observability.tracing import Span, child_of
from chassis.persistence.unit_of_work import OUTBOX, Document

BATCH = 500
ARCHIVE_SECONDS = 90 * 24 * 3600
INDEXES = (
    IndexModel(
        [("subject", ASCENDING), ("sequence", ASCENDING)],
        name="pending",
        partialFilterExpression={"published_at": None},
    ),
    IndexModel([("published_at", ASCENDING)], name="archive", expireAfterSeconds=ARCHIVE_SECONDS),
    IndexModel([("correlation_id", ASCENDING)], name="correlation"),
)
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class _Sent:
    """A batch that is on its way; `last` is the tag of its last message."""

    batch: Sequence[Document]
    hops: Mapping[str, Span]
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
    ) -> None:
        """`sweep_seconds` is how long an event can wait when nothing woke the relay."""
        self._service = service
        self._outbox = database[OUTBOX]
        self._lease = lease
        self._publisher = publisher
        self._clock = clock
        self._schema_base = schema_base
        self._sweep_seconds = sweep_seconds
        self._unheard = UnroutableEvents(pause_seconds=sweep_seconds)
        self._wake = threading.Event()
        self._stopping = False

    def run(self) -> None:
        """Publish until stopped; trouble with broker or database is logged and tried again."""
        while not self._stopping:
            self._wake.clear()
            try:
                self._publish_all_if_leading()
            except (NotConfirmed, PyMongoError) as error:
                _log.warning("relay_waits", service=self._service, error=str(error))
            self._wake.wait(self._sweep_seconds)
        self._give_up_leading()

    def watch(self) -> None:
        """Wake the relay at each insert into the outbox, whichever replica wrote it.

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
        """Ask both loops to end; what is still in the outbox is published by another replica or later."""
        self._stopping = True
        self._wake.set()

    def _publish_all_if_leading(self) -> None:
        """Publish batch by batch; the next is made while the broker, and the database, are busy with those before."""
        returned, before, noted = set[str](), None, None
        with ThreadPoolExecutor(max_workers=1) as beside:  # a thread begins only when there is more than one batch
            for batch in self._pending_while_leading():
                sent = self._send(batch)
                if before:
                    ids = self._confirmed(before, returned)
                    _raise_of(noted)
                    noted = beside.submit(self._note, ids)
                before = sent
            _raise_of(noted)
            if before:
                self._note(self._confirmed(before, returned))
        self._publisher.keep_alive()

    def _send(self, batch: list[Document]) -> "_Sent":
        hops = {row["_id"]: child_of(row["traceparent"]) for row in batch}
        last = self._publisher.send(self._message(row, hops[row["_id"]]) for row in batch)
        return _Sent(batch=batch, hops=hops, last=last)

    def _confirmed(self, sent: "_Sent", returned: set[str]) -> list[str]:
        """Wait for the confirms of a batch, and give the ids of what was heard; adds to `returned` what was not."""
        returned |= self._publisher.confirm(sent.last)
        self._export(sent.batch, sent.hops)
        self._unheard.note(sent.batch, returned=returned)
        return [row["_id"] for row in sent.batch if row["_id"] not in returned]

    def _pending_while_leading(self) -> Iterator[list[Document]]:
        # Never by id or time: transactions commit in another order than they begin.
        pending = {"published_at": None, "type": {"$nin": self._unheard.resting}}
        unpublished = self._outbox.find(pending, batch_size=BATCH)
        with unpublished.sort([("subject", ASCENDING), ("sequence", ASCENDING)]):
            while not self._stopping and self._lease.hold() and (batch := list(islice(unpublished, BATCH))):
                yield batch
                if len(batch) < BATCH:
                    return

    def _note(self, confirmed: list[str]) -> None:
        """Note as published; a note that is lost costs a copy, which its hearers know."""
        if confirmed:
            self._outbox.update_many({"_id": {"$in": confirmed}}, {"$set": {"published_at": self._clock()}})

    def _message(self, row: Document, hop: Span) -> Outgoing:
        envelope = self._envelope({**row, "traceparent": hop.traceparent})
        return Outgoing(
            exchange=f"{self._service}.events",
            routing_key=envelope.key,
            data=row["data"],
            headers=envelope.to_headers(),
            properties=_mirrored(envelope, at=row["time"]),
            mandatory=row.get("heard", False),  # rows of an older version do not say
        )

    def _envelope(self, row: Document) -> Envelope:
        return envelope_of(row, service=self._service, schema_base=self._schema_base)

    def _export(self, batch: Sequence[Document], hops: Mapping[str, Span]) -> None:
        """Tell of each message from its sending to the confirm of its batch."""
        for row in batch if tracing.exporter else ():
            said = attributes.of_message("send", destination=f"{self._service}.events", **self._envelope(row).named)
            tracing.export(hops[row["_id"]], name=f"publish {row['type']}", kind=Kind.PUBLISH, says=said)

    def _give_up_leading(self) -> None:
        try:
            self._lease.release()
        except PyMongoError as error:
            _log.info("lease_runs_out", service=self._service, error=str(error))
        self._publisher.drop()


def _raise_of(noted: Future[None] | None) -> None:
    """Wait until a batch is noted; raises what went wrong."""
    if noted:
        noted.result()


def envelope_of(row: Document, *, service: str, schema_base: str) -> Envelope:
    """Give the attributes of the event that an outbox row holds."""
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
        extensions=row["extensions"],
    )


def _mirrored(envelope: Envelope, *, at: Any) -> dict[str, Any]:
    return {
        "message_id": envelope.id,
        "type": envelope.type,
        "timestamp": int(at.timestamp()),
        "correlation_id": envelope.correlationid,
        "app_id": envelope.service,
    }
