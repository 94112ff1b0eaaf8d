"""The doctor on real parts: what is missing, away or waiting is named, with what to do."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from kombu import Connection, Consumer, Queue
from pymongo import MongoClient

from chassis.messaging.topology import message_count, rpc_queue
from cli.connection.datastores import Datastores
from cli.connection.instance_address import Addresses
from cli.local.errors import CannotStart
from cli.local.parts import Parts
from cli.operations.doctor import services
from cli.operations.doctor.dead_letters import dead_letters
from cli.operations.doctor.run import diagnose, findings
from cli.operations.infrastructure import apply_indexes, apply_topology, plan
from tests.certificates import self_signed
from tests.integration.notifications.recording_server import a_secured_server
from tests.waiting import eventually

PREFIX = "doctor_"


@pytest.fixture
def place(parts: Parts) -> Iterator[Datastores]:
    with MongoClient[dict[str, Any]](parts.mongo_uri, tz_aware=True) as client:
        reached = Datastores(amqp=parts.amqp_uri, client=client, prefix=PREFIX)
        yield reached
        for database in reached.databases.values():
            client.drop_database(database.name)


@pytest.fixture
def ready(place: Datastores) -> Datastores:
    apply_topology(place)
    apply_indexes(place)
    return place


def seen(parts: Parts, **other: str) -> dict[tuple[str, str], str]:
    known = Addresses(
        **{"amqp": parts.amqp_uri, "mongo": parts.mongo_uri, "smtp": parts.smtp_uri, "prefix": PREFIX, **other}
    )
    return {(each.what, each.verdict): f"{each.seen}: {each.to_do}" for each in findings(known)}


def test_applying_the_plans_makes_everything_that_was_missing(parts: Parts, place: Datastores) -> None:
    before = seen(parts)
    assert (
        "are missing or to be changed, such as exchange nameko-rpc: `./partnerships topology apply`"
        in before["queues", "bad"]
    )
    assert "`./partnerships indexes apply`" in before["indexes", "bad"]

    apply_topology(place)
    apply_indexes(place)

    after = seen(parts)
    assert {what for what, verdict in after if verdict == "bad"} == {
        "camps",
        "engagements",
        "notifications",
        "partners",
    }
    assert after["camps", "bad"].startswith("does not run")
    assert after["transactions", "ok"].startswith("are ended after 5 s")
    assert after["clocks", "ok"].startswith("0.")


def test_nothing_is_applied_while_something_is_different(place: Datastores) -> None:
    place.databases["partners"]["people"].create_index("partner_id", name="partner_id_1__id_1")

    with pytest.raises(CannotStart, match=r"doctor_partners\.people\.partner_id_1__id_1 is different"):
        apply_indexes(place)

    assert "doctor_camps" not in place.client.list_database_names()


@pytest.mark.usefixtures("ready")
def test_what_waits_too_long_and_what_was_given_up_is_named(parts: Parts, place: Datastores) -> None:
    old = datetime.now(UTC) - timedelta(minutes=2)
    row = {"_id": "evt_1", "type": "camps.camp.announced", "subject": "cmp_1", "sequence": 1, "time": old}
    place.databases["camps"]["outbox"].insert_one({**row, "published_at": None})
    place.databases["notifications"]["dead_letters"].insert_many(
        [{"key": f"{each}:evt_2", "state": "open", "reaction": each} for each in ("notifications.say_goodbye", None)]
    )

    found = seen(parts)

    assert found["camps: outbox", "bad"].startswith("camps.camp.announced waits for 12")
    assert found["notifications: dead letters", "warn"].startswith(
        "2 open, of notifications.say_goodbye: `./partnerships dead-letters list notifications`"
    )


@pytest.mark.usefixtures("ready")
def test_partners_to_whom_nobody_can_be_written_are_warned_of(parts: Parts, place: Datastores) -> None:
    assert seen(parts)["notifications: reachabilities", "ok"].startswith("0 need staff")
    place.databases["notifications"]["reachabilities"].insert_one(
        {"state": "unreachable", "unreachable_since": datetime.now(UTC)}
    )

    assert seen(parts)["notifications: reachabilities", "warn"].startswith("1 need staff: docs/operations.md")


@pytest.mark.usefixtures("ready")
def test_people_of_the_institute_whose_addresses_refuse_mail_are_warned_of(parts: Parts, place: Datastores) -> None:
    refused = {"email": "a@x.example", "refused": "a@x.example", "refused_since": datetime.now(UTC), "left_on": None}
    others = [{"partner_id": "prt_1"}, {"partner_id": None, "left_on": "2026-06-01"},
              {"partner_id": None, "email": "b@x.example"}]  # fmt: skip
    people = place.databases["notifications"]["recipients"]
    people.insert_many([{**refused, **other} for other in others])
    assert seen(parts)["notifications: recipients", "ok"].startswith("0 of the institute's own people take no mail")
    people.insert_one({**refused, "partner_id": None})

    assert seen(parts)["notifications: recipients", "warn"] == (
        "1 of the institute's own people take no mail: `./partnerships get '/v1/deliveries?state=failed'`, and "
        "docs/operations.md, “StaffNeeded”"
    )


@pytest.mark.usefixtures("ready")
@pytest.mark.parametrize(("minutes", "verdict"), [(-1, "ok"), (14, "ok"), (16, "warn")])
@pytest.mark.parametrize(
    ("service", "collection", "waiting", "since"),
    [
        ("notifications", "letters", {"state": "ready"}, "written_at"),
        ("notifications", "follow_ups", {"state": "planned"}, "due_at"),
        ("notifications", "invitations", {}, "remind_at"),
        ("engagements", "milestones", {}, "overdue_at"),
    ],
    ids=["letters", "follow-ups", "invitations", "milestones"],
)
def test_work_that_has_waited_for_a_quarter_of_an_hour_is_warned_of(
    parts: Parts, place: Datastores, service: str, collection: str, waiting: Any, since: str, minutes: int, verdict: str
) -> None:
    at = datetime.now(UTC) - timedelta(minutes=minutes)
    place.databases[service][collection].insert_one({**waiting, since: at})

    said = {each.what: each for each in services.waiting_work(service, place.databases[service])}

    found = said[f"{service}: {collection} to do"]
    assert found.verdict == verdict
    assert found.seen.startswith(f"1 wait, the first for {minutes * 60 // 100}" if minutes > 0 else "none waits")


@pytest.mark.usefixtures("ready")
def test_letters_that_cannot_be_written_are_warned_of(parts: Parts, place: Datastores) -> None:
    assert seen(parts)["notifications: letters", "ok"].startswith("0 need staff")
    unwritable = {"state": "ready", "unwritable_since": datetime.now(UTC), "written_at": datetime.now(UTC)}
    place.databases["notifications"]["letters"].insert_one(unwritable)

    assert seen(parts)["notifications: letters", "warn"] == ("1 need staff: docs/operations.md, “LettersUnwritable”")


@pytest.mark.usefixtures("ready")
@pytest.mark.parametrize(("hours", "verdict"), [(25, "ok"), (27, "warn")])
def test_a_backup_that_is_too_old_is_warned_of(parts: Parts, place: Datastores, hours: int, verdict: str) -> None:
    at = datetime.now(UTC) - timedelta(hours=hours)
    place.databases["camps"]["last_backup"].insert_one({"taken_at": at, "documents": 12})
    place.databases["partners"]["outbox"].insert_one({"published_at": at})

    found = seen(parts)

    assert found["camps: backup", verdict].startswith(f"12 documents as of {at:%Y-%m-%dT%H:%M:%S}")
    assert found["partners: backup", verdict] == "none yet: docs/operations.md, “BackupOld”"
    assert ("engagements: backup", "ok") in found


@pytest.mark.usefixtures("ready")
def test_what_does_not_answer_is_named_without_its_password(parts: Parts) -> None:
    found = seen(parts, amqp="amqp://me:s3cret@127.0.0.1:1//", smtp="smtp://me:s3cret@127.0.0.1:1")

    assert found["broker", "bad"].startswith("amqp://me:***@127.0.0.1:1// does not answer")
    assert found["services", "bad"].startswith("amqp://me:***@127.0.0.1:1// does not answer")
    assert ("camps: outbox", "ok") in found  # what the database says is told all the same
    assert found["mail server", "bad"].startswith("smtp://me:***@127.0.0.1:1 does not answer")
    assert ("primary", "ok") in found
    assert "s3cret" not in "".join(found.values())


@pytest.mark.usefixtures("ready")
def test_a_password_the_broker_does_not_take_is_a_finding(parts: Parts) -> None:
    wrong = parts.amqp_uri.replace("guest:guest", "guest:topsecret")

    found = seen(parts, amqp=wrong)

    assert "ACCESS_REFUSED" in found["broker", "bad"]
    assert "topsecret" not in repr(found)


def test_half_a_backup_is_named(parts: Parts, place: Datastores) -> None:
    place.databases["partners"]["restoring"].insert_one({"_id": "backups/yesterday"})

    assert seen(parts)["partners: database", "bad"].startswith("holds half of a backup: restore the same backup again")


@pytest.mark.usefixtures("ready")
def test_the_settings_say_whether_letters_must_be_encrypted(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "unencrypted, offers no STARTTLS" in seen(parts)["mail server", "ok"]

    monkeypatch.setenv("SMTP_TLS", "required")

    assert "SMTP_TLS is required" in seen(parts)["mail server", "bad"]


@pytest.mark.usefixtures("ready")
def test_the_settings_say_whose_certificates_letters_go_by(
    parts: Parts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = self_signed(tmp_path)
    with a_secured_server(starttls=certificate.of_a_server) as server:
        assert "is not trusted" in seen(parts, smtp=server.uri)["mail server", "bad"]

        monkeypatch.setenv("SMTP_CA_BUNDLE", str(certificate.certificate))

        assert "encrypted" in seen(parts, smtp=server.uri)["mail server", "ok"]


@pytest.mark.usefixtures("ready")
def test_a_reaction_that_has_waited_for_more_than_a_minute_is_warned_of(parts: Parts) -> None:
    with Connection(parts.amqp_uri) as connection:
        for seconds in (60, 300):
            connection.Producer().publish({}, routing_key=f"camps.wait.{seconds}s")
        eventually(lambda: message_count(parts.amqp_uri, "camps.wait.300s") == 1)

        found = seen(parts)

        for seconds in (60, 300):
            Queue(f"camps.wait.{seconds}s")(connection.channel()).purge()
    assert found["camps: reactions", "warn"] == (
        "1 have waited for more than a minute: docs/operations.md, “ReactionsWait”"
    )
    assert ("partners: reactions", "ok") in found


@pytest.mark.usefixtures("ready")
def test_a_way_of_dead_letters_that_is_stuck_is_bad(parts: Parts, place: Datastores) -> None:
    """Camps runs as far as one can see, and its inbox is consumed; nothing that is given up there arrives."""
    with Connection(parts.amqp_uri) as connection, connection.channel() as channel:
        Consumer(channel, Queue(rpc_queue("camps"), no_declare=True)).consume()
        found = {each.what: each for each in dead_letters(place, patience_seconds=0.5)}

    stuck = found["camps: way of dead letters"]
    assert (stuck.verdict, stuck.seen) == ("bad", "a probe did not arrive in 0.5 s")
    assert stuck.to_do == "docs/operations.md, “DeadLettersStuck”"
    assert "partners: way of dead letters" not in found  # it does not run, which is said already
    purge(parts, "camps.inbox")


@pytest.mark.usefixtures("ready")
def test_findings_and_plans_are_read_by_programs(
    parts: Parts, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in (("AMQP_URI", parts.amqp_uri), ("MONGO_URI", parts.mongo_uri), ("DATABASE_PREFIX", PREFIX)):
        monkeypatch.setenv(name, value)

    assert diagnose(as_json=True) == 1  # no service runs
    found = {each["what"]: each for each in map(json.loads, capsys.readouterr().out.splitlines())}
    assert plan("topology", as_json=True) == 0
    planned = [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    assert found["camps"] == {
        "what": "camps", "verdict": "bad", "seen": "does not run", "to_do": "start it; its log says why it ended",
    }  # fmt: skip
    assert {"what": "queue camps.dead", "state": "there", "detail": ""} in planned


@pytest.mark.usefixtures("ready")
def test_what_is_parked_is_bad(parts: Parts, place: Datastores) -> None:
    with Connection(parts.amqp_uri) as connection:
        connection.Producer().publish({}, routing_key="camps.parked")
    eventually(lambda: message_count(parts.amqp_uri, "camps.parked") == 1)

    found = seen(parts)

    assert found["camps: parked messages", "bad"] == "1: docs/operations.md, “DeadLettersParked”"
    assert found["partners: parked messages", "ok"].startswith("0")
    purge(parts, "camps.parked")


def purge(parts: Parts, queue: str) -> None:
    with Connection(parts.amqp_uri) as connection:
        Queue(queue)(connection.default_channel).purge()
