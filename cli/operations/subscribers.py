"""`./partnerships subscribers …`: broker users for integrators, who may read only the events that may leave."""

import json
import re
import secrets
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from subprocess import CalledProcessError
from typing import Any
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from amqp.exceptions import AMQPError

from chassis.messaging.connection import connect
from cli.connection.instance_address import RUN, local_instance
from cli.connection.settings import settings
from cli.local.errors import CannotStart
from cli.local.rabbitmqctl import Rabbitmqctl
from cli.operations.subscriber_rights import Subscriber
from gateway.contracts import public_events

NAME = re.compile(r"[a-z][a-z0-9_]{1,30}")
SECONDS_TO_IMPORT = 10.0
PASSWORD_BYTES = 24
_ELSEWHERE = (
    "the broker is none that `./partnerships up` runs here: have its `rabbitmqctl import_definitions FILE` read the "
    "output of `./partnerships subscribers define {}`."
)


def subscriber(name: str, *, every_partner: bool, nameko: bool) -> Subscriber:
    """Give a subscriber to events for everybody, or also for each partner; raises CannotStart for a bad name."""
    if not NAME.fullmatch(name):
        raise CannotStart(f"NAME is {name!r}: 2 to 31 lower-case letters, digits and _ are expected, a letter first.")
    audiences = ("all", "partner") if every_partner else ("all",)
    types = [event["title"] for event in public_events().values() if event["x-audience"] in audiences]
    return Subscriber(name=name, types=types, nameko=nameko)


def define(one: Subscriber, *, address: str | None) -> tuple[str, str]:
    """Give the definitions for the broker, and the address for the subscriber, whose password is kept nowhere else."""
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    where = address or settings()["AMQP_URI"] or (local_instance().amqp if RUN.exists() else "amqps://BROKER:5671/")
    here = replace(one, vhost=vhost_of(where))
    return json.dumps(here.definitions(password)), address_of(here, password, where)


def add(one: Subscriber, *, run: Path = RUN) -> Iterator[str]:
    """Make the user at the broker of the instance described in `run`, and say its address and queue.

    Raises CannotStart when no instance runs, or its broker is not ours.
    """
    definitions, address = define(one, address=local_instance(run).amqp)
    import_definitions(_local_node(run, one.name), definitions)
    wait_until_let_in(address)
    yield address
    yield f"queue {one.queue}; keep the address, it is shown only now"


def import_definitions(node: Rabbitmqctl, definitions: str) -> None:
    """Import these definitions into a broker; raises CannotStart with its error."""
    try:
        node.import_definitions(definitions)
    except CalledProcessError as refused:
        raise CannotStart(f"the broker takes no definitions: {refused.stderr.strip() or refused}") from None


def address_of(one: Subscriber, password: str, where: str) -> str:
    """Give the AMQP address of a subscriber, of the broker at `where`."""
    at = urlsplit(where)
    host = at.netloc.rpartition("@")[2]
    return urlunsplit((at.scheme, f"{one.user}:{password}@{host}", "/" + quote(one.vhost, safe=""), "", ""))


def vhost_of(address: str) -> str:
    """Give the virtual host that an AMQP address names, `/` where it names none."""
    return unquote(urlsplit(address).path[1:]) or "/"


def _local_node(run: Path, name: str) -> Rabbitmqctl:
    pids: dict[str, Any] = json.loads(run.read_text())["pids"]
    try:
        return Rabbitmqctl(pids["rabbitmq"])
    except (KeyError, OSError):
        raise CannotStart(_ELSEWHERE.format(name)) from None


def wait_until_let_in(address: str) -> None:
    """Wait until the broker accepts the user: it imports definitions asynchronously."""
    deadline = time.monotonic() + SECONDS_TO_IMPORT
    while not _lets_in(address):
        if time.monotonic() > deadline:
            raise CannotStart(f"the broker does not let the new user in after {SECONDS_TO_IMPORT:g} s: see its log.")
        time.sleep(0.1)


def _lets_in(address: str) -> bool:
    try:
        with connect(address, connect_timeout=SECONDS_TO_IMPORT) as connection:
            connection.connect()
    except (OSError, AMQPError):
        return False
    return True
