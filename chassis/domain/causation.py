"""The cause of a change, which every command, every event and all of their consequences carry."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Cause:
    """Why a change is made: the request it began with, the event that directly caused it, and the actor.

    `correlation_id` is that of the request, `causation_id` the id of the event, `reaction` the reaction to that event.
    `entered_as_history`: what happened before is put on record, and nobody is to be told of it as if it were now.
    """

    correlation_id: str
    causation_id: str | None = None
    actor: str = "platform"
    traceparent: str | None = None
    reaction: str | None = None
    entered_as_history: bool = False

    def as_data(self) -> dict[str, Any]:
        """Give it as JSON data, without `entered_as_history` where it is not: an older service knows no such member."""
        data = asdict(self)
        return data if self.entered_as_history else {name: data[name] for name in data if name != "entered_as_history"}

    def when_due(self, due_at: Any, *, stored_at: datetime | None) -> "Cause":
        """Give the cause of what a timer does about a document that this has stored, and that waited for `due_at`.

        Only what was due when it was stored is history still; what became due later happens then, and is news. So is
        what waited for no instant.
        """
        was_due = isinstance(due_at, datetime) and stored_at is not None and due_at <= stored_at
        return replace(self, entered_as_history=self.entered_as_history and was_due)
