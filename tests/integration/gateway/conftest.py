"""The gateway, partners and engagements as processes; camps and notifications are not there on purpose."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from pymongo import MongoClient
from pymongo.database import Database

from cli.local.environment import plain_environment
from cli.local.ports import free_port
from cli.local.process import Process, Program
from dev.chaos.proxy import Proxy, port_of
from tests.integration.gateway.gateway_client import SECRET, GatewayClient
from tests.waiting import eventually

PREFIX = f"gateway_{uuid4().hex[:8]}_"
DEADLINE_SECONDS = 2
BUSY_SECONDS = 5
"""What a busy machine may add to a deadline. Whom no deadline ends is waited for four times as long here."""
PATHS = {
    "partners": "services.partners.service:PartnersService",
    "engagements": "services.engagements.service:EngagementsService",
    "camps": "services.camps.service:CampsService",
    "notifications": "services.notifications.service:NotificationsService",
    "gateway": "gateway.service:GatewayService",
}


class ServiceProcess:
    """A process under test, with every line it wrote."""

    def __init__(self, name: str, settings: dict[str, str]) -> None:
        self.lines: list[str] = []
        command = [sys.executable, "-W", "ignore", "-m", "chassis", PATHS[name]]
        environment = plain_environment(also=settings)
        self.process = Process(Program(name=name, command=command, environment=environment, on_line=self.lines.append))

    def logged(self, words: str) -> list[str]:
        return [line for line in self.lines if words in line]


@dataclass(frozen=True, kw_only=True)
class SystemUnderTest:
    """The running processes, a client of the gateway, and the proxy that can cut it off from the broker."""

    client: GatewayClient
    broker_proxy: Proxy
    settings: dict[str, str]
    partners: Process
    gateway: ServiceProcess


@contextmanager
def service_running(name: str, settings: dict[str, str]) -> Iterator[ServiceProcess]:
    started = ServiceProcess(name, settings)
    try:
        eventually(lambda: started.logged('"started"') or not started.process.is_running, within=30)
        assert started.process.is_running, "\n".join(started.lines)
        yield started
    finally:
        started.process.stop()


@pytest.fixture(scope="package")
def system(amqp_uri: str, mongo_uri: str) -> Iterator[SystemUnderTest]:
    settings = {
        "AMQP_URI": amqp_uri,
        "MONGO_URI": mongo_uri,
        "DATABASE_PREFIX": PREFIX,
        "LOG_FORMAT": "json",
        "DEVELOPMENT_TOKENS": "true",
        "TOKEN_SECRET": SECRET,
        "LINK_SECRET": SECRET,
        "RPC_DEADLINE_SECONDS": str(DEADLINE_SECONDS),
    }
    port = free_port()
    with Proxy(to=port_of(amqp_uri)).running() as broker_proxy, ExitStack() as stack:
        partners = stack.enter_context(service_running("partners", settings))
        stack.enter_context(service_running("engagements", settings))
        own = settings | {"AMQP_URI": broker_proxy.instead_of(amqp_uri), "WEB_SERVER_ADDRESS": f"127.0.0.1:{port}"}
        gateway = stack.enter_context(service_running("gateway", own))
        client = GatewayClient(port=port, token="").as_("*", "programme_staff")
        yield SystemUnderTest(
            client=client, broker_proxy=broker_proxy, settings=own, partners=partners.process, gateway=gateway
        )


@pytest.fixture
def client(system: SystemUnderTest) -> GatewayClient:
    """The gateway, as a member of the institute's staff sees it."""
    return system.client


@pytest.fixture(scope="package")
def partners_database(mongo_uri: str) -> Iterator[Database[dict[str, Any]]]:
    client: MongoClient[dict[str, Any]] = MongoClient(mongo_uri, tz_aware=True)
    yield client[f"{PREFIX}partners"]
    client.close()
