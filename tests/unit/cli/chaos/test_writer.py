"""The writer repeats a command until the answer is definite, and counts only what was accepted."""

import json
import socket
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from cli.connection.api import Api
from dev.chaos import writer as writers
from dev.chaos.record import Partner
from dev.chaos.writer import Writer

PARTNER = Partner(id="prt_1", engagement_id="eng_1", measure_id="msr_1", leaders=1)
RESET, SILENCE = "reset", "silence"
DATA_POINTS = "/v1/measures/msr_1/data-points"
OF_PATHS = {"/v1/milestones": "plan", DATA_POINTS: "record"}


class GatewayStub(ThreadingHTTPServer):
    """A gateway of a few lines: answers as it is told to, and keeps what was asked under which key."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.script: Callable[[str, int], Any] = lambda _path, _time: 201
        self.asked: list[tuple[str, str]] = []
        self.times: dict[str, int] = {}

    def next_answer(self, path: str, key: str) -> Any:
        self.asked.append((path, key))
        self.times[key] = self.times.get(key, 0) + 1
        return self.script(OF_PATHS.get(path, "reach"), self.times[key])


class Answering(BaseHTTPRequestHandler):
    server: GatewayStub

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        answer = self.server.next_answer(self.path, self.headers["Idempotency-Key"])
        if answer == RESET:
            self.connection.shutdown(socket.SHUT_RDWR)
        elif answer != SILENCE:
            self._say(answer)

    def _say(self, status: int) -> None:
        body = json.dumps({"id": "mst_1", "version": 1} if status < 300 else {"code": "whatever"}).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing on the terminal."""


@pytest.fixture
def gateway() -> Iterator[GatewayStub]:
    with GatewayStub() as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def writer(gateway: GatewayStub, monkeypatch) -> Writer:
    """A writer who begins one milestone at once, and the next ones long after the test."""
    monkeypatch.setattr(writers, "WRITERS", 1)
    monkeypatch.setattr(writers, "TIMEOUT_SECONDS", 0.3)
    monkeypatch.setattr(writers, "PAUSE_SECONDS", 0.01)
    monkeypatch.setattr(writers, "HASTY_ONE_IN", 2**200)
    api = Api(gateway=f"http://127.0.0.1:{gateway.server_address[1]}", token="")
    return Writer(api, partners=[PARTNER], per_second=0.001)


def keys(gateway: GatewayStub, path: str) -> list[str]:
    return [key for asked, key in gateway.asked if asked.startswith(path)]


def test_a_milestone_is_accepted_when_planning_reaching_and_its_data_point_are(
    writer: Writer, gateway: GatewayStub, eventually
) -> None:
    with writer.running(begun=time.monotonic()):
        assert eventually(lambda: bool(writer.record.accepted))

    (accepted,) = writer.record.accepted
    assert (accepted.id, accepted.partner) == ("mst_1", PARTNER)
    assert [path for path, _ in gateway.asked] == ["/v1/milestones", "/v1/milestones/mst_1/transitions", DATA_POINTS]
    assert len(writer.record.commands) == 3
    assert writer.record.repeats == []


@pytest.mark.parametrize("trouble", [502, 503, 504, RESET, SILENCE])
def test_a_command_without_a_definite_answer_is_repeated_under_the_same_key(
    writer: Writer, gateway: GatewayStub, eventually, trouble: Any
) -> None:
    gateway.script = lambda what, time: trouble if what == "reach" and time < 3 else 200

    with writer.running(begun=time.monotonic()):
        assert eventually(lambda: bool(writer.record.accepted))

    assert len(keys(gateway, "/v1/milestones/mst_1")) == 3
    assert len(set(keys(gateway, "/v1/milestones/mst_1"))) == 1
    assert len(set(keys(gateway, "/v1/milestones"))) == 2
    assert len(writer.record.repeats) == 2


@pytest.mark.parametrize("no", [409, 412, 422, 500])
def test_a_command_that_was_refused_is_not_repeated(writer: Writer, gateway: GatewayStub, eventually, no: int) -> None:
    gateway.script = lambda what, _: no if what == "reach" else 201

    with writer.running(begun=time.monotonic()):
        assert eventually(lambda: bool(writer.record.refused))

    assert len(gateway.asked) == 2
    assert str(no) in writer.record.refused[0]
    assert writer.record.accepted == []


def test_a_milestone_that_was_not_answered_in_time_does_not_count_as_accepted(
    writer: Writer, gateway: GatewayStub, eventually, monkeypatch
) -> None:
    monkeypatch.setattr(writers, "FINISH_TIMEOUT_SECONDS", 0.1)
    gateway.script = lambda *_: 503

    with writer.running(begun=time.monotonic()):
        assert eventually(lambda: len(gateway.asked) > 2)

    assert len(writer.record.unanswered) == 1
    assert writer.record.accepted == []


def test_a_command_may_be_repeated_under_its_key_before_it_is_answered(
    writer: Writer, gateway: GatewayStub, eventually, monkeypatch
) -> None:
    monkeypatch.setattr(writers, "HASTY_ONE_IN", 1)
    gateway.script = lambda _, time: SILENCE if time == 1 else 201

    with writer.running(begun=time.monotonic()):
        assert eventually(lambda: bool(writer.record.accepted))

    assert writer.record.repeats == ["in haste"] * 3
    assert sorted(gateway.times.values()) == [2, 2, 2]
