"""State, outbox, inbox and command records on the real database."""

from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import Any

import pytest

from chassis.domain.causation import Cause
from chassis.domain.errors import NotFound, NotYetKnown, Stale
from chassis.domain.scope import PLATFORM, Scope
from chassis.messaging.inbox import AlreadyProcessed, remember
from chassis.persistence import repository
from chassis.persistence.pagination import Order
from chassis.persistence.repository import AlreadyExists
from chassis.persistence.unit_of_work import Store, UnitOfWork
from chassis.rpc.idempotency import Command, CommandIdReused, execute_once
from tests.integration.chassis.notes import Note, Notes
from tests.unit.chassis.test_envelope import an_envelope

CAUSE = Cause(correlation_id="req_1", causation_id="evt_0", actor="anna")
OTHER = Scope(subject="bo", organisation="org_2")


def written(store: Store, text: str = "first") -> Note:
    return store.transact(lambda uow: Notes(uow).save(Note.write(id=uow.new_id("nte"), text=text)), cause=CAUSE)


def rows(store: Store, collection: str) -> list[dict[str, Any]]:
    return list(store.database[collection].find().sort("_id"))


def test_state_and_its_events_are_stored_together(store: Store) -> None:
    note = written(store, "hello")

    (row,) = rows(store, "outbox")

    assert Notes(store.reading(cause=CAUSE)).get(note.id, scope=PLATFORM).text == "hello"
    assert row["subject"] == note.id
    assert row["sequence"] == 1
    assert row["data"] == {"note_id": note.id, "text": "hello"}
    assert (row["correlation_id"], row["causation_id"], row["actor"]) == ("req_1", "evt_0", "anna")
    assert row["published_at"] is None


def test_a_transaction_that_fails_leaves_nothing_behind(store: Store) -> None:
    def half(uow: UnitOfWork) -> None:
        remember(uow, reaction="sample.take_note", event=an_envelope())
        Notes(uow).save(Note.write(id="nte_1", text="half"))
        raise RuntimeError("the process would have died here")

    with pytest.raises(RuntimeError):
        store.transact(half, cause=CAUSE)

    assert [rows(store, name) for name in ("notes", "outbox", "inbox")] == [[], [], []]


def test_the_events_of_a_subject_are_numbered_without_a_gap(store: Store) -> None:
    note = written(store)

    for text in ("second", "third"):
        store.transact(lambda uow, text=text: rewrite(uow, note.id, text), cause=CAUSE)

    assert [row["sequence"] for row in rows(store, "outbox")] == [1, 2, 3]


def test_writers_of_one_subject_at_once_leave_no_gap_and_no_double(store: Store) -> None:
    note = written(store)

    with ThreadPoolExecutor(8) as writers:
        for _ in writers.map(lambda n: store.transact(lambda w: rewrite(w, note.id, str(n)), cause=CAUSE), range(40)):
            pass

    assert sorted(row["sequence"] for row in rows(store, "outbox")) == list(range(1, 42))


def test_a_version_that_was_seen_earlier_is_stale(store: Store) -> None:
    note = written(store)
    store.transact(lambda uow: rewrite(uow, note.id, "second"), cause=CAUSE)

    with pytest.raises(Stale, match=f"note {note.id} is at version 2, not 1"):
        Notes(store.reading(cause=CAUSE)).get(note.id, scope=PLATFORM, version={1})


def test_a_copy_read_before_somebody_else_stored_it_is_not_stored(store: Store) -> None:
    note = written(store)
    old = Notes(store.reading(cause=CAUSE)).get(note.id, scope=PLATFORM)
    store.transact(lambda uow: rewrite(uow, note.id, "second"), cause=CAUSE)

    with pytest.raises(Stale, match="was changed since version 1"):
        store.transact(lambda uow: Notes(uow).save(old), cause=CAUSE)


def test_another_organisations_thing_is_not_there(store: Store) -> None:
    note = written(store)
    notes = Notes(store.reading(cause=CAUSE))

    with pytest.raises(NotFound, match=f"there is no note '{note.id}'"):
        notes.get(note.id, scope=OTHER)

    assert notes.page({}, scope=OTHER, limit=10, order=Order(), after=None) == []
    assert notes.first({"text": "first"}, scope=OTHER) is None


def test_a_condition_on_the_owner_does_not_widen_the_scope(store: Store) -> None:
    written(store)

    assert list(Notes(store.reading(cause=CAUSE)).each({"owner": "org_1"}, scope=OTHER)) == []


def test_each_match_is_given_once_though_it_does_not_match_any_more(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repository, "BATCH", 2)
    ids = [written(store).id for _ in range(5)]

    def rewrite_each(work: UnitOfWork) -> list[str]:
        return [rewrite(work, note.id, "second").id for note in Notes(work).each({"text": "first"}, scope=PLATFORM)]

    assert store.transact(rewrite_each, cause=CAUSE) == ids


def test_no_more_than_a_batch_is_read_ahead(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repository, "BATCH", 2)
    ids = [written(store).id for _ in range(5)]
    notes = Notes(store.reading(cause=CAUSE)).each({}, scope=PLATFORM)

    first = next(notes)
    store.database["notes"].delete_many({})

    assert [first.id, *(note.id for note in notes)] == ids[:2]


def test_a_fact_that_is_still_to_come_is_not_yet_known(store: Store) -> None:
    with pytest.raises(NotYetKnown, match="note nte_9 is not known here yet"):
        Notes(store.reading(cause=CAUSE)).known("nte_9", scope=PLATFORM)


def test_a_second_thing_with_the_same_id_is_refused_by_name(store: Store) -> None:
    note = written(store)

    with pytest.raises(AlreadyExists, match=f"already a note with _id '{note.id}'"):
        store.transact(lambda uow: Notes(uow).save(Note.write(id=note.id, text="again")), cause=CAUSE)


def test_an_event_that_was_heard_before_is_known_by_reaction(store: Store) -> None:
    store.transact(lambda uow: remember(uow, reaction="sample.take_note", event=an_envelope()), cause=CAUSE)

    with pytest.raises(AlreadyProcessed):
        store.transact(lambda uow: remember(uow, reaction="sample.take_note", event=an_envelope()), cause=CAUSE)
    store.transact(lambda uow: remember(uow, reaction="sample.count_it", event=an_envelope()), cause=CAUSE)

    assert [row["_id"] for row in rows(store, "inbox")] == ["sample.count_it:evt_1", "sample.take_note:evt_1"]


def test_copies_of_an_event_at_the_same_time_take_effect_once(store: Store) -> None:
    numbers = count()

    def react(_: int) -> bool:
        def effect(uow: UnitOfWork) -> None:
            remember(uow, reaction="sample.take_note", event=an_envelope())
            Notes(uow).save(Note.write(id=f"nte_{next(numbers)}", text="once"))

        try:
            store.transact(effect, cause=CAUSE)
        except AlreadyProcessed:
            return False
        return True

    with ThreadPoolExecutor(8) as copies:
        effects = list(copies.map(react, range(24)))

    assert effects.count(True) == 1
    assert len(rows(store, "notes")) == 1


def a_command(**arguments: str) -> Command:
    return Command(id="key-1", operation="write", arguments=arguments, scope=PLATFORM)


def carried_out(store: Store, command: Command) -> dict[str, Any]:
    def deed(uow: UnitOfWork) -> dict[str, Any]:
        return {"id": Notes(uow).save(Note.write(id=uow.new_id("nte"), text=command.arguments["text"])).id}

    return store.transact(lambda uow: execute_once(uow, command, lambda: deed(uow)), cause=CAUSE).result


def test_a_command_that_is_repeated_gets_the_first_answer(store: Store) -> None:
    first = carried_out(store, a_command(text="a"))

    assert carried_out(store, a_command(text="a")) == first
    assert len(rows(store, "notes")) == 1


def test_a_command_id_is_not_used_for_something_else(store: Store) -> None:
    carried_out(store, a_command(text="a"))

    with pytest.raises(CommandIdReused, match="'key-1' was used before with another body"):
        carried_out(store, a_command(text="b"))


def test_two_callers_may_use_the_same_command_id(store: Store) -> None:
    theirs = Command(id="key-1", operation="write", arguments={"text": "a"}, scope=OTHER)

    assert carried_out(store, a_command(text="a")) != carried_out(store, theirs)


def test_one_command_sent_by_many_at_once_takes_effect_once(store: Store) -> None:
    with ThreadPoolExecutor(8) as senders:
        answers = list(senders.map(lambda _: carried_out(store, a_command(text="a")), range(24)))

    assert len(rows(store, "notes")) == 1
    assert all(answer == answers[0] for answer in answers)


def rewrite(uow: UnitOfWork, id: str, text: str) -> Note:
    note = Notes(uow).get(id, scope=PLATFORM)
    note.rewrite(text)
    return Notes(uow).save(note)
