"""What a unit of work changes: which things, from which version to which, and the names of what is new in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Document = Mapping[str, Any]
KEPT_ON_EVERY_DOCUMENT = frozenset({"_id", "version", "sequence", "updated_at", "cause", "form"})
"""What storing a thing changes by itself; nobody asked for it."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """One thing changed; `before` is 0 for one that was not there. Values are nowhere in it: they may be personal."""

    id: str
    before: int
    after: int
    fields: list[str]


@dataclass
class Changes:
    """All changes of one unit of work, found by comparing what is stored with what was read."""

    _read: dict[tuple[str, str], Document] = field(default_factory=dict)
    _changes: dict[tuple[str, str], Change] = field(default_factory=dict)

    def was_read(self, collection: str, document: Document) -> None:
        """Remember how a thing was before anything was done to it."""
        self._read.setdefault((collection, document["_id"]), document)

    def was_stored(self, collection: str, document: Document) -> None:
        """Note how a thing is now; stored twice, it is still one change."""
        key = (collection, document["_id"])
        before = self._read.get(key, {})
        names = {name for name, value in document.items() if before.get(name) != value}
        self._changes[key] = Change(
            id=document["_id"],
            before=before.get("version", 0),
            after=document["version"],
            fields=sorted(names - KEPT_ON_EVERY_DOCUMENT),
        )

    def __iter__(self) -> Any:
        return iter(self._changes.values())
