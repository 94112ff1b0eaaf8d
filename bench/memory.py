"""The resident memory of each process while it handles a large number of messages."""

import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from kombu import Connection, Queue
from pymongo import MongoClient

from bench.events import WINDOW, SampleEvent, put
from bench.http_load import post_all
from bench.parts import versions
from bench.processes import resident_megabytes
from bench.reporting.charts import Lines
from bench.reporting.figures import spread
from bench.reporting.report import AT_MOST, Promise, Report
from bench.reporting.results import keep, load, print_line, table
from bench.target import NO_RATE_LIMIT
from bench.workloads import FURTHER_REACTIONS, WORKLOADS, proposals
from chassis.messaging.publisher import ConfirmedPublisher
from chassis.messaging.topology import inbox_queue
from cli.local.instance import Instance, instance_running
from cli.local.process import REPOSITORY

FOLDER = REPOSITORY / ".local" / "bench-memory"
MANY_MESSAGES, MOST_MEGABYTES, FLAT_MEGABYTES = 100_000, 120, 5
ASKED, GATEWAY = "partners", "gateway"
POLL_SECONDS = 0.2
TIMEOUT_SECONDS = 120
CALLERS = 4
TENTHS = 10


@dataclass(kw_only=True)
class MemoryCurve:
    """The resident memory of one process, by the share of its messages that it had handled."""

    seen: list[tuple[float, float]] = field(default_factory=list)

    def between(self, first: float, last: float) -> float:
        """Give the median of its resident memory between two shares of its messages."""
        return spread(memory for share, memory in self.seen if first <= share <= last).median

    @property
    def most(self) -> float:
        """The maximum of its resident memory."""
        return max(memory for _, memory in self.seen)

    @property
    def growth(self) -> float:
        """The difference of its resident memory between its second and its last fifth."""
        return self.between(0.8, 2) - self.between(0.2, 0.4)


@dataclass(kw_only=True)
class ObservedProcess(MemoryCurve):
    """One running process, and the number of messages it has to handle."""

    pid: int
    expected: int

    def look(self, handled: int) -> None:
        """Record its resident memory now."""
        self.seen.append((handled / self.expected, resident_megabytes(self.pid)))


@dataclass(kw_only=True)
class Feed:
    """The queue of one service, kept filled, but so that the broker need not store much."""

    events: Iterator[SampleEvent]
    publisher: ConfirmedPublisher
    queue: Any

    def fill(self) -> None:
        """Publish a window of events when fewer than that are left."""
        self.publisher.keep_alive()
        if self.queue.queue_declare(passive=True).message_count < WINDOW:
            put(self.publisher, islice(self.events, WINDOW), queue=self.queue.name)


class Progress:
    """The progress of the slowest process."""

    def __init__(self) -> None:

        self.least, self._moved_at = 0.0, time.monotonic()

    def note(self, least: float) -> None:
        """Report each tenth; raises TimeoutError when there is no progress any more."""
        if least > self.least:
            self._moved_at = time.monotonic()
        elif time.monotonic() > self._moved_at + TIMEOUT_SECONDS:
            raise TimeoutError(f"one service has been stuck at {least:.1%} for {TIMEOUT_SECONDS} s")
        if int(TENTHS * least) > int(TENTHS * self.least):
            print_line(f"{10 * int(TENTHS * least)} % of all messages, load {load()}")
        self.least = least


def run(*, messages: int) -> int:
    """Have every service handle `messages` messages; gives 0 if every promise holds."""
    before = load()
    shutil.rmtree(FOLDER, ignore_errors=True)
    with _instance() as instance, Connection(instance.parts.amqp_uri) as connection:
        about = {"messages": messages, **versions(instance.parts)}
        lives, feeds = _lives(instance, messages), _feeds(instance, connection, messages)
        _ask_partners(instance, messages)
        _live(instance, lives, feeds)
    shutil.rmtree(FOLDER, ignore_errors=True)
    figures = {name: thinned(life.seen) for name, life in lives.items()}
    return keep("memory", report, figures=figures, about=about, load_before=before)


def report(kept: Mapping[str, Any]) -> Report:
    """Report each process's memory; the largest, and the one that grew most, must keep the promises."""
    lives = {name: MemoryCurve(seen=seen) for name, seen in kept["figures"].items()}
    messages = kept["messages"]
    return Report(
        title=f"What each process has resident over {messages:,} messages",
        promises=list(_promises(lives, messages)),
        panels=[
            Lines(
                heading="MB resident, and the most of each",
                across="messages handled",
                lines={
                    f"{name}: {life.most:.0f} MB": [(share * messages, memory) for share, memory in life.seen]
                    for name, life in lives.items()
                },
                promised={f"{AT_MOST} {MOST_MEGABYTES} MB": [(0, MOST_MEGABYTES), (messages, MOST_MEGABYTES)]},
            )
        ],
        details=_details(lives),
    )


def _promises(lives: Mapping[str, MemoryCurve], messages: int) -> Iterator[Promise]:
    largest, growing = max(lives, key=lambda name: lives[name].most), max(lives, key=lambda name: lives[name].growth)
    most, growth, in_full = lives[largest].most, lives[growing].growth, messages >= MANY_MESSAGES
    yield Promise(
        what=f"memory of each process over {MANY_MESSAGES:,} messages", bound=AT_MOST, limit=MOST_MEGABYTES, unit="MB",
        found=most, measured=f"{most:.0f} MB ({largest}; {messages:,} messages)", in_full=in_full,
    )  # fmt: skip
    yield Promise(
        what="memory is flat: its growth", bound=AT_MOST, limit=FLAT_MEGABYTES, unit="MB",
        found=growth, measured=f"{growth:+.1f} MB ({growing})", in_full=in_full,
    )  # fmt: skip


@contextmanager
def _instance() -> Iterator[Instance]:
    print_from = lambda who, line: print_line(f"{who}: {line}") if who in ("parts", "instance", "supervisor") else None  # noqa: E731
    with instance_running(
        folder=FOLDER, described_in=FOLDER / "run.json", print_from=print_from, given={}, also=NO_RATE_LIMIT
    ) as instance:
        yield instance


def _feeds(instance: Instance, connection: Connection, messages: int) -> list[Feed]:
    uri, channel = instance.parts.amqp_uri, connection.channel()
    return [
        Feed(
            events=islice(life(), messages),
            publisher=ConfirmedPublisher(uri, deadline_seconds=60),
            queue=Queue(inbox_queue(service))(channel),
        )
        for service, life in WORKLOADS.items()
    ]


def _lives(instance: Instance, messages: int) -> dict[str, ObservedProcess]:
    pids = instance.parts.supervisor.pids()
    expected = {service: _reactions(service, messages) for service in WORKLOADS}
    return {
        name: ObservedProcess(pid=pids[name], expected=expected.get(name, messages))
        for name in (*WORKLOADS, ASKED, GATEWAY)
    }


def _reactions(service: str, messages: int) -> int:
    """Give the number of reactions to its messages: some events have several."""
    further = FURTHER_REACTIONS.get(service, {})
    return messages + sum(further.get(published.type, 0) for published in islice(WORKLOADS[service](), messages))


def _ask_partners(instance: Instance, messages: int) -> None:
    address = urlsplit(instance.gateway)
    assert address.hostname and address.port
    headers = {"Authorization": f"Bearer {instance.api().token}"}
    where = ((address.hostname, address.port), "/v1/partners", proposals(messages))
    Thread(target=partial(post_all, *where, headers=headers, at_once=CALLERS), daemon=True).start()


def _live(instance: Instance, lives: Mapping[str, ObservedProcess], feeds: list[Feed]) -> None:
    client = MongoClient[dict[str, Any]](instance.parts.mongo_uri)
    progress = Progress()
    while progress.least < 1:
        for feed in feeds:
            feed.fill()
        handled = _handled(client)
        for name, life in lives.items():
            life.look(handled[name])
        progress.note(min(life.seen[-1][0] for life in lives.values()))
        time.sleep(POLL_SECONDS)


def _handled(client: MongoClient[dict[str, Any]]) -> dict[str, int]:
    heard = {service: client[service]["inbox"].estimated_document_count() for service in WORKLOADS}
    asked = client[ASKED]["commands"].estimated_document_count()
    return {**heard, ASKED: asked, GATEWAY: asked}


def _details(lives: Mapping[str, MemoryCurve]) -> str:
    head = ["MB resident at", *(f"{10 * tenth} %" for tenth in range(TENTHS + 1)), "most", "growth"]
    rows = [[name, *_row(life)] for name, life in lives.items()]
    return f"Growth is from the second fifth of the messages to the last.\n\n{table(head, rows)}"


def _row(life: MemoryCurve) -> Iterator[str]:
    for tenth in range(TENTHS + 1):
        yield f"{life.between(tenth / TENTHS - 0.05, tenth / TENTHS + 0.05):.0f}"
    yield f"{life.most:.0f}"
    yield f"{life.growth:+.1f}"


def thinned(seen: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Reduce the samples to about a hundred: the maximum of each interval."""
    length = max(1, len(seen) // 100)
    stretches = (seen[begin : begin + length] for begin in range(0, len(seen), length))
    return [max(stretch, key=lambda look: look[1]) for stretch in stretches]
