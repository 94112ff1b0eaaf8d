"""Events that the broker lost before every reaction processed them, found by the inboxes."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis.messaging.redelivery import Redelivery
from chassis.persistence.unit_of_work import Store

NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
REACTIONS = {"one.thing.happened": ["two.take_note", "two.count_it"]}


@pytest.fixture
def databases(store: Store) -> dict[str, Any]:
    """A service that publishes, and one that reacts."""
    client, name = store.database.client, store.database.name
    yield {"one": store.database, "two": client[f"{name}_two"]}
    client.drop_database(f"{name}_two")


def published(databases: Any, id: str, *, type: str = "one.thing.happened", at: datetime | None = NOW) -> None:
    databases["one"].outbox.insert_one({"_id": id, "type": type, "published_at": at})


def processed(databases: Any, *keys: str) -> None:
    databases["two"].inbox.insert_many([{"_id": key} for key in keys])


def missed(databases: Any) -> list[str]:
    rows = Redelivery(databases, reactions=REACTIONS).missed(since=NOW - timedelta(days=1))
    return [row["_id"] for row in rows]


def test_an_event_is_missed_until_each_reaction_to_it_has_taken_effect(databases: Any) -> None:
    for id in ("evt_1", "evt_2", "evt_3"):
        published(databases, id)
    processed(databases, "two.take_note:evt_1", "two.count_it:evt_1", "two.take_note:evt_2")

    assert missed(databases) == ["evt_2", "evt_3"]


def test_an_event_without_a_reaction_or_unpublished_or_older_than_asked_for_is_not_missed(databases: Any) -> None:
    published(databases, "nobody hears", type="one.thing.forgotten")
    published(databases, "not published", at=None)
    published(databases, "long ago", at=NOW - timedelta(days=2))

    assert missed(databases) == []


@pytest.mark.parametrize("state", ["open", "replaying", "discarded"])
def test_a_dead_letter_is_not_missed(databases: Any, state: str) -> None:
    published(databases, "evt_1")
    processed(databases, "two.take_note:evt_1")
    databases["two"].dead_letters.insert_one({"key": "two.count_it:evt_1", "state": state})

    assert missed(databases) == []


def test_a_dead_letter_that_was_replayed_may_have_been_lost_again(databases: Any) -> None:
    published(databases, "evt_1")
    processed(databases, "two.take_note:evt_1")
    databases["two"].dead_letters.insert_one({"key": "two.count_it:evt_1", "state": "replayed"})

    assert missed(databases) == ["evt_1"]


def test_a_dead_letter_of_a_whole_service_is_that_of_its_own_reactions(databases: Any) -> None:
    published(databases, "evt_1")
    published(databases, "evt_2")
    databases["two"].dead_letters.insert_one({"key": "*:evt_1", "state": "open"})
    databases["one"].dead_letters.insert_one({"key": "*:evt_2", "state": "open"})

    assert missed(databases) == ["evt_2"]


def test_a_republished_event_waits_for_the_relay(databases: Any) -> None:
    published(databases, "evt_1")
    published(databases, "evt_2")
    redelivery = Redelivery(databases, reactions=REACTIONS)

    redelivery.republish([row for row in redelivery.missed(since=NOW) if row["_id"] == "evt_1"])

    rows = databases["one"].outbox.find().sort("_id")
    assert [row["published_at"] for row in rows] == [None, NOW]
