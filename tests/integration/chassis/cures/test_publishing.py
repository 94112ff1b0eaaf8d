"""Publishing while the broker is frozen, but its connections stand; each against stock nameko."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from dev.chaos.proxy import Proxy
from tests.integration.chassis.broker_client import Broker
from tests.integration.chassis.conftest import Running, running
from tests.waiting import eventually

MODULE = "tests.integration.chassis.cures.publisher_process"
DEADLINE_SECONDS = 1.0
MARGIN_SECONDS = 0.5
SMALL, MORE_THAN_ANY_BUFFER = 10, 24_000_000
QUEUE = "published"


@pytest.fixture
def publishing(settings: dict[str, str], broker: Broker, wired_uri: str) -> Iterator[Callable[..., Running]]:
    """Start to publish through the wire, one message after the other."""
    with ExitStack() as stack:

        def start(kind: str, *, length: int = SMALL) -> Running:
            command = ["-m", MODULE, kind, wired_uri, QUEUE, str(length), str(DEADLINE_SECONDS)]
            return stack.enter_context(running("publishing", command, settings, "published"))

        broker.declare_plain(QUEUE)
        yield start
    broker.delete(QUEUE)


def given_up(process: Running) -> list[float]:
    """After how many seconds each time."""
    return [float(found[1]) for line in process.lines if (found := re.match(r"gave up after (.+) s", line))]


@pytest.mark.parametrize("length", [SMALL, MORE_THAN_ANY_BUFFER])
def test_2_10_a_publisher_gives_a_frozen_broker_up_by_its_deadline_and_is_back_with_it(
    publishing: Callable[..., Running], wire: Proxy, length: int
) -> None:
    process = publishing("ours", length=length)

    wire.freeze()

    eventually(lambda: len(given_up(process)) >= 2)  # first with a connection, then while making one
    assert max(given_up(process)) <= DEADLINE_SECONDS + MARGIN_SECONDS

    before = len(process.lines)
    wire.thaw()
    eventually(lambda: "published" in process.lines[before:])


def test_2_10_stock_nameko_hangs_even_inside_a_timeout(publishing: Callable[..., Running], wire: Proxy) -> None:
    process = publishing("stock")

    wire.freeze()

    with pytest.raises(AssertionError, match="not within"):
        eventually(lambda: given_up(process), within=5 * DEADLINE_SECONDS)
    process.process.kill()
