"""Stores the time of the last complete backup in each database, so that its age can be monitored."""

from dataclasses import dataclass
from datetime import datetime

from pymongo.database import Database

from chassis.persistence.documents import from_document, to_document
from chassis.persistence.unit_of_work import OUTBOX, Document

LAST_BACKUP = "last_backup"
"""A collection of one document, which no backup contains: two backups of the same data must be equal."""


@dataclass(frozen=True, kw_only=True)
class LastBackup:
    """The last complete backup of one database."""

    taken_at: datetime
    """The instant of the snapshot."""
    documents: int


def note(database: Database[Document], backup: LastBackup) -> None:
    """Store the time of a complete backup in the database."""
    database[LAST_BACKUP].replace_one({"_id": LAST_BACKUP}, to_document(backup), upsert=True)


def last_backup(database: Database[Document]) -> LastBackup | None:
    """Give the last complete backup; None before the first."""
    found = database[LAST_BACKUP].find_one()
    return from_document(found, LastBackup) if found else None


def not_backed_up_since(database: Database[Document]) -> datetime | None:
    """Give the time since which changes are in no backup: before the first backup, that of the oldest event.

    None if there is neither a backup nor an event.
    """
    if last := last_backup(database):
        return last.taken_at
    first = database[OUTBOX].find_one({"published_at": {"$type": "date"}}, sort=[("published_at", 1)])
    return first["published_at"] if first else None
