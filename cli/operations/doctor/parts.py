"""Checks of the broker and the database: whether they answer, and meet the requirements."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from pymongo import MongoClient
from pymongo.errors import OperationFailure

from chassis.messaging.connection import connect
from chassis.observability.logs import redact
from cli.operations.doctor.finding import Finding, finding
from cli.operations.doctor.machine import disk
from cli.operations.doctor.support import version

Client = MongoClient[dict[str, Any]]
OLDEST_BROKER, OLDEST_DATABASE = (3, 10), (5, 0)
"""Quorum queues that dead-letter at least once; snapshots of all databases."""
ANSWER_TIMEOUT_SECONDS = 5.0
TRANSACTION_SECONDS = 5
CLOCK_WARN_SECONDS, CLOCK_BAD_SECONDS = 1.0, 30.0


def broker(uri: str, *, today: date) -> Iterator[Finding]:
    """Check whether RabbitMQ accepts the connection, is recent enough, and is still supported."""
    with connect(uri, connect_timeout=ANSWER_TIMEOUT_SECONDS) as connection:
        connection.connect()
        said = connection.connection.server_properties
    yield finding("broker", f"answers at {redact(uri)}")
    yield version("RabbitMQ", said.get("version", ""), today=today, oldest=OLDEST_BROKER)


def database(client: Client, *, name: str, today: date) -> Iterator[Finding]:
    """Check that MongoDB is supported, a writable replica set, ends transactions early, and has disk space."""
    hello = client.admin.command("hello")
    yield version("MongoDB", client.server_info()["version"], today=today, oldest=OLDEST_DATABASE)
    yield finding(
        "replica set", f"{hello.get('setName', 'none')}: {', '.join(hello.get('hosts', []))}",
        bad="setName" not in hello, to_do="without one there are no transactions: start mongod with --replSet",
    )  # fmt: skip
    yield finding("primary", hello.get("primary", "none"), bad="primary" not in hello, to_do="wait for an election")
    yield _clock(hello["localTime"])
    yield _transactions(client)
    stats = client[name].command("dbStats")
    if stats.get("fsTotalSize"):  # not before the database has its first collection
        yield disk("disk of the database", int(stats["fsTotalSize"] - stats["fsUsedSize"]))


def _clock(theirs: datetime) -> Finding:
    apart = abs((datetime.now(UTC) - theirs.replace(tzinfo=UTC)).total_seconds())
    to_do = "claims and leases go by the database's clock, due times by this one: let NTP set both"
    return finding(
        "clocks", f"{apart:.1f} s apart", warn=apart > CLOCK_WARN_SECONDS, bad=apart > CLOCK_BAD_SECONDS, to_do=to_do
    )


def _transactions(client: Client) -> Finding:
    parameter = "transactionLifetimeLimitSeconds"
    try:
        seconds = client.admin.command({"getParameter": 1, parameter: 1})[parameter]
    except OperationFailure:
        return finding("transactions", f"{parameter} is not for this user to see", warn=True, to_do="see that it is 5")
    to_do = f"a process that is killed locks what it was changing so long: mongod --setParameter {parameter}=5"
    return finding("transactions", f"are ended after {seconds} s", warn=seconds > TRANSACTION_SECONDS, to_do=to_do)
