"""Spans are sent beside the work: neither the work nor a stop waits for a collector that does not answer."""

import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from tests.integration.chassis.broker_client import Broker
from tests.integration.chassis.conftest import LITTLE, Running, running
from tests.trace_collector import collecting
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
    return running("little", ["-m", "chassis", LITTLE], own, '"started"')


def stopped(little: Running) -> float:
    """Seconds from SIGTERM to its end."""
    asked = time.monotonic()
    os.kill(little.process.pid, signal.SIGTERM)
    eventually(lambda: not little.runs)
    return time.monotonic() - asked


def test_a_silent_collector_keeps_nobody(
    settings: dict[str, str], broker: Broker, database: Any, silent_collector: str
) -> None:
    with started(settings, silent_collector) as little:
        broker.happen(text="x")
        eventually(lambda: database["counted"].count_documents({}) == 1)

        assert stopped(little) < GRACE_SECONDS
        assert little.process.how_it_ended() == "ended with exit code 0"
        assert little.said("spans_dropped")


def test_what_is_left_at_a_stop_is_still_sent(settings: dict[str, str], broker: Broker, database: Any) -> None:
    with collecting() as collector, started(settings, collector.url) as little:
        broker.happen(text="x")
        eventually(lambda: database["counted"].count_documents({}) == 1)
        stopped(little)

        assert b"little.count_it" in b"".join(collector.bodies)
