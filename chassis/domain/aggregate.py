"""What a model is made of: aggregates that record events."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened, in the past tense; the fields are the data that leave the service."""

    type: ClassVar[str]
    """`{service}.{key}`, for example `things.thing.happened`: the one string to search for."""
    heard: ClassVar[bool] = True
    """Whether somebody must hear it, as its contract says: then it waits until there is a queue that takes it."""


@dataclass(kw_only=True)
class Aggregate:
    """A thing that keeps its own rules and records what happened to it."""

    id: str
    version: int = 0
    """Number of times it was stored; 0 means never."""
    sequence: int = 0
    """Number of events it has said; contiguous, so a hearer can see a gap."""
    updated_at: datetime | None = None
    """When it was last stored; None means never."""
    recorded: list[Event] = field(default_factory=list, repr=False, compare=False)
    """Events not yet written; the unit of work takes them when it stores the aggregate."""

    def record(self, event: Event) -> None:
        """Remember that this happened; it is written in the transaction that stores the aggregate."""
        self.recorded.append(event)
