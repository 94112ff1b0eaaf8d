"""What is no HTTP, byte by byte: it is refused, and nothing that follows it is taken for a next request."""

import re
import socket
from contextlib import suppress
from pathlib import Path

import pytest

from tests.integration.gateway.conftest import SystemUnderTest
from tests.integration.gateway.gateway_client import GatewayClient
from tests.waiting import eventually

NEXT = "GET /livez HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
WHOLE = "2\r\n{}\r\n0\r\n\r\n"


def statuses(heard: str) -> list[str]:
    return re.findall(r"HTTP/1\.1 (\d{3}) ", heard)


def chunked(client: GatewayClient, chunks: str) -> str:
    head = "Host: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n"
    return f"POST /v1/partners HTTP/1.1\r\n{head}Authorization: Bearer {client.token}\r\n\r\n{chunks}"


@pytest.mark.parametrize(
    "chunks",
    [
        WHOLE.replace("2\r\n{", "0x2\r\n{"),
        WHOLE.replace("2\r\n{", "+2\r\n{"),
        WHOLE.replace("2\r\n{", "0_2\r\n{"),
        WHOLE.replace("2\r\n{", "2\n{"),
        WHOLE.replace("}\r\n", "}\n"),
        WHOLE.replace("}\r\n", "}xx\r\n"),
        WHOLE.replace("0\r\n\r\n", "0\r\nX : a\r\n\r\n"),
        f"2;{'x' * 300}\r\n{WHOLE[3:]}",
    ],
)
def test_chunks_are_read_to_the_letter(client: GatewayClient, chunks: str) -> None:
    assert statuses(client.say(chunked(client, chunks) + NEXT)) == ["400"]


def test_chunks_to_the_letter_are_followed_by_the_next_request(client: GatewayClient) -> None:
    assert statuses(client.say(chunked(client, WHOLE) + NEXT)) == ["422", "200"]


@pytest.mark.parametrize(
    ("request_text", "status"),
    [
        ("GET /livez HTTP/1.2\r\nHost: a\r\n\r\n", "505"),
        ("GET /livez HTTP/2.0\r\nHost: a\r\n\r\n", "505"),
        ("G\x1b[31mT /livez HTTP/1.1\r\nHost: a\r\n\r\n", "400"),
        ("GET /livez HTTP/1.1\nHost: a\n\n", "400"),
        ("GET /livez HTTP/1.1\r\nHost: a\nX: b\r\n\r\n", "400"),
        ("GET /livez HTTP/1.1\r\nHost: a\rX: b\r\n\r\n", "400"),
        ("GET\t/livez\tHTTP/1.1\r\nHost: a\r\n\r\n", "400"),
        ("GET /livez\r\n\r\n", "400"),
        ("GET livez HTTP/1.1\r\nHost: a\r\n\r\n", "400"),
        (f"GET /livez HTTP/1.1\r\nHost: a\r\nContent-Length: {'9' * 5000}\r\n\r\n", "400"),
        ("GET /livez HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", "400"),
    ],
)
def test_what_is_no_http_1_1_ends_the_connection(client: GatewayClient, request_text: str, status: str) -> None:
    heard = client.say(request_text + NEXT)

    assert statuses(heard) == [status]
    assert "Content-Type: application/problem+json" in heard
    assert "Connection: close" in heard
    assert re.search(r"\r\nDate: \w{3}, ", heard)


def test_what_is_no_http_is_logged_with_whose_it_is(system: SystemUnderTest) -> None:
    heard = system.client.say("GET /livez HTTP/1.1\r\n\r\n")
    id = re.findall(r"X-Request-Id: (\S+)", heard)[0]

    assert '"address": "127.0.0.1"' in eventually(lambda: system.gateway.logged(id))[0]


def test_a_target_may_be_absolute(client: GatewayClient) -> None:
    assert statuses(client.say(NEXT.replace("/livez", "http://example.org/livez"))) == ["200"]


def test_options_of_the_whole_server_name_every_method(client: GatewayClient) -> None:
    heard = client.say("OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")

    assert statuses(heard) == ["204"]
    assert "Allow: GET, HEAD, OPTIONS, PATCH, POST\r\n" in heard


@pytest.mark.parametrize("request_line", ["OPTIONS /v1/camps", "GET /"])
def test_a_response_without_content_is_of_no_type(client: GatewayClient, request_line: str) -> None:
    heard = client.say(f"{request_line} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")

    assert statuses(heard)[0] in ("204", "302")
    assert "content-type" not in heard.lower().replace("x-content-type-options", "")


def test_the_connection_ends_whichever_of_its_fields_says_so(client: GatewayClient) -> None:
    asked = "GET /livez HTTP/1.1\r\nHost: a\r\nConnection: x\r\nConnection: close\r\n\r\n"

    assert statuses(client.say(asked + NEXT)) == ["200"]


@pytest.mark.parametrize(("version", "interim"), [("1.1", ["100"]), ("1.0", [])])
def test_only_http_1_1_has_interim_responses(client: GatewayClient, version: str, interim: list[str]) -> None:
    head = f"Authorization: Bearer {client.token}\r\nContent-Type: application/json\r\nContent-Length: 2\r\n"
    asked = (
        f"POST /v1/partners HTTP/{version}\r\nHost: a\r\nConnection: close\r\nExpect: 100-continue\r\n{head}\r\n{{}}"
    )

    assert statuses(client.say(asked)) == [*interim, "422"]


@pytest.mark.parametrize(
    ("path", "status"),
    [("/v1%2Fcamps", 404), ("/v1%2fcamps", 404), ("/v1/partners%2Fprt_1", 404), ("/v1/%zz", 400), ("/v1/%2", 400)],
)
def test_a_path_is_divided_by_its_slashes_alone(client: GatewayClient, path: str, status: int) -> None:
    assert client.get(path).problem["status"] == status


@pytest.mark.parametrize("head", ["POST /livez HTTP/1.1\r\nHost: a\r\n", "DELETE /v1/camps HTTP/1.1\r\nHost: a\r\n"])
def test_a_line_that_never_ends_is_not_kept(system: SystemUnderTest, head: str) -> None:
    """The body of a request that is refused is read, too, to find the next one."""
    before, sent = memory(system.gateway.process.pid), 0
    with socket.create_connection(("127.0.0.1", system.client.port), timeout=5) as opened:
        opened.sendall(f"{head}Transfer-Encoding: chunked\r\n\r\n".encode())
        with suppress(OSError):
            while sent < 64:
                opened.sendall(b"1" * 1024 * 1024)
                sent += 1

    assert memory(system.gateway.process.pid) - before < 8 * 1024 * 1024
    assert system.client.get("/livez").status == 200


def memory(pid: int) -> int:
    """The most that a process ever had, in bytes."""
    peak = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    assert peak
    return int(peak[1]) * 1024
