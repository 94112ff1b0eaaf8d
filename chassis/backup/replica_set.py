"""Initiates MongoDB's replica set, which transactions need, unless it is initiated."""

from collections.abc import Sequence
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
    hosts = [f"{host}:{port}" for host, port in named["nodelist"]]
    with _first_of(named) as database:
        try:
            database.admin.command("replSetGetStatus")
        except OperationFailure as error:
            if error.code != NOT_YET_INITIATED:
                raise
            initiate_members(database, name=named["options"]["replicaSet"], hosts=hosts)
    replicas: MongoClient[dict[str, Any]]
    with MongoClient(uri) as replicas:  # waits for a primary
        replicas.admin.command("ping")


def initiate_members(client: MongoClient[dict[str, Any]], *, name: str, hosts: Sequence[str]) -> None:
    """Initiate the replica set `name` with these members, through a direct connection to one of them."""
    members = [{"_id": number, "host": host} for number, host in enumerate(hosts)]
    client.admin.command("replSetInitiate", {"_id": name, "members": members})


def _first_of(named: Any) -> MongoClient[dict[str, Any]]:
    """Connect to the first host directly: an uninitiated set cannot be discovered."""
    (host, port), *_ = named["nodelist"]
    source = named["options"].get("authSource") or named["database"] or "admin"
    return MongoClient(
        host, port, username=named["username"], password=named["password"], authSource=source, directConnection=True
    )
