"""2.11: events that no queue takes; against stock nameko."""

from dataclasses import dataclass
from typing import Any

import pytest
from kombu import Connection, Exchange, Queue
from nameko.amqp.publish import Publisher
from structlog.testing import capture_logs

from chassis.domain.aggregate import Event
from chassis.messaging import topology
from chassis.messaging.publisher import ConfirmedPublisher, NotConfirmed, Outgoing
from chassis.messaging.relay import Relay
from chassis.persistence.unit_of_work import Store
from tests.integration.chassis.broker_client import BrokerClient
from tests.integration.chassis.notes import Note, Notes
from tests.integration.chassis.test_relay import CAUSE, a_relay, relaying, unpublished
from tests.waiting import eventually

EXCHANGE = "sample.events"
HEARER = "hearer"


@dataclass(frozen=True, kw_only=True)
class NoteRead(Event):
    """Something that somebody must hear."""

    type = "sample.note.read"

    note_id: str


@pytest.fixture
def bare(broker: BrokerClient, amqp_uri: str) -> Any:
    """An exchange to which no queue is bound."""
    broker.delete_exchange(EXCHANGE)
    topology.declare(amqp_uri, service="sample", hears=[], wait_seconds=[1])
    broker.delete(HEARER)
    yield broker
    broker.delete(HEARER)


def begin_to_hear(amqp_uri: str, key: str) -> None:
    with Connection(amqp_uri) as connection:
        Queue(HEARER, Exchange(EXCHANGE, type="topic"), routing_key=key)(connection.channel()).declare()


def write_and_read(store: Store, *, times: int = 1) -> None:
    """Say, of each note, something that nobody needs to hear, and something that somebody must."""

    def step(uow: Any) -> None:
        for _ in range(times):
            note = Note.write(id=uow.new_id("nte"), text="x")
            note.record(NoteRead(note_id=note.id))
            Notes(uow).save(note)

    store.transact(step, cause=CAUSE)


def a_keeping_relay(store: Store, amqp_uri: str, *, sweep_seconds: float) -> Relay:
    return a_relay(store, amqp_uri, owner="one", sweep_seconds=sweep_seconds, kept_until_routed={NoteRead.type})


def waiting(store: Store) -> set[str]:
    return set(store.database["outbox"].distinct("type", {"published_at": None}))


def test_2_11_what_somebody_must_hear_waits_for_a_queue_and_holds_nothing_up(
    store: Store, bare: BrokerClient, amqp_uri: str
) -> None:
    write_and_read(store, times=3)

    with capture_logs() as logs, relaying(a_keeping_relay(store, amqp_uri, sweep_seconds=0.2)):
        eventually(lambda: waiting(store) == {"sample.note.read"})
        write_and_read(store)
        eventually(lambda: unpublished(store) == 4 and waiting(store) == {"sample.note.read"})

        begin_to_hear(amqp_uri, "note.read")

        eventually(lambda: unpublished(store) == 0)
    assert bare.length(HEARER) == 4
    errors = [line["type"] for line in logs if line["event"] == "event_unroutable"]
    assert errors == ["sample.note.read"]


def test_2_11_more_than_a_batch_that_nobody_hears_does_not_hold_up_what_comes_after(
    store: Store, bare: BrokerClient, amqp_uri: str
) -> None:
    write_and_read(store, times=700)

    with relaying(a_keeping_relay(store, amqp_uri, sweep_seconds=0.2)):
        eventually(lambda: waiting(store) == {"sample.note.read"})
        assert unpublished(store) == 700


def test_2_11_it_is_tried_again_with_the_sweep_and_not_with_every_commit(
    store: Store, bare: BrokerClient, amqp_uri: str
) -> None:
    write_and_read(store)
    with relaying(a_keeping_relay(store, amqp_uri, sweep_seconds=60)):
        eventually(lambda: unpublished(store) == 1)
        begin_to_hear(amqp_uri, "note.read")

        write_and_read(store)

        eventually(lambda: unpublished(store) == 2)
        assert waiting(store) == {"sample.note.read"}


def test_2_11_stock_nameko_drops_it_without_a_word(bare: BrokerClient, amqp_uri: str) -> None:
    Publisher(amqp_uri).publish({"note_id": "nte_1"}, exchange=EXCHANGE, routing_key="note.read")

    begin_to_hear(amqp_uri, "note.read")

    assert bare.is_empty(HEARER)


def test_2_11_what_goes_to_a_queue_that_is_not_there_is_not_confirmed(amqp_uri: str) -> None:
    publisher = ConfirmedPublisher(amqp_uri)

    with pytest.raises(NotConfirmed, match="no queue"):
        publisher.publish([Outgoing(exchange="", routing_key="nowhere", data={}, headers={})])
    publisher.drop()
