"""Publishing while the broker is frozen, but its connections stand; each against stock nameko."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from dev.chaos.proxy import Proxy
from tests.integration.chassis.broker_client import BrokerClient
from tests.integration.chassis.conftest import ServiceProcess, service_running
from tests.waiting import eventually

MODULE = "tests.integration.chassis.nameko_hardening.publisher_process"
DEADLINE_SECONDS = 1.0
MARGIN_SECONDS = 0.5
SMALL, MORE_THAN_ANY_BUFFER = 10, 16_000_000
"""Lengths in bytes; RabbitMQ 4 takes no message of more than 16 MiB (16,777,216), unless it is told to."""
QUEUE = "published"


@pytest.fixture
def publishing(
    settings: dict[str, str], broker: BrokerClient, proxied_uri: str
) -> Iterator[Callable[..., ServiceProcess]]:
    """Start to publish through the proxy, one message after the other."""
    with ExitStack() as stack:

        def start(kind: str, *, length: int = SMALL) -> ServiceProcess:
            command = ["-m", MODULE, kind, proxied_uri, QUEUE, str(length), str(DEADLINE_SECONDS)]
            return stack.enter_context(service_running("publishing", command, settings, "published"))

        broker.declare_plain(QUEUE)
        yield start
    broker.delete(QUEUE)


def given_up(process: ServiceProcess) -> list[float]:
    """After how many seconds each time."""
    return [float(found[1]) for line in process.lines if (found := re.match(r"gave up after (.+) s", line))]


@pytest.mark.parametrize("length", [SMALL, MORE_THAN_ANY_BUFFER])
def test_2_10_a_publisher_gives_a_frozen_broker_up_by_its_deadline_and_is_back_with_it(
    publishing: Callable[..., ServiceProcess], broker_proxy: Proxy, length: int
) -> None:
    process = publishing("ours", length=length)

    broker_proxy.freeze()

    eventually(lambda: len(given_up(process)) >= 2)  # first with a connection, then while making one
    assert max(given_up(process)) <= DEADLINE_SECONDS + MARGIN_SECONDS

    before = len(process.lines)
    broker_proxy.thaw()
    eventually(lambda: "published" in process.lines[before:])


def test_2_10_stock_nameko_hangs_even_inside_a_timeout(
    publishing: Callable[..., ServiceProcess], broker_proxy: Proxy
) -> None:
    process = publishing("stock")

    broker_proxy.freeze()

    with pytest.raises(AssertionError, match="not within"):
        eventually(lambda: given_up(process), within=5 * DEADLINE_SECONDS)
    process.process.kill()
