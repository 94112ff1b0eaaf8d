"""What the broker lost before everybody heard it, found by what the services wrote down."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis.messaging.redelivery import Hearers
from chassis.persistence.unit_of_work import Store

NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
REACTIONS = {"one.thing.happened": ["two.take_note", "two.count_it"]}


@pytest.fixture
def databases(store: Store) -> dict[str, Any]:
    """A service that says, and one that hears."""
    client, name = store.database.client, store.database.name
    yield {"one": store.database, "two": client[f"{name}_two"]}
    client.drop_database(f"{name}_two")


def said(databases: Any, id: str, *, type: str = "one.thing.happened", published: datetime | None = NOW) -> None:
    databases["one"].outbox.insert_one({"_id": id, "type": type, "published_at": published})


def heard(databases: Any, *keys: str) -> None:
    databases["two"].inbox.insert_many([{"_id": key} for key in keys])


def unheard(databases: Any) -> list[str]:
    rows = Hearers(databases, reactions=REACTIONS).unheard(since=NOW - timedelta(days=1))
    return [row["_id"] for row in rows]


def test_an_event_is_unheard_until_each_reaction_to_it_has_taken_effect(databases: Any) -> None:
    for id in ("evt_1", "evt_2", "evt_3"):
        said(databases, id)
    heard(databases, "two.take_note:evt_1", "two.count_it:evt_1", "two.take_note:evt_2")

    assert unheard(databases) == ["evt_2", "evt_3"]


def test_what_nobody_hears_or_waits_in_the_outbox_or_is_long_gone_is_not_said_again(databases: Any) -> None:
    said(databases, "nobody hears", type="one.thing.forgotten")
    said(databases, "not published", published=None)
    said(databases, "long ago", published=NOW - timedelta(days=2))

    assert unheard(databases) == []


@pytest.mark.parametrize("state", ["open", "replaying", "discarded"])
def test_what_is_a_dead_letter_is_left_to_whom_it_was_given(databases: Any, state: str) -> None:
    said(databases, "evt_1")
    heard(databases, "two.take_note:evt_1")
    databases["two"].dead_letters.insert_one({"key": "two.count_it:evt_1", "state": state})

    assert unheard(databases) == []


def test_a_dead_letter_that_was_replayed_may_have_been_lost_again(databases: Any) -> None:
    said(databases, "evt_1")
    heard(databases, "two.take_note:evt_1")
    databases["two"].dead_letters.insert_one({"key": "two.count_it:evt_1", "state": "replayed"})

    assert unheard(databases) == ["evt_1"]


def test_a_dead_letter_of_a_whole_service_is_that_of_its_own_reactions(databases: Any) -> None:
    said(databases, "evt_1")
    said(databases, "evt_2")
    databases["two"].dead_letters.insert_one({"key": "*:evt_1", "state": "open"})
    databases["one"].dead_letters.insert_one({"key": "*:evt_2", "state": "open"})

    assert unheard(databases) == ["evt_2"]


def test_what_is_to_be_said_again_waits_for_the_relay(databases: Any) -> None:
    said(databases, "evt_1")
    said(databases, "evt_2")
    hearers = Hearers(databases, reactions=REACTIONS)

    hearers.say_again([row for row in hearers.unheard(since=NOW) if row["_id"] == "evt_1"])

    rows = databases["one"].outbox.find().sort("_id")
    assert [row["published_at"] for row in rows] == [None, NOW]
