"""Publishes with publisher confirms on a connection that is dropped after any error.

kombu's pools close a failed connection in the protocol's way, which waits for ever when the broker is frozen;
this publisher has a connection of its own and closes only its socket.
"""

import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import orjson
from amqp import spec
from eventlet import Timeout
from kombu import Connection
from kombu.exceptions import OperationalError

from chassis.messaging.connection import connect

PERSISTENT = 2


class NotConfirmed(Exception):
    """The broker did not confirm in time: the message may or may not have been published."""


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """One message to publish, with exactly these `headers`."""

    exchange: str
    routing_key: str
    data: Any
    """What becomes JSON; bytes are sent as they are."""
    headers: Mapping[str, Any]
    properties: Mapping[str, Any] = field(default_factory=dict)
    mandatory: bool = True
    """Whether the broker returns it when no queue is bound (2.11)."""


class ConfirmedPublisher:
    """Publishes batches and waits for the broker's confirms; not for concurrent use."""

    def __init__(self, amqp_uri: str, *, deadline_seconds: float = 5.0) -> None:
        """Connect to the broker at `amqp_uri` when first needed."""
        self._amqp_uri = amqp_uri
        self._deadline_seconds = deadline_seconds
        self._connection: Connection | None = None
        self._channel: Any = None
        self._unconfirmed: dict[int, int] = {}
        self._refused = False
        self._returned: set[str] = set()

    def publish(self, messages: Iterable[Outgoing]) -> None:
        """Publish in this order and wait for every confirm.

        Raises NotConfirmed when a confirm is missing or a message was unroutable: publish all of them again.
        """
        self.send(messages)
        if self.confirm():
            raise NotConfirmed("no queue is bound for a message")

    def send(self, messages: Iterable[Outgoing]) -> int:
        """Publish messages in this order without waiting, and give the delivery tag of the last.

        Raises NotConfirmed when the connection fails.
        """
        with self._dropped_on_error():
            channel = self._open_channel()
            with _buffered(channel.connection.transport):
                for number, message in enumerate(messages):
                    self._unconfirmed[channel.next_delivery_tag] = number
                    channel.next_delivery_tag += 1
                    # Not `basic_publish`, which reads from the connection before each message.
                    where = (0, message.exchange, message.routing_key, message.mandatory, False)
                    channel.send_method(spec.Basic.Publish, "Bssbb", where, _encode(channel, message))
            return int(channel.next_delivery_tag) - 1

    def confirm(self, last: int | None = None) -> set[str]:
        """Wait until the broker has confirmed every message, or every message up to the delivery tag `last`.

        Gives the ids of the messages that the broker has returned as unroutable since the last call, which may
        include messages after `last`. Raises NotConfirmed when a confirm is missing or the connection fails.
        """
        with self._dropped_on_error():
            deadline = time.monotonic() + self._deadline_seconds
            while self._awaits(last) and not self._refused:
                left = deadline - time.monotonic()
                if left <= 0 or self._connection is None:
                    raise NotConfirmed(f"{len(self._unconfirmed)} messages unconfirmed")
                self._connection.drain_events(timeout=left)
            if self._refused:
                raise NotConfirmed("the broker refused a message")
        returned, self._returned = self._returned, set()
        return returned

    def _awaits(self, last: int | None) -> bool:
        first = next(iter(self._unconfirmed), None)  # in the order in which they were published
        return first is not None and (last is None or first <= last)

    @contextmanager
    def _dropped_on_error(self) -> Iterator[None]:
        try:
            # 2.10: a write blocks for ever once the socket's buffers to a frozen broker are full.
            with Timeout(self._deadline_seconds, NotConfirmed(f"no answer in {self._deadline_seconds:g} s")):
                yield
        except (OSError, OperationalError, *Connection().connection_errors, *Connection().channel_errors) as error:
            self.drop()
            raise NotConfirmed(f"the broker did not confirm: {type(error).__name__}") from error
        except NotConfirmed:
            self.drop()
            raise

    def _open_channel(self) -> Any:
        if self._channel is None:
            self._connection = connect(self._amqp_uri, heartbeat=10, connect_timeout=self._deadline_seconds)
            self._channel = self._connection.channel()
            self._channel.next_delivery_tag = 1
            self._channel.confirm_select()
            self._channel.events["basic_ack"].add(self._on_ack)
            self._channel.events["basic_nack"].add(self._on_nack)
            self._channel.events["basic_return"].add(self._on_return)
            self._unconfirmed, self._refused, self._returned = {}, False, set()
        return self._channel

    def _on_ack(self, delivery_tag: int, multiple: bool) -> None:
        covered = [tag for tag in self._unconfirmed if tag <= delivery_tag] if multiple else [delivery_tag]
        for tag in covered:
            self._unconfirmed.pop(tag, None)

    def _on_nack(self, delivery_tag: int, multiple: bool) -> None:
        self._refused = True

    def _on_return(self, _error: Any, _exchange: str, _key: str, message: Any) -> None:
        # Comes before the message's confirm.
        self._returned.add(message.properties.get("message_id", ""))

    def keep_alive(self) -> None:
        """Send and read heartbeats while there is nothing to publish."""
        if self._connection is None:
            return
        with suppress(NotConfirmed), self._dropped_on_error():
            self._connection.heartbeat_check()
            with suppress(TimeoutError):
                self._connection.drain_events(timeout=0.001)

    def drop(self) -> None:
        """Close the socket at once, without AMQP's closing handshake."""
        connection, self._connection, self._channel = self._connection, None, None
        if connection is not None:
            connection.collect()


@contextmanager
def _buffered(transport: Any) -> Iterator[None]:
    """Collect what is written and pass it to the socket in one call.

    One write for each message would dominate the cost of a batch, here and in the broker.
    """
    write, waiting = transport._write, bytearray()
    transport._write = waiting.extend
    try:
        yield
    finally:
        transport._write = write
    write(waiting)


def _encode(channel: Any, message: Outgoing) -> Any:
    return channel.prepare_message(
        message.data if isinstance(message.data, bytes) else orjson.dumps(message.data),
        content_type="application/json",
        content_encoding="utf-8",
        headers=dict(message.headers),
        properties={"delivery_mode": PERSISTENT, **message.properties},
    )
