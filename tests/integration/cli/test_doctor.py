"""The doctor on real parts: what is missing, away or waiting is named, with what to do."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pymongo import MongoClient

from cli.connection.datastores import Addresses, Datastores
from cli.local.errors import CannotStart
from cli.local.parts import Parts
from cli.operations.doctor.visit import findings
from cli.operations.infrastructure import apply_indexes, apply_topology

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
    place.databases["notifications"]["dead_letters"].insert_one({"key": "*:evt_2", "state": "open"})

    found = seen(parts)

    assert found["camps: outbox", "bad"].startswith("camps.camp.announced waits for 12")
    assert "1 open: `./partnerships dead-letters list notifications`" in found["notifications: dead letters", "warn"]


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

    assert found["broker", "bad"].startswith("amqp://127.0.0.1:1// does not answer")
    assert found["mail server", "bad"].startswith("smtp://127.0.0.1:1 does not answer")
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
