"""A private broker and database for the benchmarks."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from kombu import Connection
from pymongo import MongoClient

from bench.reporting.results import own_versions, print_line
from cli.local.environment import plain_environment
from cli.local.parts import Parts, parts_running
from cli.local.process import REPOSITORY


@contextmanager
def bench_parts() -> Iterator[Parts]:
    """Run private parts with their state in `.local/bench`. Raises CannotStart."""
    with parts_running(
        folder=REPOSITORY / ".local" / "bench", print_from=lambda who, line: print_line(f"{who}: {line}")
    ) as parts:
        yield parts


def environment(parts: Parts, **settings: str) -> Mapping[str, str]:
    """Give the environment of a process that uses these parts; it logs warnings and errors only."""
    usual = {
        "AMQP_URI": parts.amqp_uri,
        "MONGO_URI": parts.mongo_uri,
        "SMTP_URI": parts.smtp_uri,
        "LINK_SECRET": "measured-on-this-machine-and-nowhere-else",
        "LOG_LEVEL": "WARNING",
        "EVENTLET_NO_GREENDNS": "yes",
    }
    return plain_environment(also={**usual, **settings})


def versions(parts: Parts) -> dict[str, Mapping[str, str]]:
    """Give the versions of the broker, the database and our libraries."""
    with Connection(parts.amqp_uri) as connection:
        broker = connection.connection.server_properties["version"]
    with MongoClient[dict[str, object]](parts.mongo_uri) as client:
        database = client.server_info()["version"]
    return {"parts": {"rabbitmq": broker, "mongodb": database}, "libraries": own_versions()}
