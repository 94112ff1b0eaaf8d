"""A consumer whose broker is away: nobody listens on its port."""

from collections.abc import Callable, Iterator
from threading import Event, Thread
from typing import Any

import pytest
from nameko.amqp.consume import Consumer

from chassis.messaging.consumer import ReconnectingConsumer, SafeConsumer
from cli.local.ports import HOST, free_port
from tests.waiting import eventually


@pytest.fixture
def run() -> Iterator[Callable[[type[Consumer]], tuple[Any, list[float], Thread]]]:
    """Let a consumer try to connect until the test is over; gives it, the pauses it makes, and its thread."""
    over = Event()

    def running(kind: type[Consumer]) -> tuple[Any, list[float], Thread]:
        pauses: list[float] = []

        class Noting(kind):
            def on_connection_error(self, exc: Exception, interval: float) -> None:
                if over.is_set():
                    Event().wait()  # stock would try for ever
                pauses.append(interval)

        consumer = Noting(f"amqp://guest:guest@{HOST}:{free_port()}/%2F", queues=[], callbacks=[], prefetch_count=1)
        thread = Thread(target=consumer.run, daemon=True)
        thread.start()
        return consumer, pauses, thread

    yield running
    over.set()


def test_it_tries_again_every_second_however_long_the_broker_is_away(run) -> None:
    _, pauses, _ = run(SafeConsumer)

    eventually(lambda: len(pauses) == 3)

    assert pauses == [1.0, 1.0, 1.0]


def test_stock_nameko_waits_longer_each_time(run) -> None:
    _, pauses, _ = run(Consumer)

    eventually(lambda: len(pauses) == 2)

    assert pauses == [2.0, 4.0]


@pytest.mark.parametrize("kind", [SafeConsumer, ReconnectingConsumer])
def test_asked_to_stop_meanwhile_it_ends(run, kind: type[Consumer]) -> None:
    consumer, pauses, running = run(kind)
    eventually(lambda: pauses)

    Thread(target=consumer.stop, daemon=True).start()

    running.join(5)
    assert not running.is_alive()


def test_stock_nameko_does_not_end_while_the_broker_is_away(run) -> None:
    consumer, pauses, running = run(Consumer)
    eventually(lambda: pauses)

    consumer.stop()

    eventually(lambda: len(pauses) == 2)
    assert running.is_alive()
