"""A consumer whose broker is away: nobody listens on its port."""

import socket
from collections.abc import Callable, Iterator
from struct import pack
from threading import Event, Thread
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import pytest
from amqp.transport import TCPTransport
from nameko.amqp.consume import Consumer
from structlog.testing import capture_logs

from chassis.messaging.consumer import ReconnectingConsumer, SafeConsumer, Writer, read_ahead
from chassis.messaging.dead_letter_path import PROBE_BODY, PROBE_HEADER
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


def test_a_consumer_reconnects_every_second_however_long_the_broker_is_away(run) -> None:
    _, pauses, _ = run(SafeConsumer)

    eventually(lambda: len(pauses) == 3)

    assert pauses == [1.0, 1.0, 1.0]


def test_stock_nameko_waits_longer_each_time(run) -> None:
    _, pauses, _ = run(Consumer)

    eventually(lambda: len(pauses) == 2)

    assert pauses == [2.0, 4.0]


@pytest.mark.parametrize("kind", [SafeConsumer, ReconnectingConsumer])
def test_a_consumer_stopped_while_it_reconnects_ends(run, kind: type[Consumer]) -> None:
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


def a_frame(payload: bytes, *, type: int = 3, channel: int = 1) -> bytes:
    """A frame as AMQP 0-9-1 section 2.3.5 has it: type, channel, size, payload, and an octet at its end."""
    return pack(">BHI", type, channel, len(payload)) + payload + b"\xce"


class Wire:
    """A transport of py-amqp on one end of a pair of sockets; the other end is the broker's."""

    def __init__(self) -> None:
        self.broker, own = socket.socketpair()
        self.reads = 0
        self.transport = TCPTransport("localhost")
        self.transport.sock = own
        self.transport._setup_transport()
        self._receive, self.transport._quick_recv = self.transport._quick_recv, self._counted

    def _counted(self, wanted: int) -> bytes:
        self.reads += 1
        return self._receive(wanted)


@pytest.fixture
def wire() -> Iterator[Wire]:
    made = Wire()
    yield made
    made.broker.close()
    made.transport.sock.close()


def test_a_message_of_three_frames_is_read_at_once(wire: Wire) -> None:
    wire.broker.sendall(a_frame(b"method", type=1) + a_frame(b"header", type=2) + a_frame(b"body"))
    read_ahead(wire.transport)

    assert [wire.transport.read_frame() for _ in range(3)] == [(1, 1, b"method"), (2, 1, b"header"), (3, 1, b"body")]
    assert wire.reads == 1


def test_py_amqp_by_itself_reads_such_a_message_in_nine_pieces(wire: Wire) -> None:
    wire.broker.sendall(a_frame(b"method", type=1) + a_frame(b"header", type=2) + a_frame(b"body"))

    assert [wire.transport.read_frame()[2] for _ in range(3)] == [b"method", b"header", b"body"]
    assert wire.reads == 9


@pytest.mark.parametrize(
    "arrived", [1, 7, 10, 13], ids=["in-its-head", "behind-its-head", "in-its-payload", "at-its-end"]
)
def test_a_frame_that_comes_in_two_parts_is_read_when_it_is_whole(wire: Wire, arrived: int) -> None:
    first, second = a_frame(b"first"), a_frame(b"second")
    wire.broker.sendall(first + second[:arrived])
    read_ahead(wire.transport)
    assert wire.transport.read_frame() == (3, 1, b"first")

    with pytest.raises(TimeoutError), wire.transport.having_timeout(0.001):
        wire.transport.read_frame()
    wire.broker.sendall(second[arrived:])
    assert wire.transport.read_frame() == (3, 1, b"second")


def test_a_frame_larger_than_what_is_read_at_once_is_whole(wire: Wire) -> None:
    payload = bytes(range(256)) * 400
    sending = Thread(target=wire.broker.sendall, args=(a_frame(payload),))
    sending.start()
    read_ahead(wire.transport)

    assert wire.transport.read_frame() == (3, 1, payload)
    sending.join()


def test_what_is_held_goes_out_with_what_is_written_next() -> None:
    written: list[bytes] = []
    writer = Writer(written.append)

    with writer.holding():
        writer(b"answer,")
    assert written == []
    writer(b"ack")
    writer(b"heartbeat")

    assert written == [b"answer,ack", b"heartbeat"]


def test_what_is_held_stays_as_it_was_though_py_amqp_uses_its_buffer_again() -> None:
    written: list[bytes] = []
    writer, buffer = Writer(written.append), bytearray(b"answer")

    with writer.holding():
        writer(memoryview(buffer))
    buffer[:] = b"xxxxxx"
    writer(b"")

    assert written == [b"answer"]


def test_after_an_error_nothing_is_held_back() -> None:
    written: list[bytes] = []
    writer = Writer(written.append)

    with pytest.raises(OSError, match="gone"), writer.holding():
        raise OSError("gone")
    writer(b"ack")

    assert written == [b"ack"]


@pytest.mark.parametrize(
    ("body", "headers", "said"),
    [
        (PROBE_BODY, {PROBE_HEADER: "prb_1"}, ("info", "dead_letter_probe")),
        (b"{ this is no JSON", {PROBE_HEADER: "prb_1"}, ("error", "undecodable")),
        (PROBE_BODY, {}, ("error", "undecodable")),
    ],
    ids=["a probe", "no probe", "no id"],
)
def test_a_probe_of_the_doctor_is_rejected_and_told_from_what_cannot_be_read(
    body: bytes, headers: dict[str, str], said: tuple[str, str]
) -> None:
    queue, message = SimpleNamespace(name="camps.inbox"), Mock(body=body, headers=headers, properties={})
    consumer = SafeConsumer("amqp://", queues=[queue], callbacks=[], prefetch_count=1)

    with capture_logs() as logs:
        consumer.on_decode_error(message, ValueError())

    assert [(line["log_level"], line["event"]) for line in logs] == [said]
    message.reject.assert_called_once_with(requeue=False)
