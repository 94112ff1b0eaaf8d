"""Traces a request through all services: events they published, reactions, dead letters, and what still waits.

Made from outboxes, inboxes, noted failures and dead letters alone: no tracing system is needed.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pymongo.database import Database

from chassis.domain.identity import rfc3339
from chassis.messaging.dead_letters import DeadLetters
from chassis.messaging.inbox import FAILURES, inbox_key
from chassis.messaging.redelivery import Redelivery
from chassis.persistence.unit_of_work import INBOX, OUTBOX

Databases = Mapping[str, Database[dict[str, Any]]]
"""The database of each service, by its name."""
PUBLISHED, REACTED, GAVE_UP, WAITS = "published", "reacted", "gave up", "waits"


@dataclass(frozen=True, kw_only=True, order=True)
class Step:
    """One consequence of a request: an event published, or a reaction that took effect, was given up, or waits."""

    at: datetime
    service: str
    kind: str
    """PUBLISHED, REACTED, GAVE_UP or WAITS."""
    what: str
    """The event's type, or the reaction."""
    id: str
    caused_by: str | None
    """The id of the step that caused it; None for what the request itself caused."""
    detail: str = ""
    about: str | None = None
    """The type of the event that a reaction is about."""

    def told(self, *, since: datetime) -> str:
        """Format the step as one line: milliseconds after `since`, service, what happened."""
        after = round((self.at - since).total_seconds() * 1000)
        return f"{after:>6} ms  {self.service:<14} {self.kind} {self.what}{self.detail}"


class Trace:
    """Follows one correlation id through the databases of all services."""

    def __init__(self, databases: Databases, *, correlation_id: str) -> None:

        self._databases = databases
        self._correlation = {"correlation_id": correlation_id}
        self._seen: set[str] = set()

    def new_steps(self) -> list[Step]:
        """Give the steps that were not given before, in order of time."""
        steps = [step for name, database in self._databases.items() for step in self._steps(name, database)]
        fresh = [step for step in steps if step.id not in self._seen]
        self._seen |= {step.id for step in fresh}
        return sorted(fresh)

    def waiting(self, reactions: Mapping[str, Collection[str]]) -> list[Step]:
        """Give each reaction to the request's events that is still to take effect: since when, and for what.

        `reactions` are those to each type of event, as `{service}.{deed}`.
        """
        redelivery = Redelivery(self._databases, reactions=reactions)
        rows = [row for database in self._databases.values() for row in database[OUTBOX].find(self._correlation)]
        unprocessed = redelivery.unprocessed(rows)
        return [
            self._waits(reaction, row)
            for row in rows
            for reaction in reactions.get(row["type"], ())
            if inbox_key(reaction, row["_id"]) in unprocessed
        ]

    def _waits(self, reaction: str, row: Mapping[str, Any]) -> Step:
        service, key = reaction.partition(".")[0], inbox_key(reaction, row["_id"])
        failure = self._databases[service][FAILURES].find_one({"_id": key})
        since, trouble = row["published_at"] or row["time"], "the service to take it"
        if failure:
            since, trouble = failure["failed_first_at"], failure["error"]
        elif not row["published_at"]:
            trouble = "its event to leave the outbox"
        return Step(at=since, service=service, kind=WAITS, what=reaction, id=f"{key} waits", caused_by=row["_id"],
                    detail=f" since {rfc3339(since)} for {trouble}", about=row["type"])  # fmt: skip

    def _steps(self, service: str, database: Database[dict[str, Any]]) -> Iterator[Step]:
        for row in database[OUTBOX].find(self._correlation):
            yield _published(service, row)
        for row in database[INBOX].find(self._correlation):
            yield _reacted(service, row)
        for row in database[DeadLetters.collection].find(self._correlation):
            yield _dead(service, row)


def _published(service: str, row: Mapping[str, Any]) -> Step:
    reaction, cause = row.get("reaction"), row["causation_id"]
    led_to_it = inbox_key(reaction, cause) if reaction else cause
    return Step(at=row["time"], service=service, kind=PUBLISHED, what=row["type"], id=row["_id"], caused_by=led_to_it)


def _reacted(service: str, row: Mapping[str, Any]) -> Step:
    detail = f" to {row['type']}"
    return Step(at=row["heard_at"], service=service, kind=REACTED, what=row["reaction"], id=row["_id"],
                caused_by=row["event_id"], detail=detail, about=row["type"])  # fmt: skip


def _dead(service: str, row: Mapping[str, Any]) -> Step:
    reason = f" after {row['attempts']} attempts: {row['error']} ({row['state']})"
    return Step(at=row["died_at"], service=service, kind=GAVE_UP, what=row["reaction"] or row["type"] or "a message",
                id=row["_id"], caused_by=row["event_id"], detail=reason, about=row["type"])  # fmt: skip


def why(steps: Iterable[Step], id: str) -> list[Step]:
    """Give the chain of causes of a step, from the first cause to the step itself."""
    known = {step.id: step for step in steps}
    chain: list[Step] = []
    step = known.get(id)
    while step is not None and step not in chain:
        chain.append(step)
        step = known.get(step.caused_by or "")
    return chain[::-1]


def consequences_of(steps: Iterable[Step], id: str | None, *, depth: int = 0) -> Iterator[tuple[int, Step]]:
    """Give all consequences of a step with their depth, each after its cause; None stands for the request."""
    steps = list(steps)
    for step in sorted(each for each in steps if each.caused_by == id):
        yield depth, step
        yield from consequences_of(steps, step.id, depth=depth + 1)
