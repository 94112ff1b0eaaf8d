"""What the comparisons with stock nameko share: a gateway with low limits, and HTTP by unmodified nameko."""

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
from tests.integration.gateway.conftest import SystemUnderTest, service_running
from tests.integration.gateway.gateway_client import GatewayClient
from tests.waiting import eventually

MODULE = "tests.integration.gateway.nameko_hardening.stock_gateway"
CLIENT_TIMEOUT_SECONDS = 1
CAPACITY = 4


@dataclass(frozen=True, kw_only=True)
class StockProcess:
    """Nameko's own HTTP."""

    process: Process
    client: GatewayClient


@pytest.fixture(scope="package")
def strict(system: SystemUnderTest) -> Iterator[GatewayClient]:
    """A gateway that takes few requests at once, and waits a second for a client."""
    port = free_port()
    own = {
        "WEB_SERVER_ADDRESS": f"127.0.0.1:{port}",
        "CLIENT_SECONDS": str(CLIENT_TIMEOUT_SECONDS),
        "REQUESTS_AT_ONCE": str(CAPACITY),
    }
    with service_running("gateway", system.settings | own):
        yield GatewayClient(port=port, token=system.client.token)


@pytest.fixture(scope="package")
def stock(amqp_uri: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[StockProcess]:
    """HTTP by unmodified nameko; the service it calls has a queue, and never answers."""
    with Connection(amqp_uri) as connection:
        calls = Queue("rpc-silent", exchange=Exchange("nameko-rpc", type="topic", durable=True), routing_key="silent.*")
        calls(connection.channel()).declare()
    port, lines = free_port(), list[str]()
    config = tmp_path_factory.mktemp("stock") / "stock.yml"
    config.write_text(f"{STOCK_SETTINGS}WEB_SERVER_ADDRESS: 127.0.0.1:{port}\n")
    command = [sys.executable, "-W", "ignore", "-m", "nameko", "run", "--config", str(config), f"{MODULE}:StockGateway"]
    environment = plain_environment(also={"AMQP_URI": amqp_uri, "EVENTLET_NO_GREENDNS": "yes"})
    program = Program(name="stock", command=command, environment=environment, on_line=lines.append)
    with ExitStack() as stack:
        process = Process(program)
        stack.callback(process.kill)
        eventually(lambda: any("services started" in line for line in lines))
        yield StockProcess(process=process, client=GatewayClient(port=port, token=""))
