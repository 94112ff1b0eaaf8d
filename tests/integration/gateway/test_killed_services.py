"""Every service killed in the middle of a request: what the client hears, and that the gateway stops all the same."""

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass

import pytest

from cli.local.parts import Parts
from cli.local.ports import free_port
from dev.chaos.proxy import Proxy, port_of
from tests.integration.chassis.nameko_hardening.broker_admin import BrokerAdmin
from tests.integration.gateway.conftest import BUSY_SECONDS, DEADLINE_SECONDS, ServiceProcess, service_running
from tests.integration.gateway.gateway_client import SECRET, GatewayClient
from tests.integration.gateway.test_unavailability import MORE_THAN_A_HEARTBEAT, timed
from tests.waiting import eventually

VHOST = "killed"
ASKED = {
    "partners": "/v1/partners",
    "engagements": "/v1/milestones",
    "camps": "/v1/camps",
    "notifications": "/v1/follow-ups",
}


@dataclass(frozen=True, kw_only=True)
class Whole:
    """All four services and the gateway, where nobody else hears their calls."""

    client: GatewayClient
    gateway: ServiceProcess
    services: dict[str, ServiceProcess]
    broker_proxy: Proxy


@pytest.fixture(scope="module")
def whole(parts: Parts, mongo_uri: str) -> Iterator[Whole]:
    BrokerAdmin(parts.supervisor.pids()["rabbitmq"]).add_virtual_host(VHOST)
    amqp_uri, port = f"{parts.amqp_uri.rpartition('/')[0]}/{VHOST}", free_port()
    settings = {
        "AMQP_URI": amqp_uri,
        "MONGO_URI": mongo_uri,
        "SMTP_URI": "smtp://127.0.0.1:1",
        "DATABASE_PREFIX": "killed_",
        "LOG_FORMAT": "json",
        "DEVELOPMENT_TOKENS": "true",
        "TOKEN_SECRET": SECRET,
        "LINK_SECRET": SECRET,
        "RPC_DEADLINE_SECONDS": str(DEADLINE_SECONDS),
    }
    with Proxy(to=port_of(amqp_uri)).running() as broker_proxy, ExitStack() as stack:
        services = {name: stack.enter_context(service_running(name, settings)) for name in ASKED}
        own = settings | {"AMQP_URI": broker_proxy.instead_of(amqp_uri), "WEB_SERVER_ADDRESS": f"127.0.0.1:{port}"}
        gateway = stack.enter_context(service_running("gateway", own))
        client = GatewayClient(port=port, token="").as_("*", "programme_staff")
        yield Whole(client=client, gateway=gateway, services=services, broker_proxy=broker_proxy)


@pytest.mark.parametrize("service", ASKED)
def test_whoever_asked_is_told_within_the_deadline(whole: Whole, service: str) -> None:
    process = whole.services[service].process
    assert whole.client.get(ASKED[service]).status == 200

    os.kill(process.pid, signal.SIGSTOP)
    with ThreadPoolExecutor(1) as executor:
        before = whole.broker_proxy.carried
        waiting = executor.submit(timed, whole.client, ASKED[service])
        eventually(lambda: whole.broker_proxy.carried > before + MORE_THAN_A_HEARTBEAT)
        process.kill()
        refused, seconds = waiting.result()

    assert refused.problem["status"] in (503, 504)
    assert refused.headers["Retry-After"]
    assert seconds < DEADLINE_SECONDS + BUSY_SECONDS
    assert whole.gateway.process.is_running


def test_the_gateway_stops_in_time_while_everybody_it_asked_is_dead(whole: Whole) -> None:
    for service in whole.services.values():
        service.process.kill()
    with ThreadPoolExecutor(len(ASKED)) as clients, ExitStack() as stack:
        lines = [stack.enter_context(whole.client.kept_open()) for _ in ASKED]
        for line in lines:
            whole.client.ask_over(line, "GET", "/livez")
        before, begun = whole.broker_proxy.carried, time.monotonic()
        asked = zip(lines, ASKED.values(), strict=True)
        waiting = [clients.submit(whole.client.ask_over, line, "GET", path) for line, path in asked]
        eventually(lambda: whole.broker_proxy.carried > before + MORE_THAN_A_HEARTBEAT)
        os.kill(whole.gateway.process.pid, signal.SIGTERM)
        refused = [each.result() for each in waiting]

    assert {reply.problem["status"] for reply in refused} <= {503, 504}
    assert time.monotonic() - begun < DEADLINE_SECONDS + BUSY_SECONDS
    assert whole.gateway.process.wait_for_end(BUSY_SECONDS)
