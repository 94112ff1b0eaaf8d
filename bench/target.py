"""A private instance of the platform for benchmarks, with the thirteen partners and active engagements."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from pymongo import MongoClient

from bench.reporting.results import print_line
from cli.connection.api import Api
from cli.connection.services import services
from cli.demo import seeds, story
from cli.local.instance import Instance, instance_running
from cli.local.process import REPOSITORY
from cli.operations.trace import Trace

NO_RATE_LIMIT = {"REQUESTS_PER_SECOND": "1000000"}
"""One caller makes all requests of a benchmark."""
SHOWN_SOURCES = ("parts", "instance", "supervisor", "seeds")


@dataclass(frozen=True, kw_only=True)
class Target:
    """A running instance, and its active engagements."""

    instance: Instance
    client: MongoClient[dict[str, Any]]
    engagements: list[str]

    @property
    def api(self) -> Api:
        """A client of its gateway, as a member of staff."""
        return self.instance.api()

    @property
    def address(self) -> tuple[str, int]:
        """The host and port of its gateway."""
        where = urlsplit(self.instance.gateway)
        assert where.hostname and where.port
        return where.hostname, where.port


@contextmanager
def target_running(name: str, *, also: Mapping[str, str] | None = None) -> Iterator[Target]:
    """Run an instance on private parts, with its state in `.local/bench-{name}`, which is deleted afterwards.

    `also` are settings for every process.
    """
    folder = REPOSITORY / ".local" / f"bench-{name}"
    shutil.rmtree(folder, ignore_errors=True)
    print_from = lambda who, line: print_line(f"{name}: {who}: {line}") if who in SHOWN_SOURCES else None  # noqa: E731
    with (
        instance_running(
            folder=folder,
            described_in=folder / "run.json",
            print_from=print_from,
            given={},
            also={**NO_RATE_LIMIT, **(also or {})},
        ) as instance,
        MongoClient[dict[str, Any]](instance.parts.mongo_uri, tz_aware=True) as client,
    ):
        yield Target(instance=instance, client=client, engagements=_active_engagements(instance.api(), client))
    shutil.rmtree(folder, ignore_errors=True)


def _active_engagements(api: Api, client: MongoClient[dict[str, Any]]) -> list[str]:
    databases, today = {name: client[name] for name in services()}, datetime.now(UTC).date()
    trace_of = lambda correlation_id: Trace(databases, correlation_id=correlation_id)  # noqa: E731
    seeds.load(api, trace_of=trace_of, print_from=lambda _who, _line: None)
    coach = api.get("/v1/people", role="coach", limit=1)["items"][0]
    teller = story.StoryRunner(print_line=lambda _: None, trace_of=trace_of)
    partners = api.get("/v1/partners", limit=100)["items"]
    activations = (story.activate(api, partner_id=each["id"], coach_id=coach["id"], today=today) for each in partners)
    return [teller.play(each)["id"] for each in activations]
