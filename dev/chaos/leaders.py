"""Finds the process that leads a service's relay, by its lease."""

from typing import Any

from pymongo import MongoClient
from pymongo.errors import PyMongoError

from chassis.persistence.lease import LEASES
from cli.local.supervisor import Supervisor


class Leaders:
    """Finds the leading process among those of a supervisor."""

    def __init__(self, *, client: MongoClient[dict[str, Any]], supervisor: Supervisor) -> None:
        """Read the leases through `client`."""
        self._client = client
        self._supervisor = supervisor

    def of(self, service: str) -> int | None:
        """Give the leader's process id; None while there is none, or while the database is away."""
        try:
            lease = self._client[service][LEASES].find_one({"_id": "relay"}) or {}
        except PyMongoError:
            return None
        _, _, after_host = (lease.get("owner") or "").partition(":")
        process = int(after_host.partition(":")[0] or 0)
        return process if process in self._supervisor.pids().values() else None
