"""Publishes RPC calls and replies: transient messages without confirms, on a connection shared with a consumer.

The caller of a lost call gets a deadline fault; what must not be lost goes through the outbox.
"""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from typing import Any

import orjson
from amqp import spec
from amqp.basic_message import Message
from nameko.constants import NON_PERSISTENT

DEADLINE = "deadline"
"""The header of a call that says until when its caller waits, in milliseconds since 1970.

The broker's own expiry begins when a call arrives there: behind a blocked connection, as while the broker has a memory
alarm, calls can wait for minutes before that.
"""
JSON_ONLY = orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME
"""Refuse what is no JSON: orjson alone would write a dataclass with all its members, the internal ones too."""


def send(
    channel: Any,
    data: Any,
    *,
    exchange: str,
    routing_key: str,
    mandatory: bool = False,
    held: bool = False,
    **properties: Any,
) -> None:
    """Publish one message on a consumer's channel; py-amqp serialises concurrent writers.

    What is `held` goes out with what is written next. Raises OSError when the connection is gone, TypeError when the
    data is no JSON.
    """
    message = Message(
        orjson.dumps(data, option=JSON_ONLY),
        content_type="application/json",
        content_encoding="utf-8",
        delivery_mode=NON_PERSISTENT,
        **properties,
    )
    if channel.connection is None:
        raise ConnectionError("the connection to the broker is gone")
    writer = channel.connection.transport._write
    with whole_frames(channel), writer.holding() if held else nullcontext():
        # Not `basic_publish`, which would read from the connection concurrently with its consumer.
        channel.send_method(spec.Basic.Publish, "Bssbb", (0, exchange, routing_key, mandatory, False), message)


@contextmanager
def whole_frames(channel: Any) -> Iterator[None]:
    """Close the connection, so that the consumer opens another, if what is written meanwhile may have been cut."""
    sock = channel.connection and channel.connection.transport.sock
    try:
        yield
    except BaseException:
        with suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)
        raise
