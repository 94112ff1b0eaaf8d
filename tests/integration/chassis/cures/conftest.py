"""What the tests of the cures share: services in trouble, the broker's tools, and a wire that can be cut."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from pymongo import MongoClient
from pymongo.database import Database

from cli.local.parts import Parts
from dev.chaos.proxy import Proxy
from tests.integration.chassis.broker_client import Broker
from tests.integration.chassis.cures.broker_admin import BrokerTools
from tests.integration.chassis.cures.faulty_services import QUEUES
from tests.integration.chassis.cures.service_processes import Host


@pytest.fixture
def broker(amqp_uri: str) -> Iterator[Broker]:
    """A hand on the broker, on which nothing is left of other tests."""
    with Broker(amqp_uri) as opened:
        for queue in QUEUES:
            opened.delete(queue)
        yield opened


@pytest.fixture
def database(mongo_uri: str) -> Iterator[Database[dict[str, Any]]]:
    """Where both kinds of service write what they begin and what they have done."""
    client: MongoClient[dict[str, Any]] = MongoClient(mongo_uri, tz_aware=True)
    client.drop_database("troubled")
    client["troubled"].create_collection("done")  # transactions that create it at once would begin again
    yield client["troubled"]
    client.close()


@pytest.fixture
def host(settings: dict[str, str], broker: Broker, database: object, tmp_path: Path) -> Iterator[Host]:
    """Starts the services in trouble."""
    with ExitStack() as stack:
        yield Host(stack, settings, tmp_path)


@pytest.fixture
def broker_tools(parts: Parts) -> BrokerTools:
    """What an operator of the broker can see and do."""
    return BrokerTools(parts.supervisor.pids()["rabbitmq"])


@pytest.fixture
def wire(amqp_uri: str) -> Iterator[Proxy]:
    """A wire to the broker."""
    port = urlsplit(amqp_uri).port
    assert port
    with Proxy(to=port).running() as running:
        yield running


@pytest.fixture
def wired_uri(wire: Proxy) -> str:
    """Where the broker answers through the wire."""
    return f"amqp://guest:guest@127.0.0.1:{wire.port}/%2F"
