"""How a refusal looks, whoever finds it; each against stock nameko."""

import re
from contextlib import suppress

import pytest

from tests.integration.gateway.conftest import SystemUnderTest
from tests.integration.gateway.gateway_client import GatewayClient
from tests.integration.gateway.nameko_hardening.conftest import StockProcess
from tests.waiting import eventually


def said(client: GatewayClient, request_line: str, headers: str = "") -> str:
    return client.say(f"{request_line} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n{headers}\r\n")


def test_7_2_stock_nameko_tells_what_broke(stock: StockProcess) -> None:
    heard = said(stock.client, "GET /broken")

    assert " 500 " in heard.splitlines()[0]
    assert "mongodb://user:topsecret@host" in heard


@pytest.mark.parametrize(
    ("request_line", "status"),
    [("GET /nowhere", "404"), ("DELETE /v1/partners", "405"), ("GET /v1/partners", "401"), ("GET /v1/%FF", "400")],
)
def test_7_3_every_refusal_is_a_problem(client: GatewayClient, request_line: str, status: str) -> None:
    heard = said(client, request_line)

    assert f" {status} " in heard.splitlines()[0]
    assert "Content-Type: application/problem+json" in heard


def test_7_3_stock_nameko_takes_a_bad_request_for_its_own_fault_and_speaks_html(stock: StockProcess) -> None:
    assert " 500 " in said(stock.client, "GET /bad").splitlines()[0]
    assert "text/html" in said(stock.client, "GET /nowhere")


@pytest.mark.parametrize(
    ("request_line", "headers", "status"),
    [
        (f"GET /livez?{'a' * 8192}", "", "414"),
        (f"GET /livez?{'a' * 100_000}", "", "414"),
        ("GET /livez", f"X-Long: {'a' * 8192}\r\n", "431"),
        ("GET /livez", "".join(f"X-{n}: {'a' * 800}\r\n" for n in range(90)), "431"),
        ("GET /livez", "".join(f"X-{n}: a\r\n" for n in range(101)), "431"),
        ("NONSENSE", "", "400"),
        ("GET /livez HTTP/1.1 and more", "", "400"),
        ("GET /livez", "X Y: z\r\n", "400"),
        ("GET /livez", "X : z\r\n", "400"),
        ("GET /livez", "X: a\r\n b\r\n", "400"),
        ("GET /livez", "X: a\x00b\r\n", "400"),
        ("GET /livez", "nothing\r\nContent-Length: 5\r\n", "400"),
    ],
)
def test_7_11_what_is_too_long_or_no_http_is_a_problem_that_arrives(
    system: SystemUnderTest, request_line: str, headers: str, status: str
) -> None:
    heard = said(system.client, request_line, headers)

    assert heard.startswith(f"HTTP/1.1 {status} ")
    assert heard.count("HTTP/1.1 ") == 1
    assert "Content-Type: application/problem+json" in heard
    assert f'"status":{status}' in heard
    assert "X-Content-Type-Options: nosniff" in heard
    (id,) = re.findall(r"X-Request-Id: (req_[0-9a-z]+)", heard)
    assert f'"request_id":"{id}"' in heard
    assert eventually(lambda: system.gateway.logged(id))


def test_7_11_up_to_there_it_is_read(client: GatewayClient) -> None:
    long = "a" * (8192 - len("GET /livez? HTTP/1.1\r\n") - 1)

    assert " 200 " in said(client, f"GET /livez?{long}", f"X-Long: {'a' * 8000}\r\n").splitlines()[0]


def test_7_11_stock_nameko_hangs_up_or_refuses_in_words_of_its_own(stock: StockProcess) -> None:
    heard = ""
    with suppress(ConnectionResetError):
        heard = said(stock.client, f"GET /health?{'a' * 100_000}")

    assert heard == "" or heard.startswith("HTTP/1.0 414")
