"""Looks at everything in turn; what does not answer is a finding, too."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from amqp.exceptions import AMQPError
from kombu.exceptions import KombuError
from pymongo import MongoClient
from pymongo.errors import PyMongoError

from cli.connection.datastores import Addresses, Datastores, addresses
from cli.connection.settings import settings
from cli.local.errors import CannotStart, without_password
from cli.operations.doctor import machine, parts, work
from cli.operations.doctor.finding import Finding, Verdict, judged
from cli.operations.doctor.mail import mail_server
from services.notifications.mail_server import MailServer

PATIENCE_MILLISECONDS = 5000
Look = Callable[[], Iterator[Finding]]


def visit() -> int:
    """Say how everything is, a line each; gives 1 if something is bad, else 0."""
    found = []
    for finding in findings():
        print(finding, flush=True)
        found.append(finding.verdict)
    warned, bad = found.count(Verdict.WARN), found.count(Verdict.BAD)
    print(f"{len(found)} things looked at: {bad} bad, {warned} to be warned of")
    return int(bad > 0)


def findings(known: Addresses | None = None) -> Iterator[Finding]:
    """Look at the machine, and at the instance that is known, that the settings name, or that runs here."""
    yield from machine.machine(today=_today())
    known = known or addresses()
    if known is None:
        seen = "no instance runs here, and neither AMQP_URI nor MONGO_URI is given"
        yield judged("instance", seen, bad=True, to_do="`./partnerships up`, or give both")
        return
    yield from machine.settings(
        {**settings(), "AMQP_URI": known.amqp, "MONGO_URI": known.mongo, "SMTP_URI": known.smtp}
    )
    client: MongoClient[dict[str, Any]] = MongoClient(
        known.mongo, tz_aware=True, serverSelectionTimeoutMS=PATIENCE_MILLISECONDS
    )
    with client:
        yield from _of_instance(Datastores(amqp=known.amqp, client=client, prefix=known.prefix), known)


def _of_instance(place: Datastores, known: Addresses) -> Iterator[Finding]:
    name = next(iter(place.databases.values())).name
    yield from _answered("broker", known.amqp, partial(parts.broker, known.amqp, today=_today()))
    yield from _answered("database", known.mongo, partial(parts.database, place.client, name=name, today=_today()))
    yield from _answered("mail server", known.smtp, partial(mail_server, _mail_server(known.smtp)))
    yield from _answered("queues", known.amqp, partial(work.queues, place))
    yield from _answered("indexes", known.mongo, partial(work.indexes, place))
    yield from _answered("services", known.mongo, partial(work.services, place))


def _today() -> date:
    return datetime.now(UTC).date()


def _mail_server(uri: str) -> MailServer:
    given = settings()
    return MailServer(
        uri=uri,
        needs_tls=given["SMTP_TLS"] == "required",
        ca_bundle=given["SMTP_CA_BUNDLE"] or "",
        timeout_seconds=parts.SECONDS_TO_ANSWER,
    )


def _answered(what: str, uri: str, look: Look) -> Iterator[Finding]:
    try:
        yield from look()
    except (OSError, KombuError, AMQPError, PyMongoError, CannotStart) as error:
        trouble = str(error).partition(" (configured timeouts")[0]
        seen = f"{without_password(uri)} does not answer ({without_password(trouble)})"
        yield judged(what, seen, bad=True, to_do="start it, or mend its address")
