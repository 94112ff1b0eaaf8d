"""Reactions to events: ours against the least that could do the same, on one broker and one database."""

import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from pymongo import ASCENDING, IndexModel, MongoClient
from pymongo.database import Database

from bench.events import happened, put
from bench.figures import Spread, spread
from bench.parts import bench_parts, environment, versions
from bench.processes import cpu_seconds
from bench.results import keep, load, say, table
from chassis import topology
from chassis.publisher import ConfirmedPublisher
from cli.local.parts import Parts
from cli.local.process import Program

PROMISED = 0.7
TYPE = "source.thing.happened"
OURS, BARE = "hearing", "bare"
NAMES = {OURS: "ours", BARE: "bare"}
WARM_UP = 500
LONGEST_SECONDS = 300.0


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One contestant in one round; processor milliseconds are for each event."""

    events_per_second: float
    cpu_ms: float


def run(*, rounds: int, events: int) -> int:
    """Measure round by round, the two in turn; gives 0 if what is promised holds."""
    before = load()
    samples: dict[str, list[Sample]] = {OURS: [], BARE: []}
    with bench_parts() as parts:
        databases = _prepared(parts)
        for name in samples:
            _start(name, parts)
            _sample(name, parts, databases[name], WARM_UP)
        for number in range(1, rounds + 1):
            say(f"round {number} of {rounds}, load {load()}")
            for name, taken in samples.items():
                taken.append(_sample(name, parts, databases[name], events))
        about = {"rounds": rounds, "events each": events, **versions(parts)}
    share = _share(samples)
    figures = {NAMES[name]: [asdict(each) for each in taken] for name, taken in samples.items()}
    keep("reactions", _page(samples, share), figures=figures, about=about, load_before=before)
    return 0 if share.median >= PROMISED else 1


def _prepared(parts: Parts) -> Mapping[str, Database[dict[str, Any]]]:
    """The same queues, collections and indexes for both."""
    client = MongoClient[dict[str, Any]](parts.mongo_uri)
    for name in NAMES:
        topology.declare(parts.amqp_uri, service=name, hears=[TYPE], wait_seconds=[10])
        client.drop_database(name)
        client[name].create_collection("counted")
        indexes = [IndexModel([("heard_at", ASCENDING)], expireAfterSeconds=11_232_000), IndexModel("correlation_id")]
        client[name]["inbox"].create_indexes(indexes)
    return {name: client[name] for name in NAMES}


def _start(name: str, parts: Parts) -> None:
    module = ["chassis", "bench.contestants.hearing:HearingService"] if name == OURS else ["bench.contestants.bare"]
    command = [sys.executable, "-W", "ignore", "-m", *module]
    parts.supervisor.start(
        Program(name=name, command=command, environment=environment(parts, LOG_LEVEL="INFO"), hear=lambda _: None)
    )
    parts.supervisor.wait_until_ready(name)


def _sample(name: str, parts: Parts, database: Database[dict[str, Any]], events: int) -> Sample:
    database["counted"].delete_many({})
    publisher = ConfirmedPublisher(parts.amqp_uri)
    pid = parts.supervisor.pids()[name]
    spent, begun = cpu_seconds(pid), time.perf_counter()
    put(publisher, happened(events), service=name)
    _wait_for(database, events)
    took = time.perf_counter() - begun
    publisher.drop()
    return Sample(events_per_second=events / took, cpu_ms=(cpu_seconds(pid) - spent) * 1000 / events)


def _wait_for(database: Database[dict[str, Any]], events: int) -> None:
    deadline = time.monotonic() + LONGEST_SECONDS
    while database["counted"].estimated_document_count() < events:
        if time.monotonic() > deadline:
            raise TimeoutError(f"{database.name} has not stored {events} rows in {LONGEST_SECONDS:.0f} s")
        time.sleep(0.02)


def _share(samples: Mapping[str, list[Sample]]) -> Spread:
    pairs = zip(samples[OURS], samples[BARE], strict=True)
    return spread(ours.events_per_second / bare.events_per_second for ours, bare in pairs)


def _page(samples: Mapping[str, list[Sample]], share: Spread) -> str:
    holds = "holds" if share.median >= PROMISED else "is missed"
    verdict = f"Ours does {share.shown(2)} of what the bare one does; promised is {PROMISED}, which {holds}."
    return f"{verdict}\n\n{table(('', 'events/s', 'CPU ms per event'), list(_rows(samples)))}"


def _rows(samples: Mapping[str, list[Sample]]) -> Iterator[list[str]]:
    for name, taken in samples.items():
        rate, cpu = spread(each.events_per_second for each in taken), spread(each.cpu_ms for each in taken)
        yield [NAMES[name], rate.shown(0), cpu.shown(2)]
