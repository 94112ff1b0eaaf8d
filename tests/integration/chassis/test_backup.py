"""A backup of several databases while they are written to, and what is put back of it."""

import errno
import gzip
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from threading import Event, Thread
from typing import Any
from uuid import uuid4

import pytest
from bson import Decimal128, Int64, ObjectId, Regex, Timestamp, decode_all
from pymongo import MongoClient
from pymongo.database import Database

from chassis.backup import snapshot
from chassis.backup.last_backup import LAST_BACKUP, LastBackup, last_backup, not_backed_up_since
from chassis.persistence.unit_of_work import OUTBOX, RESTORING
from tests.waiting import eventually

NOW = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)
ODD = {
    "_id": "odd",
    "big": Int64(7),
    "small": 7,
    "money": Decimal128(Decimal("0.10")),
    "at": datetime(1969, 12, 31, 23, 59, 59, 999000, tzinfo=UTC),
    "bytes": b"\x00\xff",
    "id": ObjectId("65f000000000000000000001"),
    "pattern": Regex("^a", "i"),
    "stamp": Timestamp(1, 2),
    "nan": float("-inf"),
    "nothing": None,
    "order": {"b": 1, "a": 2},
    "text": "Łucja\u0000",
}


@pytest.fixture
def databases(mongo_uri: str) -> Iterator[dict[str, Database[dict[str, Any]]]]:
    """Two services' databases, of one client, each with an outbox."""
    prefix = f"backup_{uuid4().hex[:8]}_"
    with MongoClient[dict[str, Any]](mongo_uri, tz_aware=True) as client:
        found = {name: client[prefix + name] for name in ("one", "two")}
        for database in found.values():
            database.create_collection(OUTBOX)
        yield found
        for database in found.values():
            client.drop_database(database.name)


def take(databases: Any, folder: Path) -> snapshot.Manifest:
    return snapshot.take(databases, folder, at=NOW, versions={"mongodb": "x"}, print_line=lambda _: None)


def put_back(databases: Any, folder: Path) -> None:
    snapshot.restore(folder, snapshot.read(folder), databases, print_line=lambda _: None)


def test_what_is_put_back_is_what_was_there_of_whatever_type(databases: Any, tmp_path: Path) -> None:
    databases["one"]["things"].insert_many([ODD, {"_id": 5}, {"_id": ObjectId("65f000000000000000000002"), "n": 1.0}])
    take(databases, tmp_path / "kept")
    databases["one"]["things"].update_one({"_id": "odd"}, {"$set": {"small": 8}})
    databases["two"]["later"].insert_one({"_id": 1})

    put_back(databases, tmp_path / "kept")

    (odd,) = databases["one"]["things"].find({"_id": "odd"})
    assert odd == ODD
    assert list(odd["order"]) == ["b", "a"]
    assert type(odd["big"]) is Int64
    assert databases["one"]["things"].count_documents({}) == 3
    assert "later" not in databases["two"].list_collection_names()
    snapshot.verify(snapshot.read(tmp_path / "kept"), databases)


def test_its_files_are_those_of_mongodump_and_its_manifest_says_how_many(databases: Any, tmp_path: Path) -> None:
    databases["one"]["things"].insert_many([{"_id": number} for number in range(3)])

    take(databases, tmp_path / "kept")

    assert decode_all(gzip.decompress((tmp_path / "kept/one/things.bson.gz").read_bytes())) == [
        {"_id": 0}, {"_id": 1}, {"_id": 2},
    ]  # fmt: skip
    said = json.loads((tmp_path / "kept/manifest.json").read_text())
    assert said["taken_at"] == "2026-06-01T02:00:00+00:00"
    assert [(each["service"], each["collection"], each["documents"]) for each in said["collections"]] == [
        ("one", "outbox", 0), ("one", "things", 3), ("two", "outbox", 0),
    ]  # fmt: skip
    assert (tmp_path / "kept").stat().st_mode & 0o077 == 0


def test_all_databases_are_as_they_were_at_one_instant(databases: Any, tmp_path: Path) -> None:
    stop, one, two = Event(), databases["one"], databases["two"]
    one["things"].insert_many([{"_id": f"before {number}", "text": "x" * 1000} for number in range(20_000)])
    two["things"].insert_one({"_id": "before"})

    def write() -> None:
        with one.client.start_session() as session:
            for number in range(1_000_000):
                if stop.is_set():
                    return
                with session.start_transaction():
                    one["zz_last"].insert_one({"_id": number}, session=session)
                    two["things"].insert_one({"_id": number}, session=session)

    one.create_collection("zz_last")
    writing = Thread(target=write)
    writing.start()
    eventually(lambda: one["zz_last"].count_documents({}) > 10)
    manifest = take(databases, tmp_path / "kept")
    after = one["zz_last"].count_documents({})
    stop.set()
    writing.join()

    count = {(each.service, each.collection): each.documents for each in manifest.collections}
    assert count["two", "things"] == count["one", "zz_last"] + 1
    assert 0 < count["one", "zz_last"] < after


@pytest.mark.parametrize("service", ["one", "two"])
def test_a_file_that_is_not_as_it_was_written_is_named(databases: Any, tmp_path: Path, service: str) -> None:
    databases[service]["things"].insert_many([{"_id": number, "text": "abc"} for number in range(100)])
    manifest = take(databases, tmp_path / "kept")
    path = tmp_path / "kept" / service / "things.bson.gz"
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()).replace(b"abc", b"abd", 1)))

    with pytest.raises(snapshot.UnusableBackup, match=rf"{service}\.things has 100 documents with hash"):
        snapshot.check(tmp_path / "kept", manifest)


@pytest.mark.parametrize("cut", [10, 100])
def test_a_file_that_is_cut_short_is_named(databases: Any, tmp_path: Path, cut: int) -> None:
    databases["one"]["things"].insert_many([{"_id": number} for number in range(100)])
    manifest = take(databases, tmp_path / "kept")
    path = tmp_path / "kept/one/things.bson.gz"
    path.write_bytes(path.read_bytes()[:-cut])

    with pytest.raises(snapshot.UnusableBackup, match=r"one/things\.bson\.gz cannot be read"):
        snapshot.check(tmp_path / "kept", manifest)


def test_a_document_that_is_not_as_it_was_put_back_is_seen(databases: Any, tmp_path: Path) -> None:
    databases["two"]["things"].insert_many([{"_id": 1, "n": 1}, {"_id": 2, "n": 2}])
    manifest = take(databases, tmp_path / "kept")
    databases["two"]["things"].update_one({"_id": 1}, {"$set": {"n": Int64(1)}})

    with pytest.raises(snapshot.UnusableBackup, match=r"two\.things has 2 documents with hash"):
        snapshot.verify(manifest, databases)


def test_no_service_starts_on_what_is_half_put_back(databases: Any, tmp_path: Path) -> None:
    take(databases, tmp_path / "kept")

    put_back(databases, tmp_path / "kept")
    assert all(RESTORING in database.list_collection_names() for database in databases.values())

    snapshot.finish_restore(snapshot.read(tmp_path / "kept"), databases)
    assert not any(RESTORING in database.list_collection_names() for database in databases.values())


def test_a_whole_backup_is_noted_in_each_database_and_is_in_none(databases: Any, tmp_path: Path) -> None:
    databases["one"]["things"].insert_many([{"_id": number} for number in range(3)])

    first, second = (take(databases, tmp_path / name) for name in ("first", "second"))

    assert last_backup(databases["one"]) == LastBackup(taken_at=NOW, documents=3)
    assert last_backup(databases["two"]) == LastBackup(taken_at=NOW, documents=0)
    assert first.collections == second.collections


def test_a_backup_that_fails_is_not_noted(databases: Any, tmp_path: Path) -> None:
    def no_space(_: str) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        snapshot.take(databases, tmp_path / "kept", at=NOW, versions={}, print_line=no_space)

    assert not any(LAST_BACKUP in database.list_collection_names() for database in databases.values())


def test_what_was_put_back_notes_the_backup_it_came_from(databases: Any, tmp_path: Path) -> None:
    manifest = take(databases, tmp_path / "kept")
    snapshot.take(databases, tmp_path / "later", at=NOW + timedelta(days=1), versions={}, print_line=lambda _: None)

    put_back(databases, tmp_path / "kept")
    snapshot.finish_restore(manifest, databases)

    assert not_backed_up_since(databases["one"]) == NOW


def test_before_the_first_backup_nothing_is_saved_since_the_oldest_event(databases: Any, tmp_path: Path) -> None:
    assert not_backed_up_since(databases["one"]) is None

    days = [NOW - timedelta(days=number) for number in (3, 9, 5)]
    databases["one"][OUTBOX].insert_many([{"published_at": day} for day in [None, *days]])

    assert not_backed_up_since(databases["one"]) == NOW - timedelta(days=9)


def test_a_wrong_prefix_is_no_empty_backup(databases: Any, tmp_path: Path) -> None:
    databases["two"].drop_collection(OUTBOX)

    with pytest.raises(snapshot.UnusableBackup, match=r"of two has no outbox: is DATABASE_PREFIX right\?"):
        take(databases, tmp_path / "kept")
    assert not (tmp_path / "kept").exists()


def test_a_backup_is_never_written_over(databases: Any, tmp_path: Path) -> None:
    take(databases, tmp_path / "kept")

    with pytest.raises(snapshot.UnusableBackup, match="exists already"):
        take(databases, tmp_path / "kept")


@pytest.mark.parametrize("said", ["", "[]", '{"format": 2}', "{}"])
def test_what_is_no_backup_of_ours_is_refused(tmp_path: Path, said: str) -> None:
    (tmp_path / "manifest.json").write_text(said)

    with pytest.raises(snapshot.UnusableBackup, match=r"is no backup|has format 2"):
        snapshot.read(tmp_path)
