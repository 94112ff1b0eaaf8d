"""One leader among the replicas of a service, by a document that must be renewed in time."""

from typing import Any

from pymongo import ReturnDocument
from pymongo.database import Database

LEASES = "leases"
_EXPIRED = {"$expr": {"$lt": ["$until", "$$NOW"]}}


class Lease:
    """The right to do what only one replica may do at a time; times are the database's own."""

    def __init__(self, database: Database[dict[str, Any]], *, name: str, owner: str, seconds: float) -> None:
        """Compete for the lease `name` as `owner`; each hold lasts `seconds` unless renewed."""
        self._leases = database[LEASES]
        self._name = name
        self._owner = owner
        self._milliseconds = int(seconds * 1000)

    def prepare(self) -> None:
        """Create the lease, held by nobody: `$expr` may not be used in an upsert."""
        free = {"$setOnInsert": {"owner": None, "epoch": 0}, "$currentDate": {"prepared_at": True}}
        self._leases.update_one({"_id": self._name}, free, upsert=True)

    def hold(self) -> bool:
        """Take or renew the lease; False while another replica holds it."""
        mine_or_free = {"$or": [{"owner": self._owner}, {"owner": None}, _EXPIRED]}
        taken = {
            "owner": self._owner,
            "until": {"$add": ["$$NOW", self._milliseconds]},
            "epoch": {"$add": ["$epoch", {"$cond": [{"$eq": ["$owner", self._owner]}, 0, 1]}]},
        }
        held = self._leases.find_one_and_update(
            {"_id": self._name, **mine_or_free}, [{"$set": taken}], return_document=ReturnDocument.AFTER
        )
        return held is not None

    def release(self) -> None:
        """Give the lease back at once, so that another replica need not wait for it to run out."""
        self._leases.update_one({"_id": self._name, "owner": self._owner}, {"$set": {"owner": None}})
