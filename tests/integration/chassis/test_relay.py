"""The relay on the real broker and database: everything leaves, in order per subject, through one leader."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

import pytest

from chassis.domain.causation import Cause
from chassis.domain.identity import utc_now
from chassis.domain.scope import PLATFORM
from chassis.messaging import topology
from chassis.messaging.publisher import ConfirmedPublisher, NotConfirmed, Outgoing
from chassis.messaging.relay import INDEXES, Relay
from chassis.persistence.lease import Lease
from chassis.persistence.plan import State
from chassis.persistence.unit_of_work import Store
from tests.integration.chassis.broker_client import BrokerClient
from tests.integration.chassis.notes import Note, Notes
from tests.waiting import eventually

CAUSE = Cause(correlation_id="req_1")
LEASE_SECONDS = 1.0


@pytest.fixture
def heard(broker: BrokerClient, amqp_uri: str) -> str:
    topology.declare(amqp_uri, service="sample", hears=[], wait_seconds=[1])
    return broker.bind_queue("sample.events")


class StoppedAtItsFirstConfirm(ConfirmedPublisher):
    relay: Relay

    def confirm(self, last: int | None = None) -> set[str]:
        self.relay.stop()
        return super().confirm(last)


def a_relay(
    store: Store,
    amqp_uri: str,
    *,
    owner: str,
    sweep_seconds: float = 1.0,
    publisher: ConfirmedPublisher | None = None,
    kept_until_routed: Collection[str] = (),
) -> Relay:
    store.database["outbox"].create_indexes(list(INDEXES))
    lease = Lease(store.database, name="relay", owner=owner, seconds=LEASE_SECONDS)
    lease.prepare()
    return Relay(
        service="sample",
        database=store.database,
        lease=lease,
        publisher=publisher or ConfirmedPublisher(amqp_uri),
        clock=utc_now,
        schema_base="urn:sample:",
        sweep_seconds=sweep_seconds,
        kept_until_routed=kept_until_routed,
    )


@contextmanager
def relaying(relay: Relay, *, woken: bool = True) -> Iterator[None]:
    loops = [Thread(target=loop) for loop in ([relay.run, relay.watch] if woken else [relay.run])]
    for loop in loops:
        loop.start()
    try:
        yield
    finally:
        relay.stop()
        for loop in loops:
            loop.join()


def write(store: Store, text: str) -> str:
    return store.transact(lambda uow: Notes(uow).save(Note.write(id=uow.new_id("nte"), text=text)), cause=CAUSE).id


def rewrite(store: Store, id: str, text: str) -> None:
    def step(uow: Any) -> None:
        note = Notes(uow).get(id, scope=PLATFORM)
        note.rewrite(text)
        Notes(uow).save(note)

    store.transact(step, cause=CAUSE)


def unpublished(store: Store) -> int:
    return store.database["outbox"].count_documents({"published_at": None})


@pytest.mark.parametrize("batch", [500, 7])
def test_everything_that_was_said_leaves_in_order_for_each_subject(
    batch: int, store: Store, broker: BrokerClient, amqp_uri: str, heard: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chassis.messaging.relay.BATCH", batch)
    notes = [write(store, "0") for _ in range(3)]
    for number in range(1, 20):
        for note in notes:
            rewrite(store, note, str(number))

    with relaying(a_relay(store, amqp_uri, owner="one")):
        eventually(lambda: unpublished(store) == 0)

    messages = [broker.next_message(heard) for _ in range(60)]
    for note in notes:
        texts = [each.payload["text"] for each in messages if each.headers["cloudEvents_subject"] == note]
        assert texts == [str(number) for number in range(20)]


def test_a_commit_wakes_the_relay_long_before_its_sweep(
    store: Store, broker: BrokerClient, amqp_uri: str, heard: str
) -> None:
    write(store, "before")
    with relaying(a_relay(store, amqp_uri, owner="one", sweep_seconds=60)):
        eventually(lambda: unpublished(store) == 0)

        write(store, "after")

        eventually(lambda: unpublished(store) == 0, within=10)
    assert broker.length(heard) == 2


def test_the_sweep_finds_what_nothing_woke_it_for(store: Store, amqp_uri: str, heard: str) -> None:
    with relaying(a_relay(store, amqp_uri, owner="one", sweep_seconds=0.2), woken=False):
        write(store, "unannounced")

        eventually(lambda: unpublished(store) == 0)


def test_a_relay_that_is_stopped_leaves_the_rest_of_a_long_outbox_to_the_next(
    store: Store, amqp_uri: str, heard: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(5):
        write(store, "hello")
    monkeypatch.setattr("chassis.messaging.relay.BATCH", 1)
    stopping = StoppedAtItsFirstConfirm(amqp_uri)
    stopping.relay = relay = a_relay(store, amqp_uri, owner="a", publisher=stopping)

    relay.run()

    assert unpublished(store) == 3  # one was being confirmed, and the next was on its way


def test_of_two_relays_one_leads_and_the_other_takes_over(
    store: Store, broker: BrokerClient, amqp_uri: str, heard: str
) -> None:
    first, second = (a_relay(store, amqp_uri, owner=owner, sweep_seconds=0.1) for owner in ("one", "two"))
    with relaying(first):
        write(store, "a")
        eventually(lambda: unpublished(store) == 0)
        with relaying(second):
            assert leader(store) == "one"

            first.stop()

            eventually(lambda: leader(store) == "two")
            write(store, "b")
            eventually(lambda: unpublished(store) == 0)
    assert broker.length(heard) == 2


def test_the_lease_of_a_leader_that_died_runs_out(store: Store) -> None:
    dead = Lease(store.database, name="relay", owner="dead", seconds=0.3)
    alive = Lease(store.database, name="relay", owner="alive", seconds=5)
    dead.prepare()

    assert dead.hold()
    assert not alive.hold()

    eventually(alive.hold, within=5)
    assert not dead.hold()


def test_what_the_broker_did_not_confirm_stays_in_the_outbox(store: Store, broker: BrokerClient, amqp_uri: str) -> None:
    broker.delete_exchange("sample.events")
    write(store, "kept")

    with relaying(a_relay(store, amqp_uri, owner="one", sweep_seconds=0.1)):
        eventually(lambda: leader(store) == "one")
        assert unpublished(store) == 1

        topology.declare(amqp_uri, service="sample", hears=[], wait_seconds=[1])

        eventually(lambda: unpublished(store) == 0)


def test_publishing_without_a_broker_is_not_confirmed_and_does_not_hang() -> None:
    publisher = ConfirmedPublisher("amqp://127.0.0.1:1/", deadline_seconds=1)
    message = Outgoing(exchange="", routing_key="nowhere", data={}, headers={})

    with pytest.raises(NotConfirmed):
        publisher.publish([message])


def test_the_same_topology_can_be_declared_again_and_loses_nothing(broker: BrokerClient, amqp_uri: str) -> None:
    declared = {"service": "sample", "hears": ["source.thing.happened"], "wait_seconds": [1]}
    topology.declare(amqp_uri, **declared)
    broker.publish_event(text="waits")

    topology.declare(amqp_uri, **declared)
    broker.publish_event(text="comes later")

    assert {each.state for each in topology.plan(amqp_uri, **declared)} == {State.THERE}
    assert broker.length("sample.inbox") == 2


def test_a_queue_with_other_arguments_is_refused_by_name(broker: BrokerClient, amqp_uri: str) -> None:
    broker.declare_plain("sample.inbox")

    with pytest.raises(topology.TopologyMismatch, match=r"queue sample\.inbox exists with other arguments"):
        topology.declare(amqp_uri, service="sample", hears=[], wait_seconds=[1])

    broker.delete("sample.inbox")


def leader(store: Store) -> str | None:
    return (store.database["leases"].find_one({"_id": "relay"}) or {}).get("owner")
