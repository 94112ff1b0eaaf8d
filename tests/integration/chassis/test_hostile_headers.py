"""Headers that anybody who may publish can write: none ends a process, and no message hides another."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from pymongo import MongoClient
from pymongo.database import Database

from chassis.messaging.topology import dead_letter_queue
from cli.local.environment import plain_environment
from cli.local.parts import Parts
from tests.integration.chassis.broker_client import BrokerClient
from tests.integration.chassis.conftest import QUEUES, SAMPLE_SERVICE, ServiceProcess, service_running
from tests.integration.chassis.test_rpc_server import ask
from tests.unit.chassis.test_envelope import an_envelope
from tests.waiting import eventually

ENVELOPE = an_envelope(type="source.thing.happened").to_headers()
HOSTILE: dict[str, dict[str, Any]] = {
    "a sequence of 5,000 digits": ENVELOPE | {"cloudEvents_sequence": "9" * 5000},
    "a sequence of Arabic digits": ENVELOPE | {"cloudEvents_sequence": "٠٠٠٠٠٠٠٠٠٣"},
    "an attempt that is a text": ENVELOPE | {"retry-attempt": "x"},
    "an attempt that is no number of attempts": ENVELOPE | {"retry-attempt": 2**63 - 1},
    "an attempt that is true": ENVELOPE | {"retry-attempt": True},
    "a reaction that is a list": ENVELOPE | {"reaction": ["sample.take_note"]},
    "a death that is a text": {"x-death": "once"},
    "a death that is a number": {"x-death": 5},
    "deaths that are numbers": {"x-death": [5]},
    "a death of a queue that is a number": {"x-death": [{"queue": 5, "reason": None}]},
    "an error that is a table": {"error": {"a": Decimal("1.5")}, "reaction": 7},
    "a decimal as an id": ENVELOPE | {"cloudEvents_id": Decimal("1.5")},
    "an instant as a subject": ENVELOPE | {"cloudEvents_subject": datetime(2026, 1, 1, tzinfo=UTC)},
    "half a surrogate": ENVELOPE | {"cloudEvents_subject": "\ud800"},
    "no character at all": ENVELOPE | {"cloudEvents_\0": "x", "cloudEvents_mark": "a\0b"},
    "a correlation that is a number": ENVELOPE | {"cloudEvents_correlationid": 5},
}


def is_kept(database: Database[Any], text: str) -> Any:
    """The dead letter of the message with this text, as it was read or as it came."""
    return database["dead_letters"].find_one({"$or": [{"data.text": text}, {"unreadable": {"$regex": text}}]})


@pytest.fixture(scope="module")
def service(parts: Parts) -> Iterator[ServiceProcess]:
    """One process for all of them: what one leaves must not reach the next either."""
    own = {"AMQP_URI": parts.amqp_uri, "MONGO_URI": parts.mongo_uri, "RETRY_STEPS_SECONDS": "[1]"}
    environment = plain_environment(also=own | {"EVENTLET_NO_GREENDNS": "yes"})
    with BrokerClient(parts.amqp_uri) as broker, MongoClient[Any](parts.mongo_uri) as client:
        client.drop_database("sample")
        for queue in QUEUES:
            broker.delete(queue)
        with service_running("sample", ["-m", "chassis", SAMPLE_SERVICE], environment, '"started"') as started:
            yield started


@pytest.fixture
def broker(parts: Parts) -> Iterator[BrokerClient]:
    with BrokerClient(parts.amqp_uri) as opened:
        yield opened


@pytest.fixture
def database(parts: Parts) -> Iterator[Database[Any]]:
    with MongoClient[Any](parts.mongo_uri, tz_aware=True) as client:
        client["sample"]["dead_letters"].delete_many({})
        yield client["sample"]


@pytest.mark.parametrize("queue", ["inbox", "dead"])
@pytest.mark.parametrize("headers", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_message_with_any_headers_is_kept_and_hides_no_other(
    service: ServiceProcess, broker: BrokerClient, database: Database[Any], queue: str, headers: dict[str, Any]
) -> None:
    body = json.dumps({"text": "hostile", "mood": "refused"})
    if queue == "inbox":
        broker.publish(body, headers=headers)
    else:
        broker.publish_to_queue(dead_letter_queue("sample"), body, headers=headers)
    broker.publish("{ no JSON, and the next in line")

    eventually(lambda: is_kept(database, "hostile"))
    eventually(lambda: is_kept(database, "next in line"))
    assert len(ask(broker, "list_dead_letters", state="open")["result"]["ok"]["items"]) == 2
    assert service.is_running
