"""The last backup that holds a database, noted in it: so that one that gets old is seen by whoever looks."""

from dataclasses import dataclass
from datetime import datetime

from pymongo.database import Database

from chassis.persistence.documents import from_document, to_document
from chassis.persistence.unit_of_work import OUTBOX, Document

LAST_BACKUP = "last_backup"
"""The collection, of one document; it is itself in no backup, or two backups of the same things would differ."""


@dataclass(frozen=True, kw_only=True)
class LastBackup:
    """A backup that is whole, as far as it is one database's."""

    taken_at: datetime
    """The instant it is of."""
    documents: int


def note(database: Database[Document], backup: LastBackup) -> None:
    """Note that everything in the database up to an instant is in a backup."""
    database[LAST_BACKUP].replace_one({"_id": LAST_BACKUP}, to_document(backup), upsert=True)


def last_backup(database: Database[Document]) -> LastBackup | None:
    """Give the one noted; None before the first."""
    found = database[LAST_BACKUP].find_one()
    return from_document(found, LastBackup) if found else None


def unsaved_since(database: Database[Document]) -> datetime | None:
    """Give since when what is done is in no backup: before the first one, since the archive begins.

    None where nothing was ever done.
    """
    if last := last_backup(database):
        return last.taken_at
    first = database[OUTBOX].find_one({"published_at": {"$type": "date"}}, sort=[("published_at", 1)])
    return first["published_at"] if first else None
