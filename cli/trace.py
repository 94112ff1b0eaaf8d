"""The story of one request, from what the services wrote down: what they said, and who reacted."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pymongo import MongoClient
from pymongo.database import Database

from chassis.store import INBOX, OUTBOX


@dataclass(frozen=True, kw_only=True, order=True)
class Step:
    """One thing that happened because of a request."""

    at: datetime
    service: str
    deed: str
    """What was said (a type) or done (a reaction)."""
    id: str
    subject: str
    because_of: str | None
    """The event that led to it; None for what the request itself did."""

    def told(self, *, since: datetime) -> str:
        """One line for people: when, who, what."""
        after = round((self.at - since).total_seconds() * 1000)
        return f"{after:>6} ms  {self.service:<14} {self.deed}"


class Trace:
    """Follows one correlation id through the databases of all services."""

    def __init__(self, mongo_uri: str, *, services: Iterable[str], prefix: str, correlation_id: str) -> None:
        """Look into the database of each service."""
        client: MongoClient[dict[str, Any]] = MongoClient(mongo_uri, tz_aware=True)
        self._databases = {name: client[prefix + name] for name in services}
        self._correlation = {"correlation_id": correlation_id}
        self._seen: set[str] = set()

    def new_steps(self) -> list[Step]:
        """Give what has happened since the last call, in order of time."""
        steps = [step for name, database in self._databases.items() for step in self._steps(name, database)]
        fresh = [step for step in steps if step.id not in self._seen]
        self._seen |= {step.id for step in fresh}
        return sorted(fresh)

    def _steps(self, service: str, database: Database[dict[str, Any]]) -> Iterator[Step]:
        for row in database[OUTBOX].find(self._correlation):
            yield _said(service, row)
        for row in database[INBOX].find(self._correlation):
            yield _reacted(service, row)


def _said(service: str, row: Mapping[str, Any]) -> Step:
    deed = f"says {row['type']}"
    return Step(at=row["time"], service=service, deed=deed, id=row["_id"], subject=row["subject"],
                because_of=row["causation_id"])  # fmt: skip


def _reacted(service: str, row: Mapping[str, Any]) -> Step:
    _, _, deed = row["reaction"].partition(".")
    told = f"hears {row['type']} and does {deed}"
    return Step(at=row["heard_at"], service=service, deed=told, id=row["_id"], subject=row["event_id"],
                because_of=row["event_id"])  # fmt: skip
