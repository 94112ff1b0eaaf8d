"""The little service and its stock sibling as processes, and a hand on the broker to talk to them."""

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
from tests.integration.chassis.broker_client import Broker
from tests.waiting import eventually, own_store

LITTLE = "tests.integration.chassis.sample_services:LittleService"
STOCK = "tests.integration.chassis.sample_services:StockService"

# What one test left there, such as the call that ends a stock process, must not reach the next.
QUEUES = (
    "little.inbox",
    "little.wait.1s",
    "little.dead",
    "rpc-little",
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


class Running:
    """A process under test, with every line it wrote."""

    def __init__(self, name: str, command: list[str], environment: dict[str, str]) -> None:
        self.lines: list[str] = []
        program = Program(name=name, command=command, environment=environment, on_line=self.lines.append)
        self.process = Process(program)

    def said(self, words: str) -> bool:
        return any(words in line for line in self.lines)

    @property
    def runs(self) -> bool:
        return self.process.is_running


@pytest.fixture
def settings(amqp_uri: str, mongo_uri: str) -> dict[str, str]:
    return plain_environment(
        also={
            "AMQP_URI": amqp_uri,
            "MONGO_URI": mongo_uri,
            "SMTP_URI": "smtp://127.0.0.1:1",
            "RETRY_STEPS_SECONDS": "[1]",
            "EVENTLET_NO_GREENDNS": "yes",
        }
    )


@pytest.fixture
def broker(amqp_uri: str) -> Iterator[Broker]:
    with Broker(amqp_uri) as opened:
        for queue in QUEUES:
            opened.delete(queue)
        yield opened


@pytest.fixture
def database(mongo_uri: str) -> Iterator[Database[dict[str, Any]]]:
    client: MongoClient[dict[str, Any]] = MongoClient(mongo_uri, tz_aware=True)
    for name in ("little", "stock"):
        client.drop_database(name)
    yield client["little"]
    client.close()


@pytest.fixture
def store(mongo_uri: str) -> Iterator[Store]:
    """A store with a database of its own, for some of these tests are about which indexes there are."""
    with own_store(mongo_uri, envelope_fields={"partnerid": "partner_id"}) as opened:
        yield opened


@contextmanager
def running(name: str, command: list[str], environment: dict[str, str], ready: str) -> Iterator[Running]:
    started = Running(name, [sys.executable, "-W", "ignore", *command], environment)
    try:
        eventually(lambda: started.said(ready) or not started.runs)
        assert started.runs, "\n".join(started.lines)
        yield started
    finally:
        started.process.kill()


@pytest.fixture
def little(settings: dict[str, str], broker: Broker, database: Any) -> Iterator[Running]:
    """A service on the chassis; it is ended at once, for how a process stops has tests of its own."""
    with running("little", ["-m", "chassis", LITTLE], settings, '"started"') as started:
        yield started


@pytest.fixture
def stock(settings: dict[str, str], broker: Broker, database: Any, tmp_path: Path) -> Iterator[Running]:
    """The same on nameko as it comes."""
    config = tmp_path / "stock.yml"
    config.write_text(STOCK_SETTINGS)
    command = ["-m", "nameko", "run", "--config", str(config), STOCK]
    with running("stock", command, settings, "services started: stock") as started:
        yield started
