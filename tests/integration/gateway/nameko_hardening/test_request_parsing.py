"""What is read of a request, and what is refused unread; each against stock nameko."""

import json
from typing import Any

import pytest

from tests.integration.gateway.gateway_client import GatewayClient, Reply
from tests.integration.gateway.nameko_hardening.conftest import StockProcess
from tests.integration.gateway.sample_data import PARTNER

MIB = 1024 * 1024
TWO_REQUESTS = "POST {path} HTTP/1.1\r\n{headers}\r\n{{}}GET /livez HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
AMBIGUOUS = [
    "Host: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n",
    "Host: a\r\nContent-Length: 2, 2\r\n",
    "Host: a\r\nContent-Length: +2\r\n",
    "Host: a\r\nTransfer-Encoding: xchunked\r\n",
    "Host: a\r\nTransfer-Encoding: gzip, chunked\r\n",
    "Host: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
    "Host: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n",
]
HOSTS = ["", "Host: a\r\nHost: b\r\n", "Host: \r\n", "Host: a b\r\n", "Host: a/b\r\n", "Host: u@a\r\n", "Host: a:b\r\n"]


def chunked(client: GatewayClient, *chunks: bytes) -> Reply:
    return client.ask("POST", "/v1/partners", body=iter(chunks), headers={"Content-Type": "application/json"})


def padded(size: int) -> bytes:
    text = json.dumps(PARTNER).encode()
    return text + b" " * (size - len(text))


def posted_to_stock(stock: StockProcess, headers: str, body: str) -> str:
    return stock.client.say(f"POST /bodies HTTP/1.1\r\nConnection: close\r\n{headers}\r\n{body}")


def got_from_stock(stock: StockProcess, path: str) -> str:
    return stock.client.say(f"GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")


def test_7_5_a_body_that_comes_in_chunks_is_read_whole(client: GatewayClient) -> None:
    text = json.dumps({**PARTNER, "name": "Ö" * 200}).encode()

    created = chunked(client, text[:10], text[10:300], text[300:])

    assert created.status == 201
    assert created.body["name"] == "Ö" * 200


def test_7_5_stock_nameko_reads_nothing_of_it(stock: StockProcess) -> None:
    heard = posted_to_stock(stock, "Host: a\r\nTransfer-Encoding: chunked\r\n", "5\r\nhello\r\n0\r\n\r\n")

    assert heard.endswith("read 0")


def test_7_6_a_chunked_body_is_not_cut_but_refused(client: GatewayClient) -> None:
    assert chunked(client, padded(MIB), b" ").problem["status"] == 413


def test_7_7_a_body_up_to_1_mib_is_read_and_a_larger_one_is_not(client: GatewayClient) -> None:
    assert client.post("/v1/partners", padded(MIB)).status == 201
    assert client.post("/v1/partners", padded(MIB + 1)).problem["status"] == 413


def test_7_7_stock_nameko_reads_whatever_comes(stock: StockProcess) -> None:
    heard = posted_to_stock(stock, f"Host: a\r\nContent-Length: {MIB + 1}\r\n", " " * (MIB + 1))

    assert heard.endswith(f"read {MIB + 1}")


@pytest.mark.parametrize("headers", AMBIGUOUS + [f"{host}Content-Length: 2\r\n" for host in HOSTS])
def test_7_9_a_request_that_can_be_read_in_two_ways_ends_the_connection(client: GatewayClient, headers: str) -> None:
    heard = client.say(TWO_REQUESTS.format(path="/v1/partners", headers=headers))

    assert heard.count("HTTP/1.1 ") == 1
    assert " 400 " in heard.splitlines()[0]
    assert "application/problem+json" in heard


@pytest.mark.parametrize("host", ["a", "a:8000", "127.0.0.1:80", "[::1]:8000", "gateway.example.org"])
def test_7_9_a_host_that_can_be_meant_is_taken(client: GatewayClient, host: str) -> None:
    heard = client.say(f"GET /livez HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")

    assert " 200 " in heard.splitlines()[0]


@pytest.mark.parametrize("headers", [AMBIGUOUS[0], AMBIGUOUS[3], "Content-Length: 2\r\n"])
def test_7_9_stock_nameko_reads_it_in_one_of_them(stock: StockProcess, headers: str) -> None:
    heard = stock.client.say(TWO_REQUESTS.format(path="/bodies", headers=headers).replace("/livez", "/health"))

    assert " 200 " in heard.splitlines()[0]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/partners/prt_%FF", 400),
        ("/v1/partners/prt_%00", 400),
        ("/v1/partners/prt_%1B", 400),
        ("/v1/partners/prt_%0d%0aX:", 400),
        ("/v1/partners?state=%FF", 400),
        ("/v1/partners?state=a%00", 400),
        ("//v1/partners", 404),
        ("/v1//partners", 404),
    ],
)
def test_7_10_what_is_no_text_and_no_path_is_not_mended(client: GatewayClient, path: str, status: int) -> None:
    assert client.get(path).problem["status"] == status


@pytest.mark.parametrize(
    ("path", "read"),
    [
        ("/items/%FF", ["\ufffd", None]),
        ("/items/a?q=%FF", ["a", "%FF"]),
        ("/items/a%00", ["a\x00", None]),
    ],
)
def test_7_10_stock_nameko_makes_something_of_it(stock: StockProcess, path: str, read: list[Any]) -> None:
    assert json.loads(got_from_stock(stock, path).splitlines()[-1]) == read


def test_7_10_stock_nameko_takes_two_slashes_for_one(stock: StockProcess) -> None:
    assert " 200 " in got_from_stock(stock, "//items/a").splitlines()[0]
