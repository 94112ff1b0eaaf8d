"""Dead letters: messages that a service could not process, kept with the error until they are replayed or discarded."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from pymongo import ASCENDING, IndexModel

from chassis.domain.aggregate import PERSONAL, Aggregate
from chassis.domain.capabilities import masked
from chassis.domain.errors import Conflict
from chassis.domain.scope import PLATFORM
from chassis.messaging.envelope import HEADER_PREFIX
from chassis.messaging.headers import REACTION_HEADER, attempts_of, attributes_of, text_of
from chassis.messaging.inbox import inbox_key
from chassis.persistence.repository import Repository
from chassis.persistence.unit_of_work import UnitOfWork

SETTLED_RETENTION_SECONDS = 30 * 24 * 3600
LONGEST_BODY = 1_000_000
"""Characters that are kept of a body that cannot be read: the rest of a longer one is lost."""


class DeadLetterState(StrEnum):
    """Whether it is settled; `replaying` until the broker has confirmed that it is in the inbox again."""

    OPEN = "open"
    REPLAYING = "replaying"
    REPLAYED = "replayed"
    DISCARDED = "discarded"


class AlreadySettled(Conflict):
    """This dead letter has been replayed or discarded already."""


class NotReadable(Conflict):
    """A message that cannot be read cannot be replayed: discard it, with a reason."""


@dataclass(kw_only=True)
class DeadLetter(Aggregate):
    """One message that one reaction, or the whole service, could not process."""

    key: str
    """The same for copies of the same failure."""
    reaction: str | None
    event_id: str | None
    type: str | None
    subject: str | None
    correlation_id: str | None
    headers: dict[str, Any]
    data: Any = field(metadata=PERSONAL)
    """The decoded body; None when it could not be decoded."""
    unreadable: str | None = field(metadata=PERSONAL)
    """The raw body, when it could not be decoded."""
    error: str
    attempts: int
    origin: str
    died_at: datetime
    state: DeadLetterState = DeadLetterState.OPEN
    settled_by: str | None = None
    settled_at: datetime | None = None
    reason: str | None = None

    @property
    def shown(self) -> "DeadLetter":
        """It as it may be shown: without what authorises whoever reads it."""
        told = {name: masked(getattr(self, name)) for name in ("headers", "data", "unreadable", "error", "subject")}
        return replace(self, **told)

    def replay(self, *, by: str) -> None:
        """Have its reaction process it again; raises AlreadySettled and NotReadable."""
        if self.unreadable is not None:
            raise NotReadable(f"dead letter {self.id} cannot be read: discard it")
        self._settle(DeadLetterState.REPLAYING, by=by, at=None, reason=None)

    def replayed(self, *, at: datetime) -> None:
        """Note that the broker has confirmed the replayed message."""
        self.state, self.settled_at = DeadLetterState.REPLAYED, at

    def discard(self, *, by: str, at: datetime, reason: str) -> None:
        """Discard it for good, with a reason; raises AlreadySettled."""
        self._settle(DeadLetterState.DISCARDED, by=by, at=at, reason=reason)

    def _settle(self, state: DeadLetterState, *, by: str, at: datetime | None, reason: str | None) -> None:
        if self.state is not DeadLetterState.OPEN:
            raise AlreadySettled(f"dead letter {self.id} is {self.state} by {self.settled_by}")
        self.state, self.settled_by, self.settled_at, self.reason = state, by, at, reason


class DeadLetters(Repository[DeadLetter]):
    """The dead letters of one service, visible to callers who see every organisation."""

    collection = "dead_letters"
    aggregate = DeadLetter
    owner_field = "organisation"  # a field that none has: callers of one organisation see none
    indexes = (
        IndexModel([("key", ASCENDING)], unique=True, partialFilterExpression={"state": "open"}, name="one_open"),
        IndexModel([("state", ASCENDING), ("_id", ASCENDING)]),
        IndexModel([("settled_at", ASCENDING)], expireAfterSeconds=SETTLED_RETENTION_SECONDS),
    )

    def keep(self, dead: DeadLetter) -> None:
        """Store it, unless a copy of it is open already."""
        if self.first({"key": dead.key, "state": DeadLetterState.OPEN}, scope=PLATFORM) is None:
            self.save(dead)


def dead_letter(
    work: UnitOfWork,
    *,
    body: bytes | str,
    data: Any,
    readable: bool,
    headers: Mapping[str, Any],
    origin: str,
    error: str,
) -> DeadLetter:
    """Make a dead letter of a message from the dead-letter queue."""
    text = body if isinstance(body, str) else body.decode(errors="replace")
    attributes = attributes_of(headers)
    attribute = {name.removeprefix(HEADER_PREFIX): value for name, value in attributes.items()}
    reaction, event_id = text_of(headers.get(REACTION_HEADER)), attribute.get("id")
    return DeadLetter(
        id=work.new_id("ded"),
        key=inbox_key(reaction or "*", event_id) if readable and event_id else _hash(text),
        reaction=reaction,
        event_id=event_id,
        type=attribute.get("type"),
        subject=attribute.get("subject"),
        correlation_id=attribute.get("correlationid"),
        headers=attributes,
        data=data if readable else None,
        unreadable=None if readable else text_of(text, longest=LONGEST_BODY) or "",
        error=error,
        attempts=attempts_of(headers),
        origin=origin,
        died_at=work.now,
    )


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()
