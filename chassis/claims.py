"""Work that is waiting: each piece is claimed by one process, and by another if that one dies."""

from collections.abc import Callable, Mapping
from typing import Any

from pymongo import ReturnDocument

from chassis.store import Document, Store

_FREE = {"$or": [{"claim": None}, {"$expr": {"$lt": ["$claim.until", "$$NOW"]}}]}


class Claims:
    """Claims on the documents of one collection, with a lease by the database's own clock."""

    def __init__(self, store: Store, *, collection: str, owner: str, lease_seconds: float) -> None:
        """`owner` names this process; a claim lapses after `lease_seconds`."""
        self._documents = store.database[collection]
        self._claim = {"by": owner, "until": {"$add": ["$$NOW", int(lease_seconds * 1000)]}}

    def next(self, ready: Mapping[str, Any], *, sort: str = "_id") -> str | None:
        """Claim the first document that is ready and free, by `sort`, and give its id."""
        claimed: Document | None = self._documents.find_one_and_update(
            {"$and": [dict(ready), _FREE]},
            [{"$set": {"claim": self._claim}}],
            sort=[(sort, 1)],
            projection={"_id": 1},
            return_document=ReturnDocument.AFTER,
        )
        return claimed and claimed["_id"]

    def work_off(self, ready: Callable[[], Mapping[str, Any]], do: Callable[[str], None]) -> int:
        """Claim and do one after another until nothing is ready; gives how many were done.

        `do` must take what it did out of `ready`; what it raises ends the loop, and the piece
        is claimed again when its lease is over.
        """
        done = 0
        while (id := self.next(ready())) is not None:
            do(id)
            done += 1
        return done
