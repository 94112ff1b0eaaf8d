"""A dead letter that cannot be collected is parked, not lost; and the way of dead letters can be tried."""

from collections.abc import Iterator
from typing import Any

import pytest
from kombu import Connection
from pymongo.database import Database

from chassis.messaging.dead_letter_path import PROBE_BODY, PROBE_HEADER, PROBES, send_probes, take_arrival, unpark
from chassis.messaging.topology import DELIVERY_LIMIT, declare, message_count
from tests.integration.chassis.broker_client import BrokerClient
from tests.integration.chassis.conftest import ServiceProcess
from tests.waiting import eventually

DEAD, PARKED = "sample.dead", "sample.parked"


@pytest.fixture
def nobody_collects(broker: BrokerClient, amqp_uri: str) -> Iterator[BrokerClient]:
    declare(amqp_uri, service="sample", hears=["source.thing.happened"], wait_seconds=[1])
    yield broker


def read_and_lose_the_connection(amqp_uri: str) -> bool:
    """Take a message as a process does that ends before it could store it; gives whether there was one."""
    connection = Connection(amqp_uri)
    message = connection.default_channel.basic_get(DEAD)
    connection.collect()  # without a word
    return message is not None


def park_one(broker: BrokerClient, amqp_uri: str, **headers: Any) -> None:
    broker.publish_to_queue(DEAD, '{"text": "it ends its reader"}', headers={"error": "Broke: why", **headers})
    for _ in range(DELIVERY_LIMIT + 1):
        eventually(lambda: read_and_lose_the_connection(amqp_uri))
    eventually(lambda: message_count(amqp_uri, PARKED) == 1)


def test_a_message_that_ends_its_consumer_again_and_again_is_parked_and_not_lost(
    nobody_collects: BrokerClient, amqp_uri: str
) -> None:
    park_one(nobody_collects, amqp_uri)

    assert message_count(amqp_uri, DEAD) == 0


def test_what_is_parked_is_collected_with_its_reason_once_the_operator_says_so(
    nobody_collects: BrokerClient, amqp_uri: str, request: pytest.FixtureRequest, database: Database[Any]
) -> None:
    park_one(nobody_collects, amqp_uri, reaction="sample.take_note")

    assert unpark(amqp_uri, service="sample") == 1
    assert message_count(amqp_uri, PARKED) == 0
    request.getfixturevalue("sample_service")

    dead = eventually(lambda: database["dead_letters"].find_one())
    assert (dead["error"], dead["reaction"]) == ("Broke: why", "sample.take_note")
    assert dead["data"] == {"text": "it ends its reader"}
    assert unpark(amqp_uri, service="sample") == 0


def test_a_probe_goes_the_whole_way_and_leaves_nothing(
    sample_service: ServiceProcess, amqp_uri: str, database: Database[Any]
) -> None:
    send_probes(amqp_uri, {"sample": "prb_1"})

    eventually(lambda: take_arrival(database, id="prb_1"))

    assert database[PROBES].count_documents({}) == 0
    assert database["dead_letters"].count_documents({}) == 0


def test_a_message_that_only_says_it_is_a_probe_is_kept(
    sample_service: ServiceProcess, broker: BrokerClient, database: Database[Any]
) -> None:
    broker.publish("{ this is no JSON", headers={PROBE_HEADER: "prb_1"})
    broker.publish(PROBE_BODY.decode())

    eventually(lambda: database["dead_letters"].count_documents({}) == 2)
    assert database[PROBES].count_documents({}) == 0
