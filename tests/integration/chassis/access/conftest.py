"""A broker's users and a MongoDB that asks who signs in: what a process may do with no more than its own user."""

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from pymongo import MongoClient
from pymongo.errors import OperationFailure

from chassis.access import database_users
from chassis.access.broker_users import BrokerUser, definitions
from chassis.access.database_users import DatabaseUser
from chassis.access.permissions import of_caller, of_service
from chassis.messaging import topology
from cli.local.database import PrivateDatabase
from cli.local.debian import UnpackedPackages
from cli.local.parts import PACKAGES, Parts
from cli.local.supervisor import Supervisor
from tests.integration.chassis.broker_client import BrokerClient
from tests.integration.chassis.conftest import QUEUES
from tests.integration.chassis.nameko_hardening.broker_admin import BrokerAdmin

SERVICES = ("sample", "source")
ASKS = "asker"
ADMINISTRATOR = "administrator"


def silent(*_: str) -> None:
    """Say nothing."""


def as_user(uri: str, name: str) -> str:
    """The same place, for a user whose password is its own name."""
    scheme, _, place = uri.partition("://")
    return f"{scheme}://{name}:{name}@{place.rpartition('@')[2]}"


class GuardedDatabase(PrivateDatabase):
    """A replica set of one node that lets nobody in without a password."""

    def __init__(self, *, folder: Path, supervisor: Supervisor) -> None:
        packages = UnpackedPackages(folder=PACKAGES, print_line=silent)
        super().__init__(folder=folder, packages=packages, supervisor=supervisor)
        self._key = folder / "key"
        self._key.write_text("the key that the nodes of a replica set share")
        self._key.chmod(0o400)

    def _options(self) -> list[str]:
        return [*super()._options(), "--keyFile", str(self._key)]

    def _configure_replica_set(self, client: MongoClient[dict[str, Any]]) -> None:
        member = {"_id": 0, "host": self._address}
        with suppress(OperationFailure):  # initiated already
            client.admin.command("replSetInitiate", {"_id": "rs0", "members": [member]})


@pytest.fixture(scope="session")
def guarded_database(folder: Path) -> Iterator[str]:
    """Where its administrator signs in."""
    own = folder / "guarded"
    own.mkdir()
    with Supervisor(print_from=silent) as supervisor:
        database = GuardedDatabase(folder=own, supervisor=supervisor)
        database.start()
        database.wait_until_ready()
        with MongoClient[dict[str, Any]](database.uri) as client:  # the first user is made by whoever is on the machine
            client.admin.command("createUser", ADMINISTRATOR, pwd=ADMINISTRATOR, roles=["root"])
        yield as_user(database.uri, ADMINISTRATOR) + "&authSource=admin"


@pytest.fixture
def database_users_made(guarded_database: str) -> str:
    """Where the services sign in to the database, but for their names."""
    users = [DatabaseUser(name=name, password=name, database=name) for name in SERVICES]
    database_users.make_users(users, mongo_uri=guarded_database)
    return guarded_database


@pytest.fixture
def broker_users_made(parts: Parts, amqp_uri: str) -> Iterator[str]:
    """Where the processes sign in to the broker, but for their names; the topology is there."""
    allowed = {name: of_service(name) for name in SERVICES} | {ASKS: of_caller(ASKS)}
    users = [BrokerUser(name=name, password=name, permissions=each) for name, each in allowed.items()]
    admin = BrokerAdmin(parts.supervisor.pids()["rabbitmq"])
    admin.import_definitions(json.dumps(definitions(users, virtual_host="/")))
    with BrokerClient(amqp_uri) as broker:
        for queue in QUEUES:  # what a process that was killed had not acknowledged
            broker.delete(queue)
    topology.declare(amqp_uri, service="source", hears=[], wait_seconds=[1])
    topology.declare(amqp_uri, service="sample", hears=["source.thing.happened"], wait_seconds=[1])
    yield amqp_uri
    for name in allowed:
        admin.delete_user(name)
