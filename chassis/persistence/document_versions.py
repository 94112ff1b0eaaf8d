"""Versions of a collection's document schema, by expand and contract, so that rolling upgrades are possible.

The release that *expands* reads documents of both versions and writes the fields of both, so that older processes can
run beside it; a migration upgrades the other documents. A later release *contracts*: it writes the new fields only, and
a migration removes the old ones. `document_version.version` in a document is the aggregate's version when the document
was last written in the new schema: if an older process has saved it since, it is upgraded again when it is read.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Document = dict[str, Any]
Fields = Callable[[Mapping[str, Any]], Document]


@dataclass(frozen=True, kw_only=True)
class DocumentVersion:
    """One change of the schema of a collection's documents, with a number higher than the one before."""

    number: int
    meaning: str
    """What changes, in a sentence for operators."""
    upgrade: Fields
    """Computes the new fields from a document with the old ones."""
    downgrade: Fields | None
    """Computes the old fields from a document with the new ones; None in the release that contracts."""
    removed: tuple[str, ...] = ()
    """The old fields, which the release that contracts removes."""

    def read(self, document: Document) -> Document:
        """Give a stored document with the new fields."""
        return document if self._is_current(document) else {**document, **self.upgrade(document)}

    def written(self, document: Document) -> Document:
        """Give a document to be stored: with the old fields as well, as long as older processes may run."""
        downgrade = self.downgrade(document) if self.downgrade else {}
        return {**document, **downgrade, "document_version": {"number": self.number, "version": document["version"]}}

    def migration(self, document: Document) -> Document:
        """Give the MongoDB update that migrates a stored document; the aggregate's version stays."""
        mark = {"number": self.number, "version": document["version"]}
        members = {} if self._is_current(document) else self.upgrade(document)
        update: Document = {"$set": {**members, "document_version": mark}}
        return update | ({"$unset": dict.fromkeys(self.removed, "")} if self.removed else {})

    @property
    def pending(self) -> Mapping[str, Any]:
        """The query for documents that are not migrated yet."""
        other = [
            {"document_version.number": {"$ne": self.number}},
            {"$expr": {"$ne": ["$document_version.version", "$version"]}},
        ]
        return {"$or": [*other, *({member: {"$exists": True}} for member in self.removed)]}

    def _is_current(self, document: Document) -> bool:
        return bool(document.get("document_version") == {"number": self.number, "version": document["version"]})
