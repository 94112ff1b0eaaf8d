"""After a fault run: what the real database and broker hold, written here by hand, is counted right."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from kombu import Connection
from pymongo import MongoClient

from chassis.persistence.lease import Lease
from cli.local.parts import Parts
from dev.chaos.leaders import Leaders
from dev.chaos.observation import Observer

SERVICES = ["partners", "engagements", "camps", "notifications"]


@pytest.fixture
def databases(parts: Parts) -> Iterator[MongoClient[dict[str, Any]]]:
    """The databases of the services, empty before and after."""
    with MongoClient(parts.mongo_uri) as client:
        yield client
        for service in SERVICES:
            client.drop_database(service)


@pytest.fixture
def observer(parts: Parts, databases: MongoClient[dict[str, Any]], tmp_path: Path) -> Observer:
    for folder in ("mails", "logs"):
        (tmp_path / folder).mkdir()
    folders = {"mails": tmp_path / "mails", "logs": tmp_path / "logs"}
    return Observer(client=databases, amqp_uri=parts.amqp_uri, services=SERVICES, wait_seconds=[2], **folders)


def put(parts: Parts, queue: str, *, messages: int) -> None:
    with Connection(parts.amqp_uri) as connection, connection.SimpleQueue(queue) as target:
        for _ in range(messages):
            target.put("a message")


def test_a_milestones_consequences_are_counted_in_every_service(databases, observer: Observer) -> None:
    engagements, camps, notifications = databases["engagements"], databases["camps"], databases["notifications"]
    engagements.milestones.insert_many(
        [
            {"_id": "mst_1", "title": "One", "state": "reached", "evidence": [{}, {}]},
            {"_id": "mst_2", "title": "Two", "state": "planned", "evidence": []},
        ]
    )
    reached = {"type": "engagements.milestone.reached", "subject": "mst_1"}
    engagements.outbox.insert_one({"_id": "evt_1", **reached})
    engagements.outbox.insert_one({"_id": "evt_2", "type": "engagements.milestone.planned", "subject": "mst_1"})
    camps.inbox.insert_one({"reaction": "camps.invite_partner", "event_id": "evt_1"})
    camps.invitations.insert_one({"reasons": [{"id": "mst_1"}, {"id": "mst_2"}]})
    camps.sessions.insert_one({"milestone_id": "mst_2"})
    notifications.follow_ups.insert_one({"_id": "fup_1", "milestone_id": "mst_1"})
    notifications.letters.insert_many(
        [
            {"category": "milestone", "about_id": "mst_1", "state": "sent", "message_id": "<1@institute.example>"},
            {"category": "follow_up", "about_id": "fup_1", "state": "uncertain", "message_id": "<2@institute.example>"},
        ]
    )

    found = observer.observe()

    assert {what: dict(counts) for what, counts in found.consequences.items()} == {
        "planned": {"One": 1, "Two": 1},
        "reached": {"mst_1": 2},
        "published engagements.milestone.reached": {"mst_1": 1},
        "camps.invite_partner": {"mst_1": 1},
        "notifications.plan_coaching_follow_up": {},
        "notifications.congratulate_the_leaders": {},
        "notifications.stop_alerts": {},
        "partners.note_on_timeline": {},
        "coaching follow-up": {"mst_1": 1},
        "reason to invite": {"mst_1": 1, "mst_2": 1},
        "speaking slot": {"mst_2": 1},
        "data point": {},
        "data point in a series that was judged with it": {},
        "letters to the leaders": {"mst_1": 1},
        "letter to the coach": {"mst_1": 1},
    }
    assert dict(found.letters) == {"sent": 1, "uncertain": 1}
    assert found.sent == {"<1@institute.example>"}


def test_data_points_are_counted_and_so_are_those_of_a_series_that_was_judged_with_all_of_them(
    databases, observer: Observer
) -> None:
    engagements = databases["engagements"]
    engagements.data_points.insert_many(
        [
            {"measure_id": "msr_1", "period": "2026-06-01"},
            {"measure_id": "msr_1", "period": "2026-06-02"},
            {"measure_id": "msr_2", "period": "2026-06-01"},
        ]
    )
    engagements.charts.insert_many(
        [
            {"measure_id": "msr_1", "points": 2, "judged": "a hash"},
            {"measure_id": "msr_2", "points": 0, "judged": "another, of an earlier moment"},
        ]
    )

    found = observer.observe().consequences

    both = {"msr_1 2026-06-01": 1, "msr_1 2026-06-02": 1}
    assert dict(found["data point"]) == both | {"msr_2 2026-06-01": 1}
    assert dict(found["data point in a series that was judged with it"]) == both


def test_mails_are_counted_by_their_message_id_and_suppressed_duplicates_by_their_log_lines(
    observer: Observer, tmp_path: Path
) -> None:
    for number, id in enumerate(["<1@institute.example>", "<1@institute.example>", "<2@institute.example>"]):
        (tmp_path / "mails" / f"{number}.eml").write_text(f"X-RcptTo: a@b.example\r\nMessage-ID: {id}\r\n\r\nCome.")
    (tmp_path / "logs" / "camps.log").write_text('{"event": "duplicate_suppressed"}\n{"event": "reacted"}\n')
    (tmp_path / "logs" / "camps.2.log").write_text('{"event": "duplicate_suppressed"}\n')

    found = observer.observe()

    assert dict(found.mails) == {"<1@institute.example>": 2, "<2@institute.example>": 1}
    assert found.duplicates_suppressed == 2


def test_dead_letters_are_counted_where_they_are_kept_and_where_they_wait(
    parts: Parts, databases, observer: Observer
) -> None:
    put(parts, "camps.dead", messages=2)
    databases["notifications"].dead_letters.insert_one({})

    assert observer.observe().dead_letters == 3


def test_the_platform_is_quiet_when_nothing_waits_anywhere(parts: Parts, databases, observer: Observer) -> None:
    assert observer.under_way() == {}

    databases["camps"].outbox.insert_many([{"published_at": None}, {"published_at": "then"}])
    databases["notifications"].letters.insert_many([{"state": state} for state in ("ready", "sending", "sent")])
    put(parts, "camps.inbox", messages=1)
    put(parts, "partners.wait.2s", messages=2)

    assert observer.under_way() == {"events to publish": 1, "letters to send": 2, "messages to handle": 3}


def test_the_leader_of_a_service_is_who_holds_its_lease_and_runs(parts: Parts, databases) -> None:
    leaders = Leaders(client=databases, supervisor=parts.supervisor)
    running = parts.supervisor.pids()["mail"]
    lease = Lease(databases["camps"], name="relay", owner=f"localhost:{running}:prc_1", seconds=5)
    gone = Lease(databases["partners"], name="relay", owner="localhost:999999999:prc_2", seconds=5)

    for each in (lease, gone):
        each.prepare()
    assert leaders.of("camps") is None
    assert lease.hold()
    assert gone.hold()

    assert leaders.of("camps") == running
    assert leaders.of("partners") is None
    assert leaders.of("engagements") is None
