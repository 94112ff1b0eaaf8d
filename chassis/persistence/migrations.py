"""Documents that nobody writes are brought to their collection's new form, batch by batch, while everything runs."""

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
    """Say of each collection with a new form how many documents do not have it yet; changes nothing."""
    for repository in repositories:
        if repository.form:
            count = database[repository.collection].count_documents(repository.form.pending)
            what = f"{database.name}.{repository.collection}, form {repository.form.number}: {repository.form.meaning}"
            state, detail = (State.MISSING, f"{count} documents to migrate") if count else (State.THERE, "")
            yield Planned(what=what, state=state, detail=detail)


def apply(
    database: Database[Document], repositories: Repositories, *, clock: Clock, tell: Callable[[str], None]
) -> None:
    """Migrate all that is pending; whatever ends it, the next time goes on behind the last batch.

    Safe beside services of either version: a document is changed only if it still is what was read.
    """
    for repository in repositories:
        if repository.form:
            _Migration(database, repository.collection, repository.form, clock=clock, tell=tell).run()


class _Migration:
    """One collection's way to one form, recorded as it goes."""

    def __init__(
        self,
        database: Database[Document],
        collection: str,
        form: DocumentVersion,
        *,
        clock: Clock,
        tell: Callable[[str], None],
    ) -> None:
        self._documents = database[collection]
        self._record = database[MIGRATIONS]
        self._form = form
        self._id = f"{collection}.{form.number}{'.contracted' if form.gone else ''}"
        self._clock = clock
        self._tell = tell

    def run(self) -> None:
        """Go through the collection by id, from where the last run was ended."""
        begun = {"meaning": self._form.meaning, "begun_at": self._clock(), "migrated": 0}
        self._record.update_one({"_id": self._id}, {"$setOnInsert": begun}, upsert=True)
        while batch := self._next():
            self._migrate(batch)
        self._record.update_one({"_id": self._id}, {"$set": {"ended_at": self._clock(), "behind": None}})

    def _next(self) -> list[Document]:
        behind = (self._record.find_one({"_id": self._id}) or {}).get("behind")
        place = {"_id": {"$gt": behind}} if behind is not None else {}
        return list(self._documents.find({"$and": [self._form.pending, place]}).sort("_id", 1).limit(BATCH))

    def _migrate(self, batch: list[Document]) -> None:
        renewals = [
            UpdateOne({"_id": each["_id"], "version": each["version"]}, self._form.renewal(each)) for each in batch
        ]
        changed = self._documents.bulk_write(renewals, ordered=False).modified_count
        noted = {"$set": {"behind": batch[-1]["_id"]}, "$inc": {"migrated": changed}}
        self._record.update_one({"_id": self._id}, noted)
        self._tell(f"{self._id}: {changed} documents, up to {batch[-1]['_id']}")
