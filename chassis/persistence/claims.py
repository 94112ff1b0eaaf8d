"""Claims on waiting documents: each is processed by one process, and by another when that one dies."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import structlog
from pymongo import ReturnDocument
from pymongo.errors import PyMongoError

from chassis.domain.causation import Cause
from chassis.observability.instrumentation import Kind, instrumented
from chassis.persistence.documents import from_document
from chassis.persistence.unit_of_work import Document, Store

MAX_PER_TICK = 10
"""Documents per timer tick: an upper bound, so that other loops have their turn."""
_log = structlog.get_logger(__name__)
_ends = threading.Event()
_FREE = {"$or": [{"claim": None}, {"$expr": {"$lt": ["$claim.until", "$$NOW"]}}]}


def claim_no_more() -> None:
    """Have every loop of this process end with the document that it is at, for the process is about to end."""
    _ends.set()


@dataclass(frozen=True, kw_only=True)
class Claimed:
    """One document that this process may process until the claim expires, and what causes that.

    It is the cause of the last change, as `Cause.when_due` has it.
    """

    id: str
    cause: Cause


class Claims:
    """Claims on the aggregates of one collection, which expire by the database's clock.

    The claim is a field of the document that aggregates do not have; saving an aggregate does not change it.
    """

    def __init__(self, store: Store, *, collection: str, owner: str, lease_seconds: float) -> None:
        """`owner` names this process; a claim expires after `lease_seconds`."""
        self._service = store.service
        self._documents = store.database[collection]
        self._owner = owner
        self._lease_milliseconds = int(lease_seconds * 1000)

    def next(self, ready: Mapping[str, Any], *, sort: str = "_id") -> Claimed | None:
        """Claim the first document, by `sort`, that matches `ready` and is not claimed; None if there is none.

        `sort` is the member with the instant that it waited for, where it waited for one.
        """
        until = {"$add": ["$$NOW", self._lease_milliseconds]}
        found: Document | None = self._documents.find_one_and_update(
            {"$and": [dict(ready), _FREE]},
            [{"$set": {"claim": {"by": self._owner, "until": until}}}],
            sort=[(sort, 1)],
            projection={"cause": 1, "updated_at": 1, sort: 1},
            return_document=ReturnDocument.AFTER,
        )
        return Claimed(id=found["_id"], cause=_cause_of(found, due_at=found.get(sort))) if found else None

    def prolong(self, claimed: Claimed, *, seconds: float) -> None:
        """Keep a claim, if it is still this process's, so long from now on: what comes next may take longer."""
        until = {"$add": ["$$NOW", int(seconds * 1000)]}
        self._documents.update_one({"_id": claimed.id, "claim.by": self._owner}, [{"$set": {"claim.until": until}}])

    def release(self, claimed: Claimed) -> None:
        """Release a claim at once, so that no process need wait until it expires."""
        self._documents.update_one({"_id": claimed.id, "claim.by": self._owner}, {"$set": {"claim": None}})

    def process_ready(
        self, ready: Callable[[], Mapping[str, Any]], do: Callable[[Claimed], bool], *, sort: str = "_id"
    ) -> None:
        """Claim and process one document after another until none is ready, `do` returns False, or the process ends.

        `do` must change the document so that it no longer matches `ready`. A document on which `do` raises is
        claimed again when its claim expires, and does not block the others. At most MAX_PER_TICK documents are
        processed in one call; an error of the database is raised.
        """
        for _ in range(MAX_PER_TICK):
            claimed = None if _ends.is_set() else self.next(ready(), sort=sort)
            if claimed is None:
                return
            if not self._process(claimed, do):
                return

    def _process(self, claimed: Claimed, do: Callable[[Claimed], bool]) -> bool:
        """Process one document, and give False when `process_ready` should return."""
        try:
            proceed = self._instrumented(claimed, do)
        except PyMongoError:
            raise
        except Exception:
            _log.exception("claimed_work_failed", id=claimed.id, correlation_id=claimed.cause.correlation_id)
            return True
        self.release(claimed)
        return proceed

    def _instrumented(self, claimed: Claimed, do: Callable[[Claimed], bool]) -> bool:
        entrypoint, parent = f"{self._service}.{self._documents.name}", claimed.cause.traceparent
        with instrumented(service=self._service, entrypoint=entrypoint, kind=Kind.CLAIM, traceparent=parent) as work:
            return do(replace(claimed, cause=replace(claimed.cause, traceparent=work.span.traceparent)))


def _cause_of(document: Document, *, due_at: Any) -> Cause:
    cause = from_document(document["cause"], Cause)
    return cause.when_due(due_at, stored_at=document.get("updated_at"))
