"""Sending what may be lost, as a call or its answer may: unconfirmed, unstored, on a connection that others use, too.

One that waits for a lost call hears that it is late; what must not be lost goes through the outbox.
"""

import socket
from contextlib import suppress
from typing import Any

import orjson
from amqp import spec
from amqp.basic_message import Message
from nameko.constants import NON_PERSISTENT


def send(
    channel: Any, data: Any, *, exchange: str, routing_key: str, mandatory: bool = False, **properties: str | None
) -> None:
    """Let one message leave on a channel that its consumer reads; several may at once, py-amqp takes them in turn.

    Raises OSError when the connection is gone, TypeError when the data is no JSON.
    """
    message = Message(
        orjson.dumps(data),
        content_type="application/json",
        content_encoding="utf-8",
        delivery_mode=NON_PERSISTENT,
        **properties,
    )
    connection = channel.connection
    if connection is None:
        raise ConnectionError("the connection to the broker is gone")
    wire = connection.transport.sock
    try:
        # Not `basic_publish`, which would read from the connection beside its consumer.
        channel.send_method(spec.Basic.Publish, "Bssbb", (0, exchange, routing_key, mandatory, False), message)
    except BaseException:
        # Half a frame may have left: the consumer sees the end of this connection and makes another.
        with suppress(OSError):
            wire.shutdown(socket.SHUT_RDWR)
        raise
