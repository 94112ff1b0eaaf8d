"""Documents change their form while an older and a newer version work side by side."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from chassis.domain.causation import Cause
from chassis.domain.scope import PLATFORM
from chassis.persistence import migrations
from chassis.persistence.plan import State
from chassis.persistence.unit_of_work import Store
from cli.local.process import REPOSITORY
from tests.integration.chassis.note_releases import (
    NOTES,
    ContractingNotes,
    ExpandingNotes,
    Notes,
    in_two,
    rewrite,
    write,
)
from tests.waiting import eventually

CAUSE = Cause(correlation_id="req_1")


@pytest.fixture
def notes(store: Store) -> Store:
    """As the old version left them."""
    with_notes(store, NOTES)
    return store


def with_notes(store: Store, number: int) -> None:
    def write_all(uow: Any) -> None:
        for each in range(number):
            write(uow, id=f"nte_{each:04d}")

    store.transact(write_all, cause=CAUSE)


@contextmanager
def working(store: Store, mongo_uri: str, release: str) -> Iterator[None]:
    """A process of this release that rewrites notes, until it is told to stop."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.integration.chassis.note_releases", release, mongo_uri]
    with subprocess.Popen([*command, store.database.name], cwd=REPOSITORY) as process:
        try:
            eventually(lambda: said_by(store, release) >= 2 * NOTES, within=30)
            yield
        finally:
            store.database["stop"].insert_one({"_id": release})
            assert process.wait(timeout=30) == 0


def said_by(store: Store, release: str) -> int:
    return store.database["said"].count_documents({"text": {"$regex": f"^{release} "}})


def more_is_said_by(store: Store, *releases: str) -> None:
    before = {release: said_by(store, release) for release in releases}
    eventually(lambda: all(said_by(store, release) > before[release] + NOTES for release in releases), within=30)


def migrate(store: Store, repository: Any) -> None:
    migrations.apply(store.database, [repository], clock=store.clock, print_line=lambda _: None)


def pending(store: Store, repository: Any) -> str:
    (planned,) = migrations.plan(store.database, [repository])
    return "" if planned.state is State.THERE else planned.detail


def assert_that_nothing_was_lost(store: Store, *readers: Any) -> None:
    """Every version of a note was made from the one before, and what was said last is what everybody reads."""
    for number in range(NOTES):
        id = f"nte_{number:04d}"
        said = list(store.database["said"].find({"note": id}).sort("version", 1))
        assert [each["version"] for each in said] == list(range(2, len(said) + 2))
        assert all(later["before"] == earlier["text"] for earlier, later in pairwise(said))
        for reader in readers:
            assert reader(store.reading(cause=CAUSE)).get(id, scope=PLATFORM).text == said[-1]["text"]


def test_an_older_and_a_newer_version_work_on_the_same_notes_while_they_are_migrated(
    notes: Store, mongo_uri: str
) -> None:
    with working(notes, mongo_uri, "old"), working(notes, mongo_uri, "expanding"):
        migrate(notes, ExpandingNotes)
        more_is_said_by(notes, "old", "expanding")
    assert_that_nothing_was_lost(notes, Notes, ExpandingNotes)

    migrate(notes, ExpandingNotes)
    assert pending(notes, ExpandingNotes) == ""
    for document in notes.database["notes"].find():
        assert document["text"] == f"{document['headline']}: {document['body']}"


def test_the_old_members_go_while_two_newer_versions_work_side_by_side(notes: Store, mongo_uri: str) -> None:
    migrate(notes, ExpandingNotes)

    with working(notes, mongo_uri, "expanding"), working(notes, mongo_uri, "contracting"):
        migrate(notes, ContractingNotes)
        more_is_said_by(notes, "expanding", "contracting")
    assert_that_nothing_was_lost(notes, ExpandingNotes, ContractingNotes)

    migrate(notes, ContractingNotes)
    assert pending(notes, ContractingNotes) == ""
    assert notes.database["notes"].count_documents({"text": {"$exists": True}}) == 0
    assert_that_nothing_was_lost(notes, ContractingNotes)


def test_a_migration_that_was_ended_goes_on_behind_its_last_batch(store: Store, monkeypatch: Any) -> None:
    monkeypatch.setattr(migrations, "BATCH", 10)
    with_notes(store, 25)

    def end(_: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        migrations.apply(store.database, [ExpandingNotes], clock=store.clock, print_line=end)
    assert pending(store, ExpandingNotes) == "15 documents to migrate"

    told: list[str] = []
    migrations.apply(store.database, [ExpandingNotes], clock=store.clock, print_line=told.append)

    assert told == ["notes.1: 10 documents, up to nte_0019", "notes.1: 5 documents, up to nte_0024"]
    (record,) = store.database["migrations"].find()
    assert (record["_id"], record["meaning"], record["migrated"]) == ("notes.1", "a note has a headline and a body", 25)
    assert record["ended_at"] == store.clock()


def test_what_is_written_while_its_batch_is_migrated_is_not_overwritten(store: Store) -> None:
    with_notes(store, 1)

    def renew_while_somebody_writes(document: Any) -> Any:
        store.transact(lambda uow: rewrite(uow, ContractingNotes, id="nte_0000", words="meanwhile"), cause=CAUSE)
        return in_two(document)

    class Interrupted(ContractingNotes):
        document_version = replace(ContractingNotes.document_version, upgrade=renew_while_somebody_writes)

    migrate(store, Interrupted)
    migrate(store, ContractingNotes)

    note = ContractingNotes(store.reading(cause=CAUSE)).get("nte_0000", scope=PLATFORM)
    assert (note.headline, note.body) == ("meanwhile", "after a headline")
    assert pending(store, ContractingNotes) == ""


def test_a_migration_ends_though_an_older_version_goes_on_writing(store: Store) -> None:
    with_notes(store, 1)
    renewed: list[Any] = []

    def renew_while_somebody_writes(document: Any) -> Any:
        renewed.append(document)
        assert len(renewed) < 5, "it goes round in circles"
        store.transact(lambda uow: rewrite(uow, Notes, id="nte_0000", words="meanwhile"), cause=CAUSE)
        return in_two(document)

    class Interrupted(ExpandingNotes):
        document_version = replace(ExpandingNotes.document_version, upgrade=renew_while_somebody_writes)

    migrate(store, Interrupted)

    assert pending(store, ExpandingNotes) == "1 documents to migrate"


def test_a_migration_does_nothing_to_what_has_the_new_form_already(store: Store) -> None:
    with_notes(store, 3)
    migrate(store, ExpandingNotes)
    before = list(store.database["notes"].find())

    migrate(store, ExpandingNotes)

    assert list(store.database["notes"].find()) == before
    assert store.database["migrations"].find_one()["migrated"] == 3  # type: ignore[index]
    assert [document["version"] for document in before] == [1, 1, 1]


def test_a_service_whose_documents_do_not_change_has_nothing_to_migrate(store: Store) -> None:
    assert list(migrations.plan(store.database, [Notes])) == []
