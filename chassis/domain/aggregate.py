"""The base classes of every model: aggregates, and the events they record."""

from dataclasses import Field, dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from chassis.domain.transitions import Transition

INTERNAL = {"internal": True}
"""The metadata of a member that is kept and never shown: `field(default=0, metadata=INTERNAL)`."""


PERSONAL = {"personal": True}
"""The metadata of a member that is about somebody: each query that answers with it is recorded in the audit trail."""


def is_personal(member: Field[Any]) -> bool:
    """Whether a member says something about a person."""
    return bool(member.metadata.get("personal"))


def is_internal(member: Field[Any]) -> bool:
    """Whether a member is kept and never shown."""
    return bool(member.metadata.get("internal"))


class Keywords(dict[str, Any]):
    """Keywords of JSON Schema that the type of an event's field is annotated with; such types must be hashable."""

    def __hash__(self) -> int:  # type: ignore[override]
        """Hash by content; nobody changes it."""
        return hash(tuple(sorted(self.items())))


@dataclass(frozen=True, kw_only=True)
class Event:
    """A domain event, named in the past tense; its contract is written from its class.

    The docstring says when it happens; the fields are the data that are published. Each is described by its type:
    `Annotated[int, Keywords(minimum=1), "how many there are"]` has a text, and keywords of JSON Schema. A field with a
    default was added later: earlier events lack it. Only a class with a `type` is an event, others are bases.
    """

    type: ClassVar[str]
    """`{service}.{key}`, for example `things.thing.happened`; publisher, contract and reactions all contain it."""
    audience: ClassVar[str] = "internal"
    """Who may read it; what is `internal` never leaves the platform."""


@dataclass(kw_only=True)
class Aggregate:
    """An object that enforces its own rules, is stored as one document, and records domain events."""

    lifecycle: ClassVar[tuple[Transition, ...]] = ()
    """What leads from which of its states to which; nothing for what has no states."""

    id: str
    version: int = 0
    """Number of times it was stored; 0 means never."""
    sequence: int = field(default=0, metadata=INTERNAL)
    """Number of events it has published; contiguous, so that a subscriber can detect a gap."""
    updated_at: datetime | None = None
    """When it was last stored; None means never."""
    recorded: list[Event] = field(default_factory=list, repr=False, compare=False, metadata=INTERNAL)
    """Events that are not in the outbox yet; saving the aggregate writes them."""

    def record(self, event: Event) -> None:
        """Record an event; it is written to the outbox in the transaction that saves the aggregate."""
        self.recorded.append(event)
