"""The instance the commands speak to: the one in the settings, or the one here, as `run.json` describes it."""

import json
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any

from pymongo import MongoClient

from chassis.config import InvalidSettings
from cli.api import Api
from cli.instance import TOKEN_HOURS
from cli.local.errors import CannotStart
from cli.local.process import REPOSITORY
from cli.services import services
from cli.settings import settings
from cli.story import TraceOf
from cli.trace import Databases, Trace
from gateway.auth import mint
from gateway.auth.own_key import OwnKey
from gateway.auth.tokens import claim_names

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


def token_for(*, subject: str, organisation: str, roles: tuple[str, ...], person: str | None = None) -> str:
    """Sign a token for the instance the commands speak to; raises CannotStart where there is nothing to sign with."""
    whose: Any = {"subject": subject, "organisation": organisation, "roles": roles, "person": person}
    if settings()["GATEWAY_URL"]:
        return _signed_with_own_key(**whose)
    if not SECRET.exists():
        raise CannotStart("there is no instance here to sign a token for: start one with `./partnerships up`.")
    return mint(secret=SECRET.read_text(), hours=TOKEN_HOURS, **whose)


def _signed_with_own_key(**whose: Any) -> str:
    given = settings()
    if not given["SIGNING_KEY"]:
        raise CannotStart(
            "GATEWAY_URL alone opens nothing: give ACCESS_TOKEN with a token of its provider, or SIGNING_KEY."
        )
    issuer, audience, names = given["OIDC_ISSUER"], given["OIDC_AUDIENCE"], claim_names(given)
    try:
        return OwnKey(given["SIGNING_KEY"]).mint(
            issuer=issuer, audience=audience, names=names, hours=TOKEN_HOURS, **whose
        )
    except InvalidSettings as error:
        raise CannotStart(str(error)) from None
