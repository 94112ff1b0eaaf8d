"""Which process leads the relays of a service, as its lease says."""

from typing import Any

from pymongo import MongoClient
from pymongo.errors import PyMongoError

from chassis.messaging.lease import LEASES
from cli.local.supervisor import Supervisor


class Leaders:
    """Finds the leading one among the processes that a supervisor keeps running."""

    def __init__(self, *, client: MongoClient[dict[str, Any]], supervisor: Supervisor) -> None:
        """Look into the leases that `client` reaches."""
        self._client = client
        self._supervisor = supervisor

    def of(self, service: str) -> int | None:
        """Give its process id; None while there is none, or while the database is away."""
        try:
            lease = self._client[service][LEASES].find_one({"_id": "relay"}) or {}
        except PyMongoError:
            return None
        _, _, behind_the_host = (lease.get("owner") or "").partition(":")
        process = int(behind_the_host.partition(":")[0] or 0)
        return process if process in self._supervisor.pids().values() else None
