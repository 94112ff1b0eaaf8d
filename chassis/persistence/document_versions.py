"""A new form of a collection's documents, while versions that know only the old one still read and write them.

A release *expands*: it reads both forms and writes both, so that older processes go on beside it; a migration renews
the documents that nobody writes. A later release *contracts*: it writes the new form alone, and a migration takes the
old members away. Which form a document has shows in it: `form.version` is the version that was stored in the new form,
so a version stored later by an older process is seen, and renewed when it is read.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Document = dict[str, Any]
Members = Callable[[Mapping[str, Any]], Document]


@dataclass(frozen=True, kw_only=True)
class DocumentVersion:
    """How the documents of one collection change, a number higher each time."""

    number: int
    meaning: str
    """What changes, in a sentence for those who migrate."""
    renew: Members
    """The new members, made from a document with the old ones."""
    formerly: Members | None
    """The old members, made from a document with the new ones; None in the release that contracts."""
    gone: tuple[str, ...] = ()
    """The old members, to be taken away when it contracts."""

    def read(self, document: Document) -> Document:
        """Give a document in the new form, whoever stored it."""
        return document if self._is_current(document) else {**document, **self.renew(document)}

    def written(self, document: Document) -> Document:
        """Give a document of the new form as it is stored: readable for older processes as long as they may run."""
        formerly = self.formerly(document) if self.formerly else {}
        return {**document, **formerly, "form": {"number": self.number, "version": document["version"]}}

    def renewal(self, document: Document) -> Document:
        """Give the update that makes a stored document one of the new form; its version stays."""
        mark = {"number": self.number, "version": document["version"]}
        members = {} if self._is_current(document) else self.renew(document)
        update: Document = {"$set": {**members, "form": mark}}
        return update | ({"$unset": dict.fromkeys(self.gone, "")} if self.gone else {})

    @property
    def pending(self) -> Mapping[str, Any]:
        """The condition for documents that are still to be migrated."""
        other = [{"form.number": {"$ne": self.number}}, {"$expr": {"$ne": ["$form.version", "$version"]}}]
        return {"$or": [*other, *({member: {"$exists": True}} for member in self.gone)]}

    def _is_current(self, document: Document) -> bool:
        return bool(document.get("form") == {"number": self.number, "version": document["version"]})
