"""The relay's throughput from a full outbox, against bare confirmed publishing of the same messages."""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Any

import orjson
from amqp.basic_message import Message
from kombu import Connection, Queue
from pymongo import MongoClient
from pymongo.database import Database

from bench.contestants.bare_publisher import confirmed_per_second
from bench.parts import bench_parts, environment, versions
from bench.reporting.charts import Dots
from bench.reporting.figures import spread
from bench.reporting.report import AT_LEAST, Promise, Report
from bench.reporting.results import keep, load, print_line, table
from chassis.domain.aggregate import Aggregate, Event
from chassis.domain.causation import Cause
from chassis.domain.identity import new_id, utc_now
from chassis.messaging import topology
from chassis.messaging.publisher import PERSISTENT
from chassis.messaging.relay import BATCH, envelope_of
from chassis.persistence.unit_of_work import Store
from cli.local.parts import Parts
from cli.local.process import Program
from cli.local.waiting import wait_until

PROMISED = 0.6
SERVICE, FACT = "bench", "thing.happened"
HEARERS = ("one", "other")
SUBJECTS = 100
WARM_UP = 2_000
TIMEOUT_SECONDS = 120.0
Row = dict[str, Any]
Outbox = Database[Row]


@dataclass(frozen=True, kw_only=True)
class ThingHappened(Event):
    """The published event."""

    type = f"{SERVICE}.{FACT}"

    thing_id: str
    title: str
    on: str


def run(*, rounds: int, events: int) -> int:
    """Measure both in turn in each round; gives 0 if the promise holds."""
    before = load()
    ours, bare = list[float](), list[float]()
    with bench_parts() as parts:
        database = MongoClient[dict[str, Any]](parts.mongo_uri, tz_aware=True)[SERVICE]
        _start(parts, database)
        written = _written(database)
        _relayed(parts, database, _rows(written, WARM_UP))
        for number in range(1, rounds + 1):
            print_line(f"round {number} of {rounds}, load {load()}")
            ours.append(_relayed(parts, database, _rows(written, events)))
            bare.append(_bare(parts, _rows(written, events)))
        about = {"rounds": rounds, "events each": events, "queues": len(HEARERS), **versions(parts)}
    return keep("relay", report, figures={"relay": ours, "bare": bare}, about=about, load_before=before)


def report(kept: Mapping[str, Any]) -> Report:
    """Report the ratio of the relay's rate to that of bare publishing, in each round."""
    figures: Mapping[str, list[float]] = kept["figures"]
    shares = [ours / bare for ours, bare in zip(figures["relay"], figures["bare"], strict=True)]
    found = spread(shares)
    promise = Promise(
        what="relay, of bare publishing", bound=AT_LEAST, limit=PROMISED, found=found.median, measured=found.shown(2)
    )
    return Report(
        title="The relay, against bare publishing",
        promises=[promise],
        panels=[
            Dots(heading="events/s, as a ratio", rows={"relay ÷ bare": shares}, promised={promise.promised: PROMISED}),
            Dots(heading="events/s", rows=figures, digits=0),
        ],
        details=table(("", "events/s"), [[name, spread(rates).shown(0)] for name, rates in figures.items()]),
    )


def _start(parts: Parts, database: Outbox) -> None:
    """Start a service with a running relay, and declare the inboxes of two hearers."""
    for hearer in HEARERS:
        topology.declare(parts.amqp_uri, service=hearer, hears=[f"{SERVICE}.{FACT}"], wait_seconds=[10])
    database.client.drop_database(SERVICE)
    command = [sys.executable, "-W", "ignore", "-m", "chassis", "bench.contestants.ours:BenchService"]
    settings = environment(parts, RELAY_SWEEP_SECONDS="0.1")
    parts.supervisor.start(Program(name=SERVICE, command=command, environment=settings, on_line=lambda _: None))
    leads = {"_id": "relay", "owner": {"$ne": None}}
    parts.supervisor.wait_until_ready(SERVICE, lambda: database["leases"].count_documents(leads) == 1)


def _relayed(parts: Parts, database: Outbox, rows: Iterator[Row]) -> float:
    """Fill the outbox while another owner holds the lease, release it, and measure by the times of publishing."""
    _empty_queues(parts)
    database["outbox"].delete_many({})
    _give_lease_to(database, "bench")
    while some := list(islice(rows, BATCH)):
        database["outbox"].insert_many(some)
    _give_lease_to(database, None)
    _wait_until_published(database)
    return _noted_rate(database)


def _give_lease_to(database: Outbox, owner: str | None) -> None:
    lease = {"owner": owner, "until": utc_now() + timedelta(hours=1)}
    database["leases"].update_one({"_id": "relay"}, {"$set": lease})


def _wait_until_published(database: Outbox) -> None:
    if not wait_until(
        lambda: not database["outbox"].find_one({"published_at": None}), within=TIMEOUT_SECONDS, every=0.1
    ):
        raise TimeoutError(f"the relay has not published all events in {TIMEOUT_SECONDS:.0f} s")


def _noted_rate(database: Outbox) -> float:
    """Give the rate from the end of the first batch to the end of the last: the relay's start is not recorded."""
    by_batch: list[dict[str, Any]] = [{"$group": {"_id": "$published_at", "count": {"$sum": 1}}}, {"$sort": {"_id": 1}}]
    batches = list(database["outbox"].aggregate(by_batch))
    seconds = (batches[-1]["_id"] - batches[0]["_id"]).total_seconds()
    return sum(each["count"] for each in batches[1:]) / seconds


def _bare(parts: Parts, rows: Iterator[Row]) -> float:
    _empty_queues(parts)
    messages = [_message(row) for row in rows]
    return confirmed_per_second(
        parts.amqp_uri, exchange=f"{SERVICE}.events", routing_key=FACT, messages=messages, window=BATCH
    )


def _empty_queues(parts: Parts) -> None:
    with Connection(parts.amqp_uri) as connection:
        for hearer in HEARERS:
            Queue(topology.inbox_queue(hearer))(connection.channel()).purge()


def _written(database: Outbox) -> Row:
    """Give an outbox row, written by a unit of work."""
    store = Store(service="test", database=database, clock=utc_now, new_id=new_id, envelope_fields={})
    thing = Aggregate(id="thg_1")
    thing.record(ThingHappened(thing_id=thing.id, title="Central-line infections halved", on="2026-06-01"))
    store.transact(lambda work: work.append_events(thing), cause=Cause(correlation_id=new_id("req"), actor=SERVICE))
    found = database["outbox"].find_one({"subject": thing.id})
    assert found
    return found


def _rows(written: Row, count: int) -> Iterator[Row]:
    """Give `count` copies of an outbox row, about a hundred subjects in turn."""
    for number in range(count):
        sequence, subject = divmod(number, SUBJECTS)
        new = {"_id": new_id("evt"), "subject": f"thg_{subject}", "sequence": sequence + 1, "published_at": None}
        yield {**written, **new}


def _message(row: Row) -> Message:
    """Give the message that the relay makes of a row."""
    envelope = envelope_of(row, service=SERVICE, schema_base="urn:bench:")
    return Message(
        orjson.dumps(row["data"]),
        content_type="application/json",
        content_encoding="utf-8",
        delivery_mode=PERSISTENT,
        application_headers=envelope.to_headers(),
        message_id=envelope.id,
        type=envelope.type,
        timestamp=int(row["time"].timestamp()),
        correlation_id=envelope.correlationid,
        app_id=SERVICE,
    )
