"""What the gateway does when a service, the broker, a client or the gateway itself is in trouble."""

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest
from pymongo.database import Database

from cli.local.parts import Parts
from cli.local.ports import answers, free_port
from cli.local.process import Process
from cli.local.rabbitmqctl import Rabbitmqctl
from tests.integration.gateway.conftest import BUSY_SECONDS, DEADLINE_SECONDS, SystemUnderTest, service_running
from tests.integration.gateway.gateway_client import GatewayClient, Reply
from tests.integration.gateway.sample_data import PARTNER
from tests.waiting import eventually

MORE_THAN_A_HEARTBEAT = 100


@contextmanager
def frozen(process: Process) -> Iterator[None]:
    os.kill(process.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process.pid, signal.SIGCONT)


def timed(client: GatewayClient, path: str) -> tuple[Reply, float]:
    begun = time.monotonic()
    return client.get(path), time.monotonic() - begun


class TestHealth:
    def test_it_lives(self, client: GatewayClient) -> None:
        assert GatewayClient(port=client.port, token="").get("/livez").body == {"status": "alive"}

    def test_it_names_each_service_that_is_missing(self, client: GatewayClient) -> None:
        refused = GatewayClient(port=client.port, token="").get("/readyz")

        assert refused.problem["status"] == 503
        assert refused.headers["Retry-After"]
        assert {error["pointer"] for error in refused.problem["errors"]} == {"/camps", "/notifications"}

    def test_a_service_that_hangs_is_missing_before_anybody_who_asks_it_gives_up(self, system: SystemUnderTest) -> None:
        with frozen(system.partners), ThreadPoolExecutor(2) as clients:
            asked = [clients.submit(system.client.get, path) for path in ("/v1/partners", "/readyz")]
            refused = next(as_completed(asked)).result()

        assert {error["pointer"] for error in refused.problem["errors"]} == {"/camps", "/notifications", "/partners"}


@contextmanager
def memory_alarm(parts: Parts) -> Iterator[None]:
    """Have the broker of these tests refuse to read from whoever publishes."""
    pid = parts.supervisor.pids()["rabbitmq"]
    limit = Rabbitmqctl(pid).run
    limit("set_vm_memory_high_watermark", "0.000001")
    try:
        yield
    finally:
        limit("set_vm_memory_high_watermark", "0.4")


class TestABlockedBroker:
    def test_a_command_whose_caller_was_told_that_nobody_answered_is_not_carried_out_later(
        self, system: SystemUnderTest, parts: Parts, partners_database: Database[dict[str, Any]]
    ) -> None:
        with memory_alarm(parts):
            refused = system.client.post("/v1/partners", {**PARTNER, "name": "Behind the alarm"})

        assert refused.problem["status"] in (503, 504)
        assert eventually(lambda: system.client.get("/v1/partners").status == 200)
        assert system.client.post("/v1/partners", {**PARTNER, "name": "After the alarm"}).status == 201
        names = {each["name"] for each in partners_database["partners"].find()}
        assert names & {"Behind the alarm", "After the alarm"} == {"After the alarm"}


class TestAServiceAway:
    def test_a_service_that_does_not_run_is_out_of_reach(self, client: GatewayClient) -> None:
        refused = client.get("/v1/camps")

        assert refused.problem["status"] == 503
        assert refused.headers["Retry-After"]

    def test_a_service_that_hangs_is_late_at_the_deadline_and_answers_again_later(
        self, system: SystemUnderTest
    ) -> None:
        with frozen(system.partners):
            refused, seconds = timed(system.client, "/v1/partners")

        assert refused.problem["status"] == 504
        assert refused.headers["Retry-After"]
        assert DEADLINE_SECONDS <= seconds < DEADLINE_SECONDS + BUSY_SECONDS
        assert eventually(lambda: system.client.get("/v1/partners").status == 200)

    def test_nobody_waits_longer_than_the_deadline_for_a_worker_and_the_answer_together(
        self, system: SystemUnderTest
    ) -> None:
        many = 100  # each worker in turn, and a deadline for each: that would be ten times the deadline

        with frozen(system.partners), ThreadPoolExecutor(many) as clients:
            answers = list(clients.map(partial(timed, system.client), ["/v1/partners"] * many))

        assert {reply.problem["code"] for reply, _ in answers} <= {"overloaded", "deadline_exceeded"}
        assert max(seconds for _, seconds in answers) < DEADLINE_SECONDS + BUSY_SECONDS
        assert eventually(lambda: system.client.get("/v1/partners").status == 200)


class TestTheBrokerAway:
    @pytest.fixture(autouse=True)
    def mended(self, system: SystemUnderTest) -> Iterator[None]:
        try:
            yield
        finally:
            system.broker_proxy.mend()
            eventually(lambda: system.client.get("/v1/partners").status == 200, within=30)

    def test_a_frozen_broker_is_late_at_the_deadline(self, system: SystemUnderTest) -> None:
        system.broker_proxy.freeze()

        refused, seconds = timed(system.client, "/v1/partners")

        assert refused.problem["status"] == 504
        assert seconds < DEADLINE_SECONDS + BUSY_SECONDS

    def test_a_lost_broker_is_out_of_reach_at_once(self, system: SystemUnderTest) -> None:
        system.broker_proxy.refuse()
        eventually(lambda: system.client.get("/v1/partners").status == 503)

        refused, seconds = timed(system.client, "/v1/partners")

        assert refused.problem["code"] == "broker_unavailable"
        assert seconds < DEADLINE_SECONDS
        assert system.gateway.process.is_running


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
    def test_a_client_that_hangs_up_does_no_harm(self, system: SystemUnderTest, begun: str) -> None:
        system.client.say_and_leave(begun)

        assert system.client.get("/livez").status == 200
        assert system.gateway.process.is_running


def test_a_request_under_way_is_answered_before_it_stops_and_no_other_is_begun(system: SystemUnderTest) -> None:
    port = free_port()
    client = GatewayClient(port=port, token=system.client.token)
    with service_running("gateway", system.settings | {"WEB_SERVER_ADDRESS": f"127.0.0.1:{port}"}) as gateway:
        with ThreadPoolExecutor(1) as executor, client.kept_open() as kept, frozen(system.partners):
            client.ask_over(kept, "GET", "/livez")
            before = system.broker_proxy.carried
            waiting = executor.submit(client.get, "/v1/partners")
            eventually(lambda: system.broker_proxy.carried > before + MORE_THAN_A_HEARTBEAT)
            os.kill(gateway.process.pid, signal.SIGTERM)
            eventually(lambda: not answers(port))
            other = client.ask_over(kept, "GET", "/v1/partners")
        answer = waiting.result()
        ended = gateway.process.wait_for_end(10)

    assert answer.status == 200
    assert other.problem["status"] == 503
    assert other.problem["code"] == "stopping"
    assert ended
