"""Tracks which aggregates a unit of work changed: versions and the names of changed fields."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Document = Mapping[str, Any]
BOOKKEEPING_FIELDS = frozenset({"_id", "version", "sequence", "updated_at", "cause", "document_version"})
"""Fields that are written by storing an aggregate, whatever the caller changed."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """One changed aggregate; `before` is 0 for a new one. It holds no values, which may be personal data."""

    id: str
    before: int
    after: int
    fields: list[str]


@dataclass
class Changes:
    """All changes of one unit of work, found by comparing each stored document with the one that was read."""

    _read: dict[tuple[str, str], Document] = field(default_factory=dict)
    _changes: dict[tuple[str, str], Change] = field(default_factory=dict)

    def was_read(self, collection: str, document: Document) -> None:
        """Remember a document as it was first read."""
        self._read.setdefault((collection, document["_id"]), document)

    def was_stored(self, collection: str, document: Document) -> None:
        """Compare a stored document with the one that was read; stored twice, it is still one change."""
        key = (collection, document["_id"])
        before = self._read.get(key, {})
        names = {name for name, value in document.items() if before.get(name) != value}
        self._changes[key] = Change(
            id=document["_id"],
            before=before.get("version", 0),
            after=document["version"],
            fields=sorted(names - BOOKKEEPING_FIELDS),
        )

    def __iter__(self) -> Any:
        return iter(self._changes.values())
