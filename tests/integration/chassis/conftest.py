"""The sample service and its stock counterpart as processes, and a client of the broker."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from pymongo import MongoClient
from pymongo.database import Database

from chassis.persistence.unit_of_work import Store
from cli.local.environment import plain_environment
from cli.local.process import Process, Program
from tests.integration.chassis.broker_client import BrokerClient
from tests.waiting import eventually, own_store

SAMPLE_SERVICE = "tests.integration.chassis.sample_services:SampleService"
STOCK = "tests.integration.chassis.sample_services:StockService"

# What one test left there, such as the call that ends a stock process, must not reach the next.
QUEUES = (
    "sample.inbox",
    "sample.wait.1s",
    "sample.dead",
    "sample.parked",
    "rpc-sample",
    "rpc-stock",
    "evt-source-thing.happened--stock.take_note",
)
STOCK_SETTINGS = """
AMQP_URI: ${AMQP_URI}
LOGGING:
  version: 1
  disable_existing_loggers: false
  handlers: {all: {class: logging.StreamHandler}}
  root: {level: DEBUG, handlers: [all]}
"""


class ServiceProcess:
    """A process under test, with every line it wrote."""

    def __init__(self, name: str, command: list[str], environment: dict[str, str]) -> None:
        self.lines: list[str] = []
        program = Program(name=name, command=command, environment=environment, on_line=self.lines.append)
        self.process = Process(program)

    def logged(self, words: str) -> bool:
        return any(words in line for line in self.lines)

    @property
    def is_running(self) -> bool:
        return self.process.is_running


@pytest.fixture
def settings(amqp_uri: str, mongo_uri: str) -> dict[str, str]:
    return plain_environment(
        also={
            "AMQP_URI": amqp_uri,
            "MONGO_URI": mongo_uri,
            "RETRY_STEPS_SECONDS": "[1]",
            "EVENTLET_NO_GREENDNS": "yes",
        }
    )


@pytest.fixture
def broker(amqp_uri: str) -> Iterator[BrokerClient]:
    with BrokerClient(amqp_uri) as opened:
        for queue in QUEUES:
            opened.delete(queue)
        yield opened


@pytest.fixture
def database(mongo_uri: str) -> Iterator[Database[dict[str, Any]]]:
    client: MongoClient[dict[str, Any]] = MongoClient(mongo_uri, tz_aware=True)
    for name in ("sample", "stock"):
        client.drop_database(name)
    yield client["sample"]
    client.close()


@pytest.fixture
def store(mongo_uri: str) -> Iterator[Store]:
    """A store with a database of its own, for some of these tests are about which indexes there are."""
    with own_store(mongo_uri, envelope_fields={"partnerid": "partner_id"}) as opened:
        yield opened


@contextmanager
def service_running(name: str, command: list[str], environment: dict[str, str], ready: str) -> Iterator[ServiceProcess]:
    started = ServiceProcess(name, [sys.executable, "-W", "ignore", *command], environment)
    try:
        eventually(lambda: started.logged(ready) or not started.is_running)
        assert started.is_running, "\n".join(started.lines)
        yield started
    finally:
        started.process.kill()


@pytest.fixture
def sample_service(settings: dict[str, str], broker: BrokerClient, database: Any) -> Iterator[ServiceProcess]:
    """A service on the chassis; it is ended at once, for how a process stops has tests of its own."""
    with service_running("sample", ["-m", "chassis", SAMPLE_SERVICE], settings, '"started"') as started:
        yield started


@pytest.fixture
def stock(settings: dict[str, str], broker: BrokerClient, database: Any, tmp_path: Path) -> Iterator[ServiceProcess]:
    """The same on unmodified nameko."""
    config = tmp_path / "stock.yml"
    config.write_text(STOCK_SETTINGS)
    command = ["-m", "nameko", "run", "--config", str(config), STOCK]
    with service_running("stock", command, settings, "services started: stock") as started:
        yield started
