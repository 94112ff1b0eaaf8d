"""Who keeps whom waiting, and for how long; each against stock nameko."""

import os
import signal
import socket
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import partial

import pytest

from cli.local.ports import free_port
from tests.integration.gateway.conftest import BUSY_SECONDS, DEADLINE_SECONDS, SystemUnderTest, service_running
from tests.integration.gateway.gateway_client import GatewayClient
from tests.integration.gateway.nameko_hardening.conftest import CAPACITY, CLIENT_TIMEOUT_SECONDS, StockProcess
from tests.integration.gateway.test_unavailability import MORE_THAN_A_HEARTBEAT, frozen, timed
from tests.waiting import eventually

STOCK_ROOM = 10
"""The workers of stock nameko, for everything."""
TRICKLE_SECONDS = 0.2
BEGUN = [
    "GET /livez HTTP/1.1\r\nHost: a\r\nX-Slow: ",
    "POST /v1/partners HTTP/1.1\r\nHost: a\r\nContent-Length: 99\r\nContent-Type: application/json\r\n{token}\r\n",
    "POST /v1/partners HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json\r\n{token}"
    "\r\n63\r\n",
]
"""Requests that are not at their end: in a header, in a body, and in a chunk of one."""


def begun(client: GatewayClient, text: str) -> str:
    return text.replace("{token}", f"Authorization: Bearer {client.token}\r\n")


def trickled(client: GatewayClient, text: str, *, until: float) -> tuple[str, float]:
    """Send a byte now and then; give what comes back before the connection ends, and after how long that is."""
    started, heard = time.monotonic(), b""
    with socket.create_connection(("127.0.0.1", client.port), timeout=TRICKLE_SECONDS) as opened:
        opened.sendall(begun(client, text).encode())
        while time.monotonic() - started < until:
            try:
                opened.sendall(b" ")
                if not (more := opened.recv(65536)):
                    return heard.decode(), time.monotonic() - started
                heard += more
            except TimeoutError:
                continue  # nothing said yet: the next byte
            except OSError:
                return heard.decode(), time.monotonic() - started
    return heard.decode(), until


def test_7_1_a_call_that_nobody_answers_does_not_keep_the_gateway_from_stopping(system: SystemUnderTest) -> None:
    port = free_port()
    client = GatewayClient(port=port, token=system.client.token)
    with (
        service_running("gateway", system.settings | {"WEB_SERVER_ADDRESS": f"127.0.0.1:{port}"}) as gateway,
        ThreadPoolExecutor(1) as executor,
        frozen(system.partners),
    ):
        before = system.broker_proxy.carried
        waiting = executor.submit(timed, client, "/v1/partners")
        eventually(lambda: system.broker_proxy.carried > before + MORE_THAN_A_HEARTBEAT)
        os.kill(gateway.process.pid, signal.SIGTERM)
        refused, seconds = waiting.result()
        ended = gateway.process.wait_for_end(BUSY_SECONDS)

    assert refused.problem["status"] == 504
    assert refused.headers["Retry-After"]
    assert DEADLINE_SECONDS <= seconds < DEADLINE_SECONDS + BUSY_SECONDS
    assert ended


def test_7_1_stock_nameko_waits_on(stock: StockProcess) -> None:
    with pytest.raises(TimeoutError):
        stock.client.say("GET /silent HTTP/1.1\r\nHost: a\r\n\r\n", within=DEADLINE_SECONDS + 1)


def test_7_4_load_does_not_hide_that_it_lives(system: SystemUnderTest) -> None:
    with ThreadPoolExecutor(40) as clients, frozen(system.partners):
        waiting = [clients.submit(system.client.get, "/v1/partners") for _ in range(40)]
        eventually(lambda: all(each.running() for each in waiting))
        alive = system.client.get("/livez")
        assert not any(each.done() for each in waiting)

    assert alive.status == 200
    assert {each.result().status for each in waiting} <= {200, 503, 504}


def test_7_4_what_there_is_no_room_for_is_refused_at_once(system: SystemUnderTest, strict: GatewayClient) -> None:
    one_too_many = CAPACITY + 1

    with ThreadPoolExecutor(one_too_many) as clients, frozen(system.partners):
        asked = [clients.submit(strict.get, "/v1/partners") for _ in range(one_too_many)]
        refused = next(as_completed(asked)).result()
        alive = strict.get("/livez")
        assert sum(each.done() for each in asked) == 1

    assert refused.problem["code"] == "overloaded"
    assert refused.headers["Retry-After"]
    assert alive.status == 200
    assert sorted(each.result().status for each in asked) == [*[200] * CAPACITY, 503]


def test_7_4_stock_nameko_tells_its_health_when_a_worker_is_free(stock: StockProcess) -> None:
    with ThreadPoolExecutor(STOCK_ROOM) as clients:
        ask = partial(stock.client.say, "GET /silent HTTP/1.1\r\nHost: a\r\n\r\n", within=5)
        for _ in range(STOCK_ROOM):
            clients.submit(ask)

        assert eventually(lambda: is_unanswered(stock, "/health"), within=4)


def is_unanswered(stock: StockProcess, path: str) -> bool:
    """Whether nothing is heard for a second; while a worker is still free, the answer comes at once."""
    try:
        stock.client.say(f"GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", within=1)
    except TimeoutError:
        return True
    return False


@pytest.mark.parametrize("text", BEGUN, ids=["header", "body", "chunk"])
def test_7_8_a_client_that_trickles_is_cut(strict: GatewayClient, text: str) -> None:
    heard, seconds = trickled(strict, text, until=CLIENT_TIMEOUT_SECONDS + 2 * BUSY_SECONDS)

    assert " 408 " in heard.splitlines()[0]
    assert '"code":"request_timeout"' in heard
    assert CLIENT_TIMEOUT_SECONDS <= seconds < CLIENT_TIMEOUT_SECONDS + BUSY_SECONDS


@pytest.mark.parametrize("text", BEGUN, ids=["header", "body", "chunk"])
def test_7_8_a_silent_client_is_cut(strict: GatewayClient, text: str) -> None:
    started = time.monotonic()

    heard = strict.say(begun(strict, text), within=2 * BUSY_SECONDS)

    assert " 408 " in heard.splitlines()[0]
    assert CLIENT_TIMEOUT_SECONDS <= time.monotonic() - started < CLIENT_TIMEOUT_SECONDS + BUSY_SECONDS


def test_7_8_stock_nameko_waits_for_ever(stock: StockProcess) -> None:
    with pytest.raises(TimeoutError):
        stock.client.say("GET /health HTTP/1.1\r\nHost: a\r\nX-Slow: ", within=2)
