"""The local instance that is running now, as `run.json` describes it."""

import json
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any

from pymongo import MongoClient

from cli.api import Api
from cli.instance import TOKEN_HOURS
from cli.local.errors import CannotStart
from cli.local.process import REPOSITORY
from cli.services import services
from cli.story import TraceOf
from cli.trace import Databases, Trace
from gateway.auth import mint

RUN = REPOSITORY / ".local" / "run.json"
SECRET = REPOSITORY / ".local" / "run" / "token-secret"


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
        """The database server; close it when done."""
        return MongoClient(self.mongo, tz_aware=True)

    @property
    def databases(self) -> Databases:
        """The database of each service."""
        return {name: self.client[self.prefix + name] for name in services()}

    @property
    def trace_of(self) -> TraceOf:
        """Follow a request through all of its services."""
        return lambda correlation_id: Trace(self.databases, correlation_id=correlation_id)


def running_instance(path: Path = RUN) -> RunningInstance:
    """Read what the running instance wrote of itself; raises CannotStart when there is none."""
    try:
        said = json.loads(path.read_text())
    except FileNotFoundError:
        raise CannotStart("no instance is running here: start one with `./partnerships up`.") from None
    return RunningInstance(**{field.name: said[field.name] for field in fields(RunningInstance)})


def token_for(*, subject: str, organisation: str, roles: tuple[str, ...], person: str | None = None) -> str:
    """Sign a token for the local instance; raises CannotStart where none was ever started."""
    if not SECRET.exists():
        raise CannotStart("there is no instance here to sign a token for: start one with `./partnerships up`.")
    return mint(
        secret=SECRET.read_text(),
        subject=subject,
        organisation=organisation,
        roles=roles,
        hours=TOKEN_HOURS,
        person=person,
    )
