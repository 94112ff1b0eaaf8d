"""What the tests of decision 4 share: faulty services, the broker's administration, and a TCP proxy that can be cut."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from pymongo import MongoClient
from pymongo.database import Database

from cli.local.parts import Parts
from dev.chaos.proxy import Proxy, port_of
from tests.integration.chassis.broker_client import BrokerClient
from tests.integration.chassis.nameko_hardening.broker_admin import BrokerAdmin
from tests.integration.chassis.nameko_hardening.faulty_services import QUEUES
from tests.integration.chassis.nameko_hardening.service_processes import ServiceProcesses


@pytest.fixture
def broker(amqp_uri: str) -> Iterator[BrokerClient]:
    """A client of the broker, without the queues of other tests."""
    with BrokerClient(amqp_uri) as opened:
        for queue in QUEUES:
            opened.delete(queue)
        yield opened


@pytest.fixture
def database(mongo_uri: str) -> Iterator[Database[dict[str, Any]]]:
    """Where both kinds of service write what they begin and what they have done."""
    client: MongoClient[dict[str, Any]] = MongoClient(mongo_uri, tz_aware=True)
    client.drop_database("faulty")
    client["faulty"].create_collection("done")  # transactions that create it at once would begin again
    yield client["faulty"]
    client.close()


@pytest.fixture
def processes(
    settings: dict[str, str], broker: BrokerClient, database: object, tmp_path: Path
) -> Iterator[ServiceProcesses]:
    """Starts the faulty services as processes."""
    with ExitStack() as stack:
        yield ServiceProcesses(stack, settings, tmp_path)


@pytest.fixture
def broker_admin(parts: Parts) -> BrokerAdmin:
    """Users, virtual hosts and lists of the broker's node."""
    return BrokerAdmin(parts.supervisor.pids()["rabbitmq"])


@pytest.fixture
def broker_proxy(amqp_uri: str) -> Iterator[Proxy]:
    """A TCP proxy in front of the broker."""
    with Proxy(to=port_of(amqp_uri)).running() as proxy:
        yield proxy


@pytest.fixture
def proxied_uri(broker_proxy: Proxy, amqp_uri: str) -> str:
    """The broker's address through the proxy."""
    return broker_proxy.instead_of(amqp_uri)
