"""Spans are sent beside the work: neither the work nor a stop waits for a collector that does not answer."""

import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from tests.integration.chassis.broker_client import BrokerClient
from tests.integration.chassis.conftest import SAMPLE_SERVICE, ServiceProcess, service_running
from tests.trace_collector import collector_running
from tests.waiting import eventually

GRACE_SECONDS = 6
"""Two seconds for the spans, and what a stop takes anyway on a busy machine."""


@pytest.fixture
def silent_collector() -> Iterator[str]:
    """Takes connections, and never says a word."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/v1/traces"


def started(settings: dict[str, str], traces_url: str) -> Any:
    own = {**settings, "TRACES_URL": traces_url}
    return service_running("sample", ["-m", "chassis", SAMPLE_SERVICE], own, '"started"')


def stopped(sample_service: ServiceProcess) -> float:
    """Seconds from SIGTERM to its end."""
    asked = time.monotonic()
    os.kill(sample_service.process.pid, signal.SIGTERM)
    eventually(lambda: not sample_service.is_running)
    return time.monotonic() - asked


def test_a_silent_collector_keeps_nobody(
    settings: dict[str, str], broker: BrokerClient, database: Any, silent_collector: str
) -> None:
    with started(settings, silent_collector) as sample_service:
        broker.publish_event(text="x")
        eventually(lambda: database["counted"].count_documents({}) == 1)

        assert stopped(sample_service) < GRACE_SECONDS
        assert sample_service.process.how_it_ended() == "ended with exit code 0"
        assert sample_service.logged("spans_dropped")


def test_what_is_left_at_a_stop_is_still_sent(settings: dict[str, str], broker: BrokerClient, database: Any) -> None:
    with collector_running() as collector, started(settings, collector.url) as sample_service:
        broker.publish_event(text="x")
        eventually(lambda: database["counted"].count_documents({}) == 1)
        stopped(sample_service)

        assert b"sample.count_it" in b"".join(collector.bodies)
