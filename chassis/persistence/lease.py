"""Leader election among the replicas of a service, by a document that the leader must renew in time."""

from typing import Any

from pymongo.database import Database

LEASES = "leases"
_EXPIRED = {"$expr": {"$lt": ["$until", "$$NOW"]}}


class Lease:
    """The right to do what only one replica may do at a time; times are those of the database's clock."""

    def __init__(self, database: Database[dict[str, Any]], *, name: str, owner: str, seconds: float) -> None:
        """Compete for the lease `name` as `owner`; it expires `seconds` after it was last renewed."""
        self._leases = database[LEASES]
        self._name = name
        self._owner = owner
        self._milliseconds = int(seconds * 1000)

    def prepare(self) -> None:
        """Create the lease without an owner, unless it exists: `$expr` may not be used in an upsert."""
        self._leases.update_one({"_id": self._name}, {"$setOnInsert": {"owner": None}}, upsert=True)

    def hold(self) -> bool:
        """Take or renew the lease; False while another replica holds it."""
        mine_or_free = {"$or": [{"owner": self._owner}, {"owner": None}, _EXPIRED]}
        taken = {"owner": self._owner, "until": {"$add": ["$$NOW", self._milliseconds]}}
        held = self._leases.find_one_and_update({"_id": self._name, **mine_or_free}, [{"$set": taken}])
        return held is not None

    def release(self) -> None:
        """Give the lease back at once, so that another replica need not wait until it expires."""
        self._leases.update_one({"_id": self._name, "owner": self._owner}, {"$set": {"owner": None}})
