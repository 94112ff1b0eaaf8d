"""Users of MongoDB: each service has one database, and who takes backups reads all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pymongo import MongoClient
from pymongo.errors import OperationFailure

from chassis.audit.records import AuditRecords
from chassis.backup.last_backup import LAST_BACKUP

NOT_FOUND = (11, 31)
"""A user, a role."""
NOTES_BACKUPS = "notesBackups"
NOTES = ("find", "insert", "update")
ROLES = ("readWrite", "dbAdmin")
"""What a service does in its own database: it reads and writes, creates indexes, and changes how long is kept."""


@dataclass(frozen=True, kw_only=True)
class DatabaseUser:
    """One user, and the one database it may use."""

    name: str
    password: str
    database: str


@dataclass(frozen=True, kw_only=True)
class BackupUser:
    """Who takes backups: reads these databases, and notes in each that it did."""

    name: str
    password: str
    databases: Sequence[str]


def make_users(users: Sequence[DatabaseUser | BackupUser], *, mongo_uri: str) -> None:
    """Make the users, or give those that are there these passwords and roles; repeatable.

    `mongo_uri` names the administrator who does it. Raises pymongo's errors.
    """
    client: MongoClient[dict[str, Any]]
    with MongoClient(mongo_uri) as client:
        for user in users:
            roles = _backup_roles(client, user) if isinstance(user, BackupUser) else _own_roles(user)
            _make(client, "User", user.name, pwd=user.password, roles=roles)


def _own_roles(user: DatabaseUser) -> list[dict[str, str]]:
    return [{"role": role, "db": user.database} for role in ROLES]


def _backup_roles(client: MongoClient[dict[str, Any]], user: BackupUser) -> list[dict[str, str]]:
    """Give the built-in role `read` for each database, and a role that writes what a backup notes and records."""
    privileges = [
        {"resource": {"db": database, "collection": collection}, "actions": list(actions)}
        for database in user.databases
        for collection, actions in {LAST_BACKUP: NOTES, AuditRecords.collection: ("insert",)}.items()
    ]
    _make(client, "Role", NOTES_BACKUPS, privileges=privileges, roles=[])
    reads = [{"role": "read", "db": database} for database in user.databases]
    return [*reads, {"role": NOTES_BACKUPS, "db": "admin"}]


def _make(client: MongoClient[dict[str, Any]], kind: str, name: str, **wanted: Any) -> None:
    try:
        client.admin.command(f"update{kind}", name, **wanted)
    except OperationFailure as error:
        if error.code not in NOT_FOUND:
            raise
        client.admin.command(f"create{kind}", name, **wanted)
