"""Processed events: a row for each reaction to each event, written with its effect, and errors of earlier attempts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import pymongo
import structlog
from pymongo.errors import DuplicateKeyError, PyMongoError

from chassis.domain.errors import Superseded
from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import INBOX, Reading, Store, UnitOfWork

FAILURES = "failed_reactions"
"""The last error of reactions that are retried, by inbox key: of interest as long as there is no inbox row."""
NOTE_TIMEOUT_SECONDS = 1.0
_log = structlog.get_logger(__name__)


class AlreadyProcessed(Exception):
    """This reaction to this event has taken effect before: the copy has nothing left to do."""


def inbox_key(reaction: str, event_id: str | None) -> str:
    """Give the key of the row for one reaction, `{service}.{deed}`, to one event."""
    return f"{reaction}:{event_id}"


@dataclass(frozen=True, kw_only=True)
class ProcessedEvent:
    """What is remembered of an event that a reaction has processed: its type, and when it happened."""

    type: str
    time: datetime | None


def processed_event(reading: Reading, *, reaction: str | None, event_id: str | None) -> ProcessedEvent | None:
    """Give what is remembered of an event that a reaction has processed; None for none, or one forgotten by now."""
    if reaction is None:
        return None
    key = {"_id": inbox_key(reaction, event_id)}
    row = reading.collection(INBOX).find_one(key, session=reading.session)
    time = row.get("time") if row else None
    return ProcessedEvent(type=row["type"], time=datetime.fromisoformat(time) if time else None) if row else None


def process_once(store: Store, effect: Callable[[UnitOfWork], None], *, reaction: str, event: Envelope) -> None:
    """Let an event take effect in one transaction with its inbox row.

    Raises AlreadyProcessed for a copy. What `effect` finds Superseded is undone, and recorded as
    that; whatever else it raises leaves nothing behind.
    """

    cause = event.consequence(reaction=reaction)

    def step(work: UnitOfWork) -> None:
        remember(work, reaction=reaction, event=event)
        effect(work)

    try:
        store.transact(step, cause=cause)
    except Superseded as later:
        why = str(later)
        store.transact(lambda work: remember(work, reaction=reaction, event=event, superseded=why), cause=cause)
        _log.info("superseded", type=event.type, subject=event.subject, why=why)


def remember(work: UnitOfWork, *, reaction: str, event: Envelope, superseded: str | None = None) -> None:
    """Write the inbox row first, so that a second copy of the event finds it.

    Raises AlreadyProcessed when it is there. Another transaction that is writing the same row at
    this moment makes this one start again.
    """
    row = {
        "_id": inbox_key(reaction, event.id),
        "reaction": reaction,
        "event_id": event.id,
        "type": event.type,
        "time": event.time,
        "correlation_id": event.correlationid,
        "heard_at": work.now,
        "superseded": superseded,
    }
    try:
        work.collection(INBOX).insert_one(row, session=work.session)
    except DuplicateKeyError:
        raise AlreadyProcessed(row["_id"]) from None


def note_failure(store: Store, error: str, *, reaction: str, event: Envelope) -> None:
    """Keep what a reaction that is retried failed by, for whoever asks what it waits for.

    Only to be looked at: when the database does not take it, the retry goes on without.
    """
    now = store.clock()
    first = {"reaction": reaction, "event_id": event.id, "failed_first_at": now}
    last = {"failed_at": now, "error": error}
    try:
        with pymongo.timeout(NOTE_TIMEOUT_SECONDS):
            store.database[FAILURES].update_one(
                {"_id": inbox_key(reaction, event.id)}, {"$setOnInsert": first, "$set": last}, upsert=True
            )
    except PyMongoError as trouble:
        _log.warning("failure_not_noted", error=type(trouble).__name__)
