"""Runs all checks of the doctor; a service that does not answer is a finding as well."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from amqp.exceptions import AMQPError
from kombu.exceptions import KombuError
from pymongo import MongoClient
from pymongo.errors import PyMongoError

from chassis.observability.logs import redact
from cli.connection.datastores import Datastores, addresses
from cli.connection.instance_address import Addresses
from cli.connection.settings import settings
from cli.local.errors import CannotStart
from cli.operations.doctor import machine, parts, services
from cli.operations.doctor.dead_letters import dead_letters
from cli.operations.doctor.finding import Finding, Verdict, finding
from cli.operations.doctor.mail import mail_server
from services.notifications.mail_server import MailServer

TIMEOUT_MILLISECONDS = 5000
Check = Callable[[], Iterator[Finding]]


def diagnose(*, as_json: bool = False) -> int:
    """Print every finding, a line for each; gives 1 if one is bad, else 0."""
    found = []
    for each in findings():
        print(json.dumps(asdict(each), ensure_ascii=False) if as_json else each, flush=True)
        found.append(each.verdict)
    warned, bad = found.count(Verdict.WARN), found.count(Verdict.BAD)
    if not as_json:
        print(f"{len(found)} things looked at: {bad} bad, {warned} to be warned of")
    return int(bad > 0)


def findings(known: Addresses | None = None) -> Iterator[Finding]:
    """Check the machine, and the instance at the given addresses, in the settings, or running here."""
    yield from machine.machine(today=_today())
    known = known or addresses()
    if known is None:
        seen = "no instance runs here, and neither AMQP_URI nor MONGO_URI is given"
        yield finding("instance", seen, bad=True, to_do="`./partnerships up`, or give both")
        return
    yield from machine.settings(
        {**settings(), "AMQP_URI": known.amqp, "MONGO_URI": known.mongo, "SMTP_URI": known.smtp}
    )
    client: MongoClient[dict[str, Any]] = MongoClient(
        known.mongo, tz_aware=True, serverSelectionTimeoutMS=TIMEOUT_MILLISECONDS
    )
    with client:
        yield from _of_instance(Datastores(amqp=known.amqp, client=client, prefix=known.prefix), known)


def _of_instance(place: Datastores, known: Addresses) -> Iterator[Finding]:
    name = next(iter(place.databases.values())).name
    yield from _or_no_answer("broker", known.amqp, partial(parts.broker, known.amqp, today=_today()))
    yield from _or_no_answer("database", known.mongo, partial(parts.database, place.client, name=name, today=_today()))
    yield from _or_no_answer("mail server", known.smtp, partial(mail_server, _mail_server(known.smtp)))
    yield from _or_no_answer("queues", known.amqp, partial(services.queues, place))
    yield from _or_no_answer("indexes", known.mongo, partial(services.indexes, place))
    yield from _or_no_answer("services", known.amqp, partial(services.services, place))
    yield from _or_no_answer("databases", known.mongo, partial(services.databases, place))
    yield from _or_no_answer("dead letters", known.amqp, partial(dead_letters, place), mongo=known.mongo)


def _today() -> date:
    return datetime.now(UTC).date()


def _mail_server(uri: str) -> MailServer:
    given = settings()
    return MailServer(
        uri=uri,
        needs_tls=given["SMTP_TLS"] == "required",
        ca_bundle=given["SMTP_CA_BUNDLE"] or "",
        timeout_seconds=parts.ANSWER_TIMEOUT_SECONDS,
    )


def _or_no_answer(what: str, uri: str, check: Check, *, mongo: str = "") -> Iterator[Finding]:
    """Give the findings of a check, or that what is at `uri` does not answer; `mongo` is where it asks the database."""
    try:
        yield from check()
    except (OSError, KombuError, AMQPError, PyMongoError, CannotStart) as error:
        uri = mongo or uri if isinstance(error, PyMongoError) else uri
        trouble = str(error).partition(" (configured timeouts")[0]
        seen = f"{redact(uri)} does not answer ({redact(trouble)})"
        yield finding(what, seen, bad=True, to_do="start it, or mend its address")
