"""What the tests of the cures share: a gateway that takes little, and HTTP by nameko as it comes."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from kombu import Connection, Exchange, Queue

from cli.local.environment import plain_environment
from cli.local.ports import free_port
from cli.local.process import Process, Program
from tests.integration.chassis.conftest import STOCK_SETTINGS
from tests.integration.gateway.conftest import House, running
from tests.integration.gateway.gateway_client import Door
from tests.waiting import eventually

MODULE = "tests.integration.gateway.cures.stock_gateway"
CLIENT_TIMEOUT_SECONDS = 1
ROOM = 4


@dataclass(frozen=True, kw_only=True)
class Stock:
    """Nameko's own HTTP."""

    process: Process
    door: Door


@pytest.fixture(scope="package")
def strict(house: House) -> Iterator[Door]:
    """A gateway that has room for few, and patience for a second."""
    port = free_port()
    own = {
        "WEB_SERVER_ADDRESS": f"127.0.0.1:{port}",
        "CLIENT_SECONDS": str(CLIENT_TIMEOUT_SECONDS),
        "REQUESTS_AT_ONCE": str(ROOM),
    }
    with running("gateway", house.settings | own):
        yield Door(port=port, token=house.door.token)


@pytest.fixture(scope="package")
def stock(amqp_uri: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stock]:
    """The same on nameko as it comes; somebody whom it can ask has a queue, and never answers."""
    with Connection(amqp_uri) as connection:
        calls = Queue("rpc-silent", exchange=Exchange("nameko-rpc", type="topic", durable=True), routing_key="silent.*")
        calls(connection.channel()).declare()
    port, lines = free_port(), list[str]()
    config = tmp_path_factory.mktemp("stock") / "stock.yml"
    config.write_text(f"{STOCK_SETTINGS}WEB_SERVER_ADDRESS: 127.0.0.1:{port}\n")
    command = [sys.executable, "-W", "ignore", "-m", "nameko", "run", "--config", str(config), f"{MODULE}:StockDoor"]
    environment = plain_environment(also={"AMQP_URI": amqp_uri, "EVENTLET_NO_GREENDNS": "yes"})
    program = Program(name="stock", command=command, environment=environment, on_line=lines.append)
    with ExitStack() as stack:
        process = Process(program)
        stack.callback(process.kill)
        eventually(lambda: any("services started" in line for line in lines))
        yield Stock(process=process, door=Door(port=port, token=""))
