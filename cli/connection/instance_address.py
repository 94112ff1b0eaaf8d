"""The instance that commands work on: the one in the settings, or the local one, which `run.json` describes."""

import getpass
import json
import os
import socket
from contextlib import suppress
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any

import pymongo
from pymongo import MongoClient
from pymongo.database import Database
from pymongo.errors import PyMongoError

from chassis.domain.identity import new_id, utc_now
from chassis.domain.scope import Scope
from chassis.observability.logs import redact
from chassis.persistence.unit_of_work import Store
from cli.connection.api import Api
from cli.connection.services import services
from cli.connection.settings import settings
from cli.connection.signing import token_for
from cli.demo.story import TraceOf
from cli.local.errors import CannotStart
from cli.local.process import REPOSITORY
from cli.operations.trace import Databases, Trace

RUN = REPOSITORY / ".local" / "run.json"
ANSWER_TIMEOUT_SECONDS = 5.0


@dataclass(frozen=True, kw_only=True)
class Addresses:
    """The addresses of an instance's broker, database and mail server, and the prefix of its databases' names."""

    amqp: str
    mongo: str
    smtp: str
    prefix: str


def service_databases(client: MongoClient[dict[str, Any]], prefix: str) -> Databases:
    """Give the database of each service."""
    return {name: client[prefix + name] for name in services()}


def store_of(database: Database[dict[str, Any]], *, service: str) -> Store:
    """Give a service's store, which changes its database as the service itself does."""
    fields = settings()["ENVELOPE_FIELDS"]
    return Store(service=service, database=database, clock=utc_now, new_id=new_id, envelope_fields=fields)


def operator() -> Scope:
    """Name the operator who works on the databases directly: operating system account and machine."""
    with suppress(KeyError, OSError):  # an account without a name, as in containers
        return Scope(subject=f"{getpass.getuser()}@{socket.gethostname()}", organisation="*", roles=("operator",))
    return Scope(subject=f"{os.getuid()}@{socket.gethostname()}", organisation="*", roles=("operator",))


@dataclass(frozen=True, kw_only=True)
class RunningInstance(Addresses):
    """A running instance: its addresses, its gateway, and a token of a member of staff."""

    gateway: str
    token: str

    @property
    def api(self) -> Api:
        return Api(gateway=self.gateway, token=self.token)

    @cached_property
    def client(self) -> MongoClient[dict[str, Any]]:
        """The client of its database; close it when done. Raises CannotStart when it does not answer."""
        if not self.mongo:
            raise CannotStart(f"MONGO_URI is empty: that of the instance at {self.gateway} is expected.")
        try:
            return _answering(self.mongo)
        except PyMongoError as error:
            trouble = redact(str(error)).partition(" (configured timeouts")[0]
            raise CannotStart(f"no MongoDB answers at {redact(self.mongo)} ({trouble}).") from None

    @property
    def databases(self) -> Databases:
        return service_databases(self.client, self.prefix)

    @property
    def trace_of(self) -> TraceOf:
        return lambda correlation_id: Trace(self.databases, correlation_id=correlation_id)


def _answering(uri: str) -> MongoClient[dict[str, Any]]:
    client: MongoClient[dict[str, Any]] = MongoClient(uri, tz_aware=True)
    try:
        with pymongo.timeout(ANSWER_TIMEOUT_SECONDS):
            client.admin.command("ping")
    except PyMongoError:
        client.close()
        raise
    return client


def running_instance() -> RunningInstance:
    """Find the instance that GATEWAY_URL names, or else the local one; raises CannotStart if there is none."""
    given = settings()
    if not given["GATEWAY_URL"]:
        return local_instance()
    return RunningInstance(
        gateway=given["GATEWAY_URL"],
        token=given["ACCESS_TOKEN"] or token_for(subject="staff", organisation="*", roles=("programme_staff",)),
        amqp=given["AMQP_URI"],
        mongo=given["MONGO_URI"],
        smtp=given["SMTP_URI"],
        prefix=given["DATABASE_PREFIX"] or "",
    )


def local_instance(path: Path = RUN) -> RunningInstance:
    """Read `run.json` of the local instance; raises CannotStart when none is running."""
    try:
        described = json.loads(path.read_text())
    except FileNotFoundError:
        raise CannotStart(
            "no instance is running here: start one with `./partnerships up`, or ask the one in containers with "
            "`docker compose run --rm --no-deps operator …`."
        ) from None
    return RunningInstance(**{field.name: described[field.name] for field in fields(RunningInstance)})
