"""Initiates MongoDB's replica set, which transactions need, unless it is initiated."""

from typing import Any

from pymongo import MongoClient
from pymongo.errors import OperationFailure
from pymongo.uri_parser import parse_uri

NOT_YET_INITIATED = 94


def initiate(uri: str) -> None:
    """Initiate a replica set of the hosts in `uri` unless there is one; return when it takes writes.

    Raises pymongo's errors when the database does not answer in time.
    """
    named = parse_uri(uri)
    members = [{"_id": number, "host": f"{host}:{port}"} for number, (host, port) in enumerate(named["nodelist"])]
    with _first_of(named) as database:
        try:
            database.admin.command("replSetGetStatus")
        except OperationFailure as error:
            if error.code != NOT_YET_INITIATED:
                raise
            database.admin.command("replSetInitiate", {"_id": named["options"]["replicaSet"], "members": members})
    replicas: MongoClient[dict[str, Any]]
    with MongoClient(uri) as replicas:  # waits for a primary
        replicas.admin.command("ping")


def _first_of(named: Any) -> MongoClient[dict[str, Any]]:
    """Connect to the first host directly: an uninitiated set cannot be discovered."""
    (host, port), *_ = named["nodelist"]
    source = named["options"].get("authSource") or named["database"] or "admin"
    return MongoClient(
        host, port, username=named["username"], password=named["password"], authSource=source, directConnection=True
    )
