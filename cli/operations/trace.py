"""The story of one request, from what the services wrote down: what they said, and who reacted.

Told from outbox, inbox and dead letters alone: no tracing system needs to have been there.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pymongo.database import Database

from chassis.messaging.dead_letters import DeadLetters
from chassis.messaging.inbox import inbox_key
from chassis.persistence.unit_of_work import INBOX, OUTBOX

Databases = Mapping[str, Database[dict[str, Any]]]
"""The database of each service, by its name."""


@dataclass(frozen=True, kw_only=True, order=True)
class Step:
    """One thing that happened because of a request: an event was said, a reaction took effect, or it was given up."""

    at: datetime
    service: str
    kind: str
    """`says`, `does` or `gave up`."""
    what: str
    """The event's type, or the reaction."""
    id: str
    because_of: str | None
    """The id of the step that led to it; None for what the request itself did."""
    detail: str = ""

    def told(self, *, since: datetime) -> str:
        """One line for people: when, who, what."""
        after = round((self.at - since).total_seconds() * 1000)
        return f"{after:>6} ms  {self.service:<14} {self.kind} {self.what}{self.detail}"


class Trace:
    """Follows one correlation id through the databases of all services."""

    def __init__(self, databases: Databases, *, correlation_id: str) -> None:
        """Look into the database of each service."""
        self._databases = databases
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
        for row in database[DeadLetters.collection].find(self._correlation):
            yield _given_up(service, row)


def _said(service: str, row: Mapping[str, Any]) -> Step:
    reaction, cause = row.get("reaction"), row["causation_id"]
    led_to_it = inbox_key(reaction, cause) if reaction else cause
    return Step(at=row["time"], service=service, kind="says", what=row["type"], id=row["_id"], because_of=led_to_it)


def _reacted(service: str, row: Mapping[str, Any]) -> Step:
    heard = f", having heard {row['type']}"
    return Step(at=row["heard_at"], service=service, kind="does", what=row["reaction"], id=row["_id"],
                because_of=row["event_id"], detail=heard)  # fmt: skip


def _given_up(service: str, row: Mapping[str, Any]) -> Step:
    reason = f" after {row['attempts']} attempts: {row['error']} ({row['state']})"
    return Step(at=row["died_at"], service=service, kind="gave up", what=row["reaction"] or row["type"] or "a message",
                id=row["_id"], because_of=row["event_id"], detail=reason)  # fmt: skip


def why(steps: Iterable[Step], id: str) -> list[Step]:
    """Give what led to a step, from the beginning down to the step itself."""
    known = {step.id: step for step in steps}
    chain: list[Step] = []
    step = known.get(id)
    while step is not None and step not in chain:
        chain.append(step)
        step = known.get(step.because_of or "")
    return chain[::-1]


def what_came_of(steps: Iterable[Step], id: str | None, *, depth: int = 0) -> Iterator[tuple[int, Step]]:
    """Give everything a step led to, each with its depth, causes before consequences; None is the request itself."""
    steps = list(steps)
    for step in sorted(each for each in steps if each.because_of == id):
        yield depth, step
        yield from what_came_of(steps, step.id, depth=depth + 1)
