"""Work that is waiting: each piece is claimed by one process, and by another if that one dies."""

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

MOST_AT_ONCE = 10
"""Few enough to be done, even by a slow machine, while a process that was asked to stop is waited for."""
_log = structlog.get_logger(__name__)
_FREE = {"$or": [{"claim": None}, {"$expr": {"$lt": ["$claim.until", "$$NOW"]}}]}


@dataclass(frozen=True, kw_only=True)
class Claimed:
    """One piece of work that is ours until the lease is over, and why it was stored as it is."""

    id: str
    cause: Cause


class Claims:
    """Claims on the aggregates of one collection, with a lease by the database's own clock.

    The claim is a member of the document that no aggregate knows; storing one leaves it alone.
    """

    def __init__(self, store: Store, *, collection: str, owner: str, lease_seconds: float) -> None:
        """`owner` names this process; a claim lapses after `lease_seconds`."""
        self._service = store.service
        self._documents = store.database[collection]
        self._owner = owner
        self._lease_milliseconds = int(lease_seconds * 1000)

    def next(self, ready: Mapping[str, Any], *, sort: str = "_id") -> Claimed | None:
        """Claim the first document that is ready and free, by `sort`."""
        until = {"$add": ["$$NOW", self._lease_milliseconds]}
        found: Document | None = self._documents.find_one_and_update(
            {"$and": [dict(ready), _FREE]},
            [{"$set": {"claim": {"by": self._owner, "until": until}}}],
            sort=[(sort, 1)],
            projection={"cause": 1},
            return_document=ReturnDocument.AFTER,
        )
        return Claimed(id=found["_id"], cause=from_document(found["cause"], Cause)) if found else None

    def release(self, claimed: Claimed) -> None:
        """Give the piece free at once, so that nobody need wait for the lease to run out."""
        self._documents.update_one({"_id": claimed.id, "claim.by": self._owner}, {"$set": {"claim": None}})

    def work_off(
        self, ready: Callable[[], Mapping[str, Any]], do: Callable[[Claimed], bool], *, sort: str = "_id"
    ) -> None:
        """Claim and do one after another until nothing is ready or `do` says, by False, that it is no use going on.

        `do` must take what it did out of `ready`; a piece on which it breaks is claimed again
        when its lease is over, and holds up no other. A database that is away ends the loop,
        and so do ten pieces: the next poke goes on, and a process that was asked to stop can.
        """
        for _ in range(MOST_AT_ONCE):
            claimed = self.next(ready(), sort=sort)
            if claimed is None:
                return
            if not self._done(claimed, do):
                return

    def _done(self, claimed: Claimed, do: Callable[[Claimed], bool]) -> bool:
        """Do one piece, and say whether it is of use to go on."""
        try:
            go_on = self._watched(claimed, do)
        except PyMongoError:
            raise
        except Exception:
            _log.exception("work_broke", id=claimed.id, correlation_id=claimed.cause.correlation_id)
            return True
        self.release(claimed)
        return go_on

    def _watched(self, claimed: Claimed, do: Callable[[Claimed], bool]) -> bool:
        entrypoint, above = f"{self._service}.{self._documents.name}", claimed.cause.traceparent
        with instrumented(service=self._service, entrypoint=entrypoint, kind=Kind.CLAIM, traceparent=above) as work:
            return do(replace(claimed, cause=replace(claimed.cause, traceparent=work.hop.traceparent)))
