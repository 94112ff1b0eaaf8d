"""The throughput of reactions, against a minimal consumer with the same transaction, and against peers."""

import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pymongo import ASCENDING, IndexModel, MongoClient
from pymongo.database import Database

from bench.contestants.peer_environment import peer_python, peer_versions
from bench.events import happened, put
from bench.parts import bench_parts, environment, versions
from bench.processes import cpu_seconds
from bench.reporting.charts import Dots
from bench.reporting.figures import spread
from bench.reporting.report import AT_LEAST, Promise, Report
from bench.reporting.results import keep, load, print_line, table
from chassis.messaging import topology
from chassis.messaging.publisher import ConfirmedPublisher
from chassis.messaging.topology import inbox_queue
from cli.local.parts import Parts
from cli.local.process import Program
from cli.local.waiting import wait_until

PROMISED = 0.7
TYPE = "source.thing.happened"
OURS, BARE, STOCK, PEER = "ours", "bare", "stock nameko", "FastStream"
HEAD = ("", "events/s", "CPU ms per event", "ours ÷ it, events/s")
WARM_UP = 500
TIMEOUT_SECONDS = 300.0


@dataclass(frozen=True, kw_only=True)
class Hearer:
    """One contestant: its command, its queue and its database."""

    database: str
    queue: str
    command: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One contestant in one round; processor milliseconds are per event."""

    events_per_second: float
    cpu_ms: float


def run(*, rounds: int, events: int) -> int:
    """Measure the contestants in turn in each round; gives 0 if the promise holds."""
    before, hearers = load(), _hearers()
    samples: dict[str, list[Sample]] = {name: [] for name in hearers}
    with bench_parts() as parts:
        _prepare(parts, hearers.values())
        for name, hearer in hearers.items():
            _start(name, hearer, parts)
            _sample(name, hearer, parts, WARM_UP)
        for number in range(1, rounds + 1):
            print_line(f"round {number} of {rounds}, load {load()}")
            for name, hearer in hearers.items():
                samples[name].append(_sample(name, hearer, parts, events))
        about = {"rounds": rounds, "events each": events, **versions(parts), "peer": peer_versions()}
    figures = {name: [asdict(each) for each in taken] for name, taken in samples.items()}
    return keep("reactions", report, figures=figures, about=about, load_before=before)


def report(kept: Mapping[str, Any]) -> Report:
    """Report the ratio of our rate to that of each other contestant, in each round."""
    samples = {name: [Sample(**each) for each in taken] for name, taken in kept["figures"].items()}
    rates = {name: [each.events_per_second for each in taken] for name, taken in samples.items()}
    of = {name: _ratios(rates[OURS], theirs) for name, theirs in rates.items() if name != OURS}
    found = spread(of[BARE])
    promise = Promise(
        what="reactions, of bare consuming", bound=AT_LEAST, limit=PROMISED, found=found.median,
        measured=found.shown(2),
    )  # fmt: skip
    peers = {f"ours ÷ {name}": ratios for name, ratios in of.items() if name != BARE}
    return Report(
        title="Reactions, against others with the same work in the database",
        promises=[promise],
        panels=[
            Dots(
                heading="events/s, as a ratio", rows={f"ours ÷ {BARE}": of[BARE]}, promised={promise.promised: PROMISED}
            ),
            Dots(heading="events/s, as a ratio to others with the same work", rows=peers),
            Dots(heading="events/s", rows=rates, digits=0),
        ],
        details=table(HEAD, [[name, *_row(taken, of.get(name))] for name, taken in samples.items()]),
    )


def _hearers() -> Mapping[str, Hearer]:
    """Give the contestants; ours and the bare one use our inbox queue, the others declare queues of their own."""
    python, contestants = (sys.executable, "-W", "ignore", "-m"), "bench.contestants"
    stock = ("nameko", "run", "--config", "bench/contestants/stock.yml", f"{contestants}.stock_events:HearingService")
    return {
        OURS: Hearer(
            database="hearing",
            queue=inbox_queue("hearing"),
            command=(*python, "chassis", f"{contestants}.ours_events:HearingService"),
        ),
        BARE: Hearer(database="bare", queue=inbox_queue("bare"), command=(*python, f"{contestants}.bare")),
        STOCK: Hearer(database="stock", queue="evt-source-thing.happened--stock.count_it", command=(*python, *stock)),
        PEER: Hearer(
            database="fast", queue="fast.happened", command=(str(peer_python()), "-m", f"{contestants}.fast_events")
        ),
    }


def _prepare(parts: Parts, hearers: Iterable[Hearer]) -> None:
    """Declare our queues, and create the same empty collections and indexes for all."""
    client = MongoClient[dict[str, Any]](parts.mongo_uri)
    for hearer in hearers:
        name = hearer.database
        if hearer.queue == inbox_queue(name):
            topology.declare(parts.amqp_uri, service=name, hears=[TYPE], wait_seconds=[10])
        client.drop_database(name)
        client[name].create_collection("counted")
        indexes = [IndexModel([("heard_at", ASCENDING)], expireAfterSeconds=11_232_000), IndexModel("correlation_id")]
        client[name]["inbox"].create_indexes(indexes)


def _start(name: str, hearer: Hearer, parts: Parts) -> None:
    # Logging is part of the measured work; stock nameko is configured by its own file.
    settings = environment(parts, LOG_LEVEL="INFO")
    parts.supervisor.start(Program(name=name, command=hearer.command, environment=settings, on_line=lambda _: None))
    parts.supervisor.wait_until_ready(name, lambda: topology.is_consumed(parts.amqp_uri, hearer.queue))


def _sample(name: str, hearer: Hearer, parts: Parts, events: int) -> Sample:
    database = MongoClient[dict[str, Any]](parts.mongo_uri)[hearer.database]
    database["counted"].delete_many({})
    publisher = ConfirmedPublisher(parts.amqp_uri)
    pid = parts.supervisor.pids()[name]
    spent, begun = cpu_seconds(pid), time.perf_counter()
    put(publisher, happened(events), queue=hearer.queue)
    _wait_for(database, events)
    took = time.perf_counter() - begun
    publisher.drop()
    return Sample(events_per_second=events / took, cpu_ms=(cpu_seconds(pid) - spent) * 1000 / events)


def _wait_for(database: Database[dict[str, Any]], events: int) -> None:
    stored = database["counted"].estimated_document_count
    if not wait_until(lambda: stored() >= events, within=TIMEOUT_SECONDS, every=0.02):
        raise TimeoutError(f"{database.name} has not stored {events} rows in {TIMEOUT_SECONDS:.0f} s")


def _ratios(ours: list[float], theirs: list[float]) -> list[float]:
    return [mine / other for mine, other in zip(ours, theirs, strict=True)]


def _row(taken: list[Sample], ours_to_it: list[float] | None) -> Iterator[str]:
    yield spread(each.events_per_second for each in taken).shown(0)
    yield spread(each.cpu_ms for each in taken).shown(2)
    yield spread(ours_to_it).shown(2) if ours_to_it else ""
