"""Many at the door at once: who dawdles, floods or knocks too often keeps nobody else out."""

import re
import resource
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from pymongo.database import Database

from cli.local.ports import free_port
from tests.integration.chassis.metrics_page import MetricsPage
from tests.integration.gateway.conftest import ServiceProcess, SystemUnderTest, service_running
from tests.integration.gateway.gateway_client import GatewayClient
from tests.waiting import eventually

AT_ONCE, CONNECTIONS, A_SECOND, PAGES_A_SECOND = 4, 40, 40, 3
LONG_ENOUGH_TO_BE_CUT = 1.0
SLOW_PAGE = (
    "POST /rsvp/inv_1.seal HTTP/1.1\r\nHost: a\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 99\r\n\r\nanswer="
)
SLOW_CALL = (
    "POST /v1/partners HTTP/1.1\r\nHost: a\r\n{token}"
    'Content-Type: application/json\r\nContent-Length: 99\r\n\r\n{{"name":'
)


@dataclass(frozen=True, kw_only=True)
class NarrowDoor:
    """A gateway with little room, behind one proxy."""

    client: GatewayClient
    gateway: ServiceProcess
    descriptors: int
    """How many it has open while nobody is connected."""
    ops_address: str

    def ended(self, why: str) -> float:
        return MetricsPage(self.ops_address)("partnerships_connections_ended_total", service="gateway", why=why) or 0

    def wait_until_nobody_is_connected(self) -> None:
        """Those of the tests before may be closed a moment later."""
        eventually(lambda: descriptors(self.gateway.process.pid) <= self.descriptors)

    def get(self, path: str, *, address: str) -> int:
        client = GatewayClient(port=self.client.port, token="x")
        return client.get(path, X_Forwarded_For=f"203.0.113.1, {address}").status

    def page(self, link: str, *, address: str) -> str:
        head = f"Host: a\r\nX-Forwarded-For: {address}\r\nConnection: close\r\n"
        return self.client.say(f"GET /rsvp/{link} HTTP/1.1\r\n{head}\r\n").partition("\r\n")[0]


@pytest.fixture(scope="module")
def narrow(system: SystemUnderTest) -> Iterator[NarrowDoor]:
    port, ops_address = free_port(), f"127.0.0.1:{free_port()}"
    own = {
        "WEB_SERVER_ADDRESS": f"127.0.0.1:{port}",
        "OPS_ADDRESS": ops_address,
        "REQUESTS_AT_ONCE": str(AT_ONCE),
        "PAGES_AT_ONCE": str(AT_ONCE),
        "CONNECTIONS": str(CONNECTIONS),
        "TRUSTED_PROXIES": "1",
        "REQUESTS_PER_SECOND": str(A_SECOND),
        "PAGES_PER_SECOND": str(PAGES_A_SECOND),
    }
    with service_running("gateway", system.settings | own) as gateway:
        client = GatewayClient(port=port, token=system.client.token)
        assert client.get("/v1/partners").status == 200
        free = descriptors(gateway.process.pid)
        yield NarrowDoor(client=client, gateway=gateway, descriptors=free, ops_address=ops_address)


def descriptors(pid: int) -> int:
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


@contextmanager
def opened(port: int, *, number: int, saying: str = "") -> Iterator[list[socket.socket]]:
    with ExitStack() as stack:
        clients = []
        for _ in range(number):
            clients.append(stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=5)))
            with suppress(OSError):
                clients[-1].sendall(saying.encode())
        yield clients


def passed(seconds: float) -> None:
    """Return when slow clients have been waited for so long."""
    begun = time.monotonic()
    eventually(lambda: time.monotonic() - begun > seconds)


def is_open(client: socket.socket) -> bool:
    client.setblocking(False)
    try:
        return client.recv(65536) != b""
    except BlockingIOError:
        return True
    except OSError:
        return False


@pytest.mark.parametrize("slow", [SLOW_PAGE, SLOW_CALL], ids=["page", "call"])
def test_who_has_not_sent_a_whole_request_takes_no_place(narrow: NarrowDoor, slow: str) -> None:
    said = slow.format(token=f"Authorization: Bearer {narrow.client.token}\r\n") if slow is SLOW_CALL else slow

    with opened(narrow.client.port, number=2 * AT_ONCE, saying=said):
        passed(0.5)
        assert [narrow.client.get("/v1/partners").status for _ in range(8)] == [200] * 8


def test_one_connection_too_many_is_closed(narrow: NarrowDoor) -> None:
    with opened(narrow.client.port, number=2 * CONNECTIONS) as clients:
        eventually(lambda: sum(is_open(each) for each in clients) <= CONNECTIONS)
        assert sum(is_open(each) for each in clients) > CONNECTIONS // 2


def test_when_all_connections_are_slow_ones_the_slowest_makes_room(narrow: NarrowDoor) -> None:
    narrow.wait_until_nobody_is_connected()
    with opened(narrow.client.port, number=CONNECTIONS, saying="GET /livez HTTP/1.1\r\nX-Slow: "):
        passed(LONG_ENOUGH_TO_BE_CUT)

        assert narrow.client.get("/v1/partners").status == 200
        assert eventually(lambda: narrow.gateway.logged("connection_cut"))


def test_running_out_of_descriptors_is_survived(narrow: NarrowDoor) -> None:
    pid = narrow.gateway.process.pid
    narrow.wait_until_nobody_is_connected()
    before = resource.prlimit(pid, resource.RLIMIT_NOFILE)
    resource.prlimit(pid, resource.RLIMIT_NOFILE, (narrow.descriptors + 3, before[1]))
    try:
        with opened(narrow.client.port, number=12):
            eventually(lambda: narrow.gateway.logged("no_connection_accepted"))
    finally:
        resource.prlimit(pid, resource.RLIMIT_NOFILE, before)

    assert narrow.client.get("/v1/partners").status == 200
    assert narrow.gateway.process.is_running


def test_who_opens_pages_too_often_keeps_nobody_else_from_theirs(narrow: NarrowDoor) -> None:
    links = [f"inv_{uuid4().hex}.seal" for _ in range(5 * PAGES_A_SECOND)]

    assert any(" 429 " in narrow.page(link, address="198.51.100.1") for link in links)
    assert " 503 " in narrow.page(f"inv_{uuid4().hex}.seal", address="198.51.100.2"), "camps is not there"


def test_of_one_link_there_is_a_pace_for_all_addresses_together(narrow: NarrowDoor) -> None:
    link = f"inv_{uuid4().hex}.seal"

    assert any(
        " 429 " in narrow.page(link, address=f"198.51.100.{each}") for each in range(10, 10 + 5 * PAGES_A_SECOND)
    )


@pytest.mark.parametrize("path", ["/livez", "/v1/partners", "/nowhere"])
def test_without_a_valid_token_there_is_a_pace_for_each_address(narrow: NarrowDoor, path: str) -> None:
    hasty, other = f"198.51.100.{len(path)}", "198.51.100.99"

    assert any(narrow.get(path, address=hasty) == 429 for _ in range(5 * A_SECOND))
    assert narrow.get(path, address=other) in (200, 401, 404)
    assert narrow.client.get("/v1/partners", X_Forwarded_For=hasty).status == 200, (
        "who has a token has a pace of their own"
    )


def test_pipelined_requests_beyond_the_pace_end_the_connection(narrow: NarrowDoor) -> None:
    asked = "GET /livez HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 198.51.100.77\r\n\r\n" * 500
    before = narrow.ended("too_fast")

    statuses = re.findall(r"HTTP/1\.1 (\d{3}) ", narrow.client.say(asked))

    assert statuses.pop() == "429"
    assert set(statuses) == {"200"}
    assert len(statuses) < 5 * A_SECOND
    assert narrow.ended("too_fast") > before


CHUNKED = (
    "POST /v1/partners HTTP/1.1\r\nHost: a\r\n{token}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n"
)


@pytest.mark.parametrize(
    "said", ["GET / HTTP/1.1\r\n\r\n", CHUNKED + "\r\n0x2\r\n"], ids=["no host", "no size of a chunk"]
)
def test_what_is_no_http_is_counted(narrow: NarrowDoor, said: str) -> None:
    before = narrow.ended("malformed")

    message = said.format(token=f"Authorization: Bearer {narrow.client.token}\r\n")
    # What the test before has sent may have used up the pace of this address for a moment: then nothing is answered.
    answer = eventually(lambda: narrow.client.say(message))

    assert answer.startswith("HTTP/1.1 400 ")
    assert narrow.ended("malformed") == before + 1


def test_the_address_behind_the_proxy_is_in_log_and_audit(
    narrow: NarrowDoor, partners_database: Database[dict[str, Any]]
) -> None:
    id = f"req.{uuid4().hex}"

    narrow.client.as_("prt_1", "partner_viewer").post(
        "/v1/partners", {}, X_Request_Id=id, X_Forwarded_For="198.51.100.8"
    )

    (record,) = eventually(lambda: list(partners_database["audit_records"].find({"request_id": id})))
    assert record["address"] == "198.51.100.8"
    assert '"address": "198.51.100.8"' in eventually(lambda: narrow.gateway.logged(id))[0]


def test_a_body_of_unknown_members_is_answered_in_a_few_words(client: GatewayClient) -> None:
    body = b'{"":0' + b"".join(b',"%x":0' % each for each in range(100_000)) + b"}"

    started = time.monotonic()
    refused = client.post("/v1/partners", body)

    assert refused.problem["status"] == 400
    assert len(str(refused.body)) < 2000
    assert time.monotonic() - started < 2


def test_what_is_no_http_has_the_pace_of_an_address_and_no_answer_beyond_it(narrow: NarrowDoor) -> None:
    before = narrow.ended("too_fast")

    answers = [narrow.client.say("x\r\n") for _ in range(3 * A_SECOND)]

    assert answers[0].startswith("HTTP/1.1 400 ")
    assert "" in answers
    assert narrow.ended("too_fast") > before
