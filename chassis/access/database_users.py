"""Users of MongoDB, each with one database."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pymongo import MongoClient
from pymongo.errors import OperationFailure

USER_NOT_FOUND = 11
ROLES = ("readWrite", "dbAdmin")
"""What a service does in its own database: it reads and writes, creates indexes, and changes how long is kept."""


@dataclass(frozen=True, kw_only=True)
class DatabaseUser:
    """One user, and the one database it may use."""

    name: str
    password: str
    database: str


def make_users(users: Sequence[DatabaseUser], *, mongo_uri: str) -> None:
    """Make the users, or give those that are there these passwords and roles; repeatable.

    `mongo_uri` names the administrator who does it. Raises pymongo's errors.
    """
    client: MongoClient[dict[str, Any]]
    with MongoClient(mongo_uri) as client:
        for user in users:
            _make(client, user)


def _make(client: MongoClient[dict[str, Any]], user: DatabaseUser) -> None:
    wanted: dict[str, Any] = {"pwd": user.password, "roles": [{"role": role, "db": user.database} for role in ROLES]}
    try:
        client.admin.command("updateUser", user.name, **wanted)
    except OperationFailure as error:
        if error.code != USER_NOT_FOUND:
            raise
        client.admin.command("createUser", user.name, **wanted)
