"""Migrates documents to their collection's new version, in batches, while the services run."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pymongo import UpdateOne
from pymongo.database import Database

from chassis.domain.identity import Clock
from chassis.persistence.document_versions import DocumentVersion
from chassis.persistence.plan import Planned, State
from chassis.persistence.repository import Repository
from chassis.persistence.unit_of_work import Document

MIGRATIONS = "migrations"
BATCH = 500
Repositories = Iterable[type[Repository[Any]]]


def plan(database: Database[Document], repositories: Repositories) -> Iterator[Planned]:
    """Count the documents of each versioned collection that are not migrated yet, without changes."""
    for repository in repositories:
        if repository.document_version:
            version = repository.document_version
            count = database[repository.collection].count_documents(version.pending)
            what = f"{database.name}.{repository.collection}, version {version.number}: {version.meaning}"
            state, detail = (State.MISSING, f"{count} documents to migrate") if count else (State.THERE, "")
            yield Planned(what=what, state=state, detail=detail)


def apply(
    database: Database[Document], repositories: Repositories, *, clock: Clock, print_line: Callable[[str], None]
) -> None:
    """Migrate every pending document; after an interruption the next run continues after the last batch.

    Safe beside services of either version: a document is updated only if it has not changed since it was read.
    """
    for repository in repositories:
        if repository.document_version:
            _Migration(
                database, repository.collection, repository.document_version, clock=clock, print_line=print_line
            ).run()


class _Migration:
    """The migration of one collection to one version; its progress is stored."""

    def __init__(
        self,
        database: Database[Document],
        collection: str,
        document_version: DocumentVersion,
        *,
        clock: Clock,
        print_line: Callable[[str], None],
    ) -> None:
        self._documents = database[collection]
        self._record = database[MIGRATIONS]
        self._document_version = document_version
        self._id = f"{collection}.{document_version.number}{'.contracted' if document_version.removed else ''}"
        self._clock = clock
        self._print_line = print_line

    def run(self) -> None:
        """Migrate the collection in the order of ids, from where the last run ended."""
        begun = {"meaning": self._document_version.meaning, "begun_at": self._clock(), "migrated": 0}
        self._record.update_one({"_id": self._id}, {"$setOnInsert": begun}, upsert=True)
        while batch := self._next():
            self._migrate(batch)
        self._record.update_one({"_id": self._id}, {"$set": {"ended_at": self._clock(), "behind": None}})

    def _next(self) -> list[Document]:
        behind = (self._record.find_one({"_id": self._id}) or {}).get("behind")
        place = {"_id": {"$gt": behind}} if behind is not None else {}
        return list(self._documents.find({"$and": [self._document_version.pending, place]}).sort("_id", 1).limit(BATCH))

    def _migrate(self, batch: list[Document]) -> None:
        migrations = [
            UpdateOne({"_id": each["_id"], "version": each["version"]}, self._document_version.migration(each))
            for each in batch
        ]
        changed = self._documents.bulk_write(migrations, ordered=False).modified_count
        noted = {"$set": {"behind": batch[-1]["_id"]}, "$inc": {"migrated": changed}}
        self._record.update_one({"_id": self._id}, noted)
        self._print_line(f"{self._id}: {changed} documents, up to {batch[-1]['_id']}")
