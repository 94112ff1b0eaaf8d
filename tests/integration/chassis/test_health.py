"""How a process says how it is: beside its work, and honest about what it hears."""

import json
import os
import signal
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from kombu import Connection, Queue

from cli.local.ports import free_port
from cli.local.process import REPOSITORY
from tests.integration.chassis.broker_client import BrokerClient
from tests.integration.chassis.conftest import SAMPLE_SERVICE, ServiceProcess, service_running
from tests.waiting import eventually

WORKERS = "2"


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def sample_service(
    settings: dict[str, str], broker: BrokerClient, database: Any, port: int
) -> Iterator[ServiceProcess]:
    own = {**settings, "OPS_ADDRESS": f"127.0.0.1:{port}", "WORKERS": WORKERS, "REVISION": "abc123"}
    with service_running("sample", ["-m", "chassis", SAMPLE_SERVICE], own, '"started"') as started:
        yield started


def asked(port: int, path: str) -> tuple[int, Any]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=3) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


def test_a_process_that_hears_and_answers_is_ready(sample_service: ServiceProcess, port: int) -> None:
    status, told = asked(port, "/readyz")

    assert (status, told["status"]) == (200, "OK")
    assert all(told["parts"].values())
    needed = {"started", "accepting_work", "Subscription", "GuardedRpcConsumer", "DeadLetterCollector", "database"}
    assert set(told["parts"]) == needed


def test_2_13_health_is_told_while_every_worker_is_busy(
    sample_service: ServiceProcess, broker: BrokerClient, database: Any, port: int
) -> None:
    for number in range(6):
        broker.publish_event(text=f"x{number}", mood="slow")
    eventually(lambda: database["slow"].count_documents({}) >= int(WORKERS))

    assert asked(port, "/livez")[0] == 200
    assert asked(port, "/readyz")[0] == 200


def test_a_process_that_hears_nothing_is_alive_and_not_ready(
    sample_service: ServiceProcess, broker: BrokerClient, amqp_uri: str, port: int
) -> None:
    with Connection(amqp_uri) as connection:
        Queue("sample.inbox")(connection.channel()).delete()

    eventually(lambda: asked(port, "/readyz")[0] == 503)

    assert asked(port, "/readyz")[1]["parts"]["Subscription"] is False
    assert asked(port, "/livez")[0] == 200


def test_a_process_that_is_about_to_stop_says_so_at_once(
    sample_service: ServiceProcess, broker: BrokerClient, database: Any, port: int
) -> None:
    broker.publish_event(text="x", mood="slow")
    eventually(lambda: database["slow"].count_documents({}) >= 1)

    os.kill(sample_service.process.pid, signal.SIGTERM)

    eventually(lambda: asked(port, "/readyz")[0] == 503)
    assert asked(port, "/readyz")[1]["parts"]["accepting_work"] is False
    assert asked(port, "/livez")[0] == 200


def test_it_says_what_runs(sample_service: ServiceProcess, port: int) -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]

    assert asked(port, "/version") == (200, {"service": "sample", "version": project["version"], "revision": "abc123"})


def test_another_path_is_not_there(sample_service: ServiceProcess, port: int) -> None:
    with pytest.raises(urllib.error.HTTPError, match="404"), urllib.request.urlopen(f"http://127.0.0.1:{port}/else"):
        pass
