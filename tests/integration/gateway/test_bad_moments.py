"""What the gateway does when a service, the broker, a client or the gateway itself is in trouble."""

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from functools import partial

import pytest

from cli.local.ports import answers, free_port
from cli.local.process import Process
from tests.integration.gateway.conftest import BUSY_SECONDS, DEADLINE_SECONDS, House, running
from tests.integration.gateway.gateway_client import Door, Reply
from tests.waiting import eventually

MORE_THAN_A_HEARTBEAT = 100


@contextmanager
def frozen(process: Process) -> Iterator[None]:
    os.kill(process.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process.pid, signal.SIGCONT)


def timed(door: Door, path: str) -> tuple[Reply, float]:
    begun = time.monotonic()
    return door.get(path), time.monotonic() - begun


class TestHealth:
    def test_it_lives(self, door: Door) -> None:
        assert Door(port=door.port, token="").get("/livez").body == {"status": "alive"}

    def test_it_names_each_service_that_is_missing(self, door: Door) -> None:
        refused = Door(port=door.port, token="").get("/readyz")

        assert refused.problem["status"] == 503
        assert refused.headers["Retry-After"]
        assert {error["pointer"] for error in refused.problem["errors"]} == {"/camps", "/notifications"}

    def test_a_service_that_hangs_is_missing_before_anybody_who_asks_it_gives_up(self, house: House) -> None:
        with frozen(house.partners), ThreadPoolExecutor(2) as clients:
            asked = [clients.submit(house.door.get, path) for path in ("/v1/partners", "/readyz")]
            refused = next(as_completed(asked)).result()

        assert {error["pointer"] for error in refused.problem["errors"]} == {"/camps", "/notifications", "/partners"}


class TestAServiceAway:
    def test_a_service_that_does_not_run_is_out_of_reach(self, door: Door) -> None:
        refused = door.get("/v1/camps")

        assert refused.problem["status"] == 503
        assert refused.headers["Retry-After"]

    def test_a_service_that_hangs_is_late_at_the_deadline_and_answers_again_later(self, house: House) -> None:
        with frozen(house.partners):
            refused, seconds = timed(house.door, "/v1/partners")

        assert refused.problem["status"] == 504
        assert refused.headers["Retry-After"]
        assert DEADLINE_SECONDS <= seconds < DEADLINE_SECONDS + BUSY_SECONDS
        assert eventually(lambda: house.door.get("/v1/partners").status == 200)

    def test_nobody_waits_longer_than_the_deadline_for_a_worker_and_the_answer_together(self, house: House) -> None:
        many = 100  # each worker in turn, and a deadline for each: that would be ten times the deadline

        with frozen(house.partners), ThreadPoolExecutor(many) as clients:
            answers = list(clients.map(partial(timed, house.door), ["/v1/partners"] * many))

        assert {reply.problem["code"] for reply, _ in answers} <= {"overloaded", "deadline_exceeded"}
        assert max(seconds for _, seconds in answers) < DEADLINE_SECONDS + BUSY_SECONDS
        assert eventually(lambda: house.door.get("/v1/partners").status == 200)


class TestTheBrokerAway:
    @pytest.fixture(autouse=True)
    def mended(self, house: House) -> Iterator[None]:
        try:
            yield
        finally:
            house.wire.mend()
            eventually(lambda: house.door.get("/v1/partners").status == 200, within=30)

    def test_a_frozen_broker_is_late_at_the_deadline(self, house: House) -> None:
        house.wire.freeze()

        refused, seconds = timed(house.door, "/v1/partners")

        assert refused.problem["status"] == 504
        assert seconds < DEADLINE_SECONDS + BUSY_SECONDS

    def test_a_lost_broker_is_out_of_reach_at_once(self, house: House) -> None:
        house.wire.cut()
        eventually(lambda: house.door.get("/v1/partners").status == 503)

        refused, seconds = timed(house.door, "/v1/partners")

        assert refused.problem["code"] == "broker_unavailable"
        assert seconds < DEADLINE_SECONDS
        assert house.gateway.process.is_running


class TestClientsThatCannotBeTrusted:
    @pytest.mark.parametrize(
        "begun",
        [
            "",
            "GET",
            "GET /livez HTTP/1.1\r\nHost:",
            "POST /v1/partners HTTP/1.1\r\nHost: a\r\nContent-Length: 99\r\n\r\n{",
        ],
    )
    def test_a_client_that_hangs_up_does_no_harm(self, house: House, begun: str) -> None:
        house.door.say_and_leave(begun)

        assert house.door.get("/livez").status == 200
        assert house.gateway.process.is_running


def test_a_request_under_way_is_answered_before_it_stops_and_no_other_is_begun(house: House) -> None:
    port = free_port()
    door = Door(port=port, token=house.door.token)
    with running("gateway", house.settings | {"WEB_SERVER_ADDRESS": f"127.0.0.1:{port}"}) as gateway:
        with ThreadPoolExecutor(1) as client, door.kept_open() as kept, frozen(house.partners):
            door.ask_over(kept, "GET", "/livez")
            before = house.wire.carried
            waiting = client.submit(door.get, "/v1/partners")
            eventually(lambda: house.wire.carried > before + MORE_THAN_A_HEARTBEAT)
            os.kill(gateway.process.pid, signal.SIGTERM)
            eventually(lambda: not answers(port))
            other = door.ask_over(kept, "GET", "/v1/partners")
        answer = waiting.result()
        ended = gateway.process.wait_for_end(10)

    assert answer.status == 200
    assert other.problem["status"] == 503
    assert other.problem["code"] == "stopping"
    assert ended
