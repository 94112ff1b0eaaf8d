"""What becomes of a fact that a later one about the same subject has overtaken."""

from collections.abc import Callable
from typing import Any

import pytest

from chassis.domain.errors import Superseded
from chassis.messaging.inbox import AlreadyProcessed, process_once
from chassis.persistence.unit_of_work import INBOX, Store, UnitOfWork
from tests.unit.chassis.test_envelope import an_envelope

REACTION = "sample.take_note"
EVENT = an_envelope(id="evt_older")


def writing_before(error: Exception) -> Callable[[UnitOfWork], None]:
    def effect(uow: UnitOfWork) -> None:
        uow.collection("notes").insert_one({"text": "too late"}, session=uow.session)
        raise error

    return effect


def heard(store: Store) -> list[dict[str, Any]]:
    return list(store.database[INBOX].find({}, {"superseded": 1}))


def test_an_overtaken_event_is_recorded_as_superseded_and_has_no_effect(store: Store) -> None:
    effect = writing_before(Superseded("it is known by its event 2, and this is 1"))

    process_once(store, effect, reaction=REACTION, event=EVENT)

    row = {"_id": "sample.take_note:evt_older", "superseded": "it is known by its event 2, and this is 1"}
    assert heard(store) == [row]
    assert store.database["notes"].count_documents({}) == 0


def test_a_copy_of_a_superseded_event_is_a_duplicate(store: Store) -> None:
    effect = writing_before(Superseded("later"))
    process_once(store, effect, reaction=REACTION, event=EVENT)

    with pytest.raises(AlreadyProcessed):
        process_once(store, effect, reaction=REACTION, event=EVENT)


def test_what_took_effect_is_recorded_without_a_reason(store: Store) -> None:
    process_once(store, lambda uow: None, reaction=REACTION, event=EVENT)

    assert heard(store) == [{"_id": "sample.take_note:evt_older", "superseded": None}]


def test_a_reaction_that_fails_leaves_nothing_behind_and_can_run_again(store: Store) -> None:
    with pytest.raises(RuntimeError):
        process_once(store, writing_before(RuntimeError("broken")), reaction=REACTION, event=EVENT)

    assert heard(store) == []
    assert store.database["notes"].count_documents({}) == 0
