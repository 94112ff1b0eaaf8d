"""What the broker and a database should have, compared with what they have."""

from typing import Any

import pytest
from kombu import Connection, Queue
from pymongo import IndexModel

from chassis.messaging import topology
from chassis.persistence import indexes
from chassis.persistence.plan import State
from chassis.persistence.unit_of_work import Store
from chassis.runtime.preparation import indexes_of
from tests.integration.chassis.broker_client import BrokerClient
from tests.integration.chassis.notes import Notes

NEEDED = {"service": "planned", "hears": ["source.thing.happened"], "wait_seconds": [1]}
QUEUES = ("planned.inbox", "planned.wait.1s", "planned.dead", "planned.parked", "rpc-planned")


@pytest.fixture
def nothing_declared(amqp_uri: str) -> None:
    with BrokerClient(amqp_uri) as broker:
        for queue in QUEUES:
            broker.delete(queue)


def queues(amqp_uri: str) -> dict[str, State]:
    found = topology.plan(amqp_uri, **NEEDED)
    return {each.what: each.state for each in found if each.what.startswith("queue ")}


@pytest.mark.usefixtures("nothing_declared")
def test_a_plan_names_what_is_missing_and_makes_none_of_it(amqp_uri: str) -> None:
    missing = dict.fromkeys((f"queue {queue}" for queue in QUEUES), State.MISSING)

    assert queues(amqp_uri) == missing
    assert queues(amqp_uri) == missing

    topology.declare(amqp_uri, **NEEDED)
    assert set(queues(amqp_uri).values()) == {State.THERE}


@pytest.mark.usefixtures("nothing_declared")
def test_a_queue_with_other_arguments_is_named_with_the_way_out(amqp_uri: str) -> None:
    with Connection(amqp_uri) as connection:
        Queue("planned.inbox", durable=True)(connection.channel()).declare()

    (different,) = [each for each in topology.plan(amqp_uri, **NEEDED) if each.state is State.DIFFERENT]

    assert different.what == "queue planned.inbox"
    assert "inequivalent arg" in different.detail
    assert "Stop planned, delete the queue" in different.detail
    with pytest.raises(topology.TopologyMismatch, match=r"queue planned\.inbox exists with other arguments"):
        topology.declare(amqp_uri, **NEEDED)


def test_who_consumes_a_queue_is_seen(amqp_uri: str) -> None:
    with Connection(amqp_uri) as connection, connection.SimpleQueue("consumed") as queue:
        assert not topology.is_consumed(amqp_uri, "consumed")
        queue.consumer.consume()
        assert topology.is_consumed(amqp_uri, "consumed")
    assert not topology.is_consumed(amqp_uri, "never declared")


def states(store: Store, wanted: Any) -> dict[str, State]:
    return {
        each.what.removeprefix(f"{store.database.name}."): each.state for each in indexes.plan(store.database, wanted)
    }


def test_indexes_are_made_once_where_they_are_missing(store: Store) -> None:
    wanted = indexes_of([Notes], audit_days=7)
    assert set(states(store, wanted).values()) == {State.MISSING}

    indexes.apply(store.database, wanted)
    indexes.apply(store.database, wanted)

    assert set(states(store, wanted).values()) == {State.THERE}
    assert "notes.owner_1__id_1" in states(store, wanted)
    assert store.database.inbox.index_information()["heard_at_1"]["expireAfterSeconds"] == 11_232_000


@pytest.mark.parametrize(
    ("there", "needed"),
    [
        (IndexModel("text"), IndexModel("text", unique=True)),
        (IndexModel("at"), IndexModel([("at", 1)], expireAfterSeconds=90)),
        (IndexModel([("a", 1), ("b", 1)], name="both"), IndexModel([("b", 1), ("a", 1)], name="both")),
    ],
)
def test_an_index_with_other_options_is_named_and_left_alone(
    store: Store, there: IndexModel, needed: IndexModel
) -> None:
    store.database.notes.create_indexes([there])
    before = store.database.notes.index_information()

    with pytest.raises(indexes.IndexMismatch, match=r"notes\.\w+ is different: .*dropIndex\("):
        indexes.apply(store.database, {"notes": [needed], "other": [IndexModel("more")]})

    assert store.database.notes.index_information() == before
    assert "other" not in store.database.list_collection_names()


def test_how_long_something_is_kept_is_changed_in_place(store: Store) -> None:
    store.database.notes.create_indexes([IndexModel([("at", 1)], expireAfterSeconds=60)])
    wanted = {"notes": [IndexModel([("at", 1)], expireAfterSeconds=90)]}
    assert states(store, wanted) == {"notes.at_1": State.CHANGEABLE}

    indexes.apply(store.database, wanted)

    assert store.database.notes.index_information()["at_1"]["expireAfterSeconds"] == 90


def test_an_index_that_this_version_does_not_need_is_named_and_kept(store: Store) -> None:
    store.database.notes.create_indexes([IndexModel("former")])

    indexes.apply(store.database, {"notes": [IndexModel("text")]})

    assert states(store, {"notes": [IndexModel("text")]}) == {
        "notes.text_1": State.THERE, "notes.former_1": State.UNNEEDED,
    }  # fmt: skip
