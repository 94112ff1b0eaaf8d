"""The instance the commands speak to: the one in the settings, or the one here, as `run.json` describes it."""

import json
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any

import pymongo
from pymongo import MongoClient
from pymongo.errors import PyMongoError

from cli.connection.api import Api
from cli.connection.services import services
from cli.connection.settings import settings
from cli.connection.signing import token_for
from cli.demo.story import TraceOf
from cli.local.errors import CannotStart, without_password
from cli.local.process import REPOSITORY
from cli.operations.trace import Databases, Trace

RUN = REPOSITORY / ".local" / "run.json"
SECONDS_TO_ANSWER = 5.0


@dataclass(frozen=True, kw_only=True)
class RunningInstance:
    """Where it answers, and what it takes to speak to it and to follow what it does."""

    gateway: str
    token: str
    amqp: str
    mongo: str
    smtp: str
    prefix: str

    @property
    def api(self) -> Api:
        """Speak to it as a member of the institute's staff."""
        return Api(gateway=self.gateway, token=self.token)

    @cached_property
    def client(self) -> MongoClient[dict[str, Any]]:
        """The database server; close it when done. Raises CannotStart when it does not answer."""
        if not self.mongo:
            raise CannotStart(f"MONGO_URI is empty: that of the instance at {self.gateway} is expected.")
        try:
            return _answering(self.mongo)
        except PyMongoError as error:
            trouble = without_password(str(error)).partition(" (configured timeouts")[0]
            raise CannotStart(f"no MongoDB answers at {without_password(self.mongo)} ({trouble}).") from None

    @property
    def databases(self) -> Databases:
        """The database of each service."""
        return {name: self.client[self.prefix + name] for name in services()}

    @property
    def trace_of(self) -> TraceOf:
        """Follow a request through all of its services."""
        return lambda correlation_id: Trace(self.databases, correlation_id=correlation_id)


def _answering(uri: str) -> MongoClient[dict[str, Any]]:
    client: MongoClient[dict[str, Any]] = MongoClient(uri, tz_aware=True)
    try:
        with pymongo.timeout(SECONDS_TO_ANSWER):
            client.admin.command("ping")
    except PyMongoError:
        client.close()
        raise
    return client


def running_instance() -> RunningInstance:
    """Find the instance that GATEWAY_URL names, or else the one that runs here; raises CannotStart without one."""
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
    """Read what the running instance wrote of itself; raises CannotStart when there is none."""
    try:
        said = json.loads(path.read_text())
    except FileNotFoundError:
        raise CannotStart(
            "no instance is running here: start one with `./partnerships up`, or ask the one in containers with "
            "`docker compose run --rm --no-deps operator …`."
        ) from None
    return RunningInstance(**{field.name: said[field.name] for field in fields(RunningInstance)})
