"""A minimal publisher with the relay's guarantees: one channel, confirms, the same window, prepared messages."""

import time
from collections.abc import Sequence
from typing import Any
from urllib.parse import unquote, urlsplit

from amqp import Connection
from amqp.basic_message import Message


def confirmed_per_second(
    amqp_uri: str, *, exchange: str, routing_key: str, messages: Sequence[Message], window: int
) -> float:
    """Publish all messages, each window confirmed before the next, and give the rate per second."""
    with _connected(amqp_uri) as connection:
        channel = connection.channel()
        confirmed = _Confirmed()
        channel.confirm_select()
        channel.events["basic_ack"].add(confirmed.on_ack)
        begun = time.perf_counter()
        for number, message in enumerate(messages, 1):
            channel.basic_publish(message, exchange=exchange, routing_key=routing_key)
            if number % window == 0 or number == len(messages):
                while confirmed.count < number:
                    connection.drain_events()
        return len(messages) / (time.perf_counter() - begun)


class _Confirmed:
    def __init__(self) -> None:
        self._tags: set[int] = set()
        self._all_up_to = 0

    @property
    def count(self) -> int:
        return self._all_up_to + len(self._tags)

    def on_ack(self, tag: int, multiple: bool) -> None:
        if multiple:
            self._all_up_to = tag
            self._tags = {each for each in self._tags if each > tag}
        else:
            self._tags.add(tag)


def _connected(amqp_uri: str) -> Any:
    uri = urlsplit(amqp_uri)
    host = unquote(uri.path[1:]) or "/"
    connection = Connection(f"{uri.hostname}:{uri.port}", userid=uri.username, password=uri.password, virtual_host=host)
    connection.connect()
    return connection
