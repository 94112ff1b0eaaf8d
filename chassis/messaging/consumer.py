"""nameko's consumer with what it lacks to be safe; the numbers are those of `docs/decisions/0004`."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import structlog
from amqp.exceptions import ConsumerCancelled, NotFound
from kombu.message import Message
from nameko.amqp.consume import Consumer

from chassis.messaging.dead_letter_path import probe_id

READ_AHEAD_BYTES = 16 * 1024
POLL_SECONDS = 0.2
"""How often a consumer that hears nothing looks whether it should end."""
RECONNECT_SECONDS = 1
_log = structlog.get_logger(__name__)


class ReconnectingConsumer(Consumer):
    """Reconnects every second; stock nameko waits longer each time, in the end for half a minute."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take what nameko's consumer takes."""
        super().__init__(*args, **kwargs)
        self.is_connected = False
        self.connections = 0
        """How many it has had."""
        self._lost_at = time.monotonic()
        self._looks_in_vain = 0

    @property
    def is_consuming(self) -> bool:
        """Whether messages reach this process now."""
        return self.is_connected

    @property
    def silent_seconds(self) -> float:
        """How long it has been without a connection that it wants."""
        return 0.0 if self.is_connected or self.is_stopping() else time.monotonic() - self._lost_at

    @contextmanager
    def extra_context(self, connection: Any, channel: Any) -> Iterator[None]:
        """Know whether there is a connection; entered again for each new one."""
        self.is_connected, self.connections, self._looks_in_vain = True, self.connections + 1, 0
        try:
            with super().extra_context(connection, channel):
                yield
        finally:
            self.is_connected, self._lost_at = False, time.monotonic()

    @contextmanager
    def establish_connection(self) -> Iterator[Any]:
        """Try every second until there is a connection, or nobody needs one any more."""
        self._abort_if_stopping()
        with self.create_connection() as connection:
            connection.ensure_connection(
                self.on_connection_error,
                interval_start=RECONNECT_SECONDS,
                interval_step=0,
                callback=self._abort_if_stopping,
                reraise_as_library_errors=False,
            )
            read_ahead(connection.connection.transport)
            write_together(connection.connection.transport)
            yield connection

    def consume(self, *args: Any, **kwargs: Any) -> Iterator[None]:
        """Consume until the connection or the queue is lost; a queue that was deleted is not a lost connection."""
        try:
            yield from super().consume(*args, **kwargs)
        except ConsumerCancelled:
            _log.warning("consumer_cancelled", queue=self.queues[0].name)
        except NotFound as error:
            self._tell_what_is_missing(error)

    def _tell_what_is_missing(self, error: NotFound) -> None:
        """Log the first attempt that fails, the second, the fourth, the eighth …: there is one each second."""
        self._looks_in_vain += 1
        if self._looks_in_vain.bit_count() == 1:
            hint = f"{error.reply_text}: `topology apply` declares it, and consuming goes on by itself"
            _log.error("queue_missing", queue=self.queues[0].name, looks=self._looks_in_vain, hint=hint)

    def is_stopping(self) -> bool:
        """Whether no connection is needed any more."""
        return self.should_stop

    def _abort_if_stopping(self) -> None:
        if self.is_stopping():
            self.should_stop = True
            raise ConnectionAbortedError("the broker is away, and this consumer is about to end")


def read_ahead(transport: Any) -> None:
    """Read what the socket has at once, and keep what is not wanted yet, for which py-amqp has a buffer.

    By itself py-amqp asks the socket nine times for one message: for the head, the rest and the end of three frames.
    """
    receive = transport._quick_recv
    transport._quick_recv = lambda _wanted: receive(READ_AHEAD_BYTES)


class Writer:
    """Writes to a socket; what is held goes out with what is written next.

    py-amqp calls it under a lock, with whole frames, so that what is held is never between two frames of one message.
    """

    def __init__(self, write: Callable[[Any], Any]) -> None:
        """Write by `write`."""
        self._write = write
        self._is_holding = False
        self._held = b""

    def __call__(self, data: Any) -> None:
        """Write, or hold, these frames."""
        if self._is_holding:
            self._held += data
            return
        held, self._held = self._held, b""
        self._write(held + data if held else data)

    @contextmanager
    def holding(self) -> Iterator[None]:
        """Hold what is written meanwhile."""
        self._is_holding = True
        try:
            yield
        finally:
            self._is_holding = False


def write_together(transport: Any) -> None:
    """Make it possible to write several messages at once."""
    transport._write = Writer(transport._write)


class SafeConsumer(ReconnectingConsumer):
    """Dead-letters what it cannot decode, survives a lost connection, and finishes what it has begun."""

    prefetch_count: int

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take what nameko's consumer takes."""
        super().__init__(*args, **kwargs)
        self._begun: set[Message] = set()
        self._draining = False
        self._ended = threading.Event()
        self._wanted = self.prefetch_count

    @property
    def is_consuming(self) -> bool:
        """Whether messages reach this process now: not while it has no connection, nor when it is about to end."""
        return super().is_consuming and not self._draining

    def run(self, *args: Any, **kwargs: Any) -> None:
        """Consume until stopped, and then until everything begun is settled."""
        try:
            super().run(*args, safety_interval=POLL_SECONDS, **kwargs)
        finally:
            self._ended.set()

    def stop(self) -> None:
        """Take no more messages, and return when those begun are settled.

        2.4: stock nameko closes the connection under its running handlers, so another replica
        does their work again.
        """
        self._draining = True
        self._ended.wait()

    def is_stopping(self) -> bool:
        """Whether it was stopped: what was begun cannot be settled without the connection it came on."""
        return self._draining

    def get_consumers(self, consumer_cls: Any, channel: Any) -> list[Any]:
        """Consume on a new connection; what was begun on the old one, the broker has taken back."""
        self._consumers = super().get_consumers(consumer_cls, channel)
        return self._consumers

    def limit_prefetch(self, messages: int) -> None:
        """Limit how many messages are under way at a time, from the next iteration on."""
        self._wanted = messages

    def on_iteration(self) -> None:
        """End once all that was begun is settled, or consume anew with another prefetch count."""
        if self._draining:
            self._cancel()
            self.should_stop = not self._begun
        elif self._wanted != self.prefetch_count:
            # A consumer keeps the prefetch it began with, so it has to begin anew.
            self._cancel()
            self.prefetch_count = self._wanted
            for consumer in self._consumers:
                consumer.qos(prefetch_count=self._wanted)
                consumer.consume()

    def _cancel(self) -> None:
        for consumer in self._consumers:
            consumer.cancel()

    def on_message(self, body: Any, message: Message) -> None:
        """Begin a message: until it is acked or rejected the consumer does not end."""
        self._begun.add(message)
        super().on_message(body, message)

    def on_decode_error(self, message: Message, exc: Exception) -> None:
        """Send a body that does not decode to the dead letters (2.3: stock acks it, so it is lost)."""
        if id := probe_id(message):
            hint = "the doctor tries the way of dead letters: it is rejected on purpose"
            _log.info("dead_letter_probe", queue=self.queues[0].name, probe=id, hint=hint)
        else:
            _log.error("undecodable", queue=self.queues[0].name, message_id=message.properties.get("message_id"))
        self.reject_message(message)

    def ack_message(self, message: Message) -> None:
        """Ack; if the connection is gone the broker has taken the message back already.

        2.6: stock nameko lets the reset of a connection end the whole process.
        """
        try:
            super().ack_message(message)
        except (OSError, *self.connection.connection_errors) as error:
            _log.warning("ack_too_late", error=type(error).__name__)
        finally:
            self._begun.discard(message)

    def reject_message(self, message: Message) -> None:
        """Refuse a message for good: where its queue has a dead letter exchange, it is kept there."""
        try:
            message.reject(requeue=False)
        except (OSError, *self.connection.connection_errors) as error:
            _log.warning("reject_too_late", error=type(error).__name__)
        finally:
            self._begun.discard(message)
