"""A client of the broker: publishes messages as any program could, and reads what waits in queues."""

import json
from collections.abc import Mapping
from typing import Any, Self
from uuid import uuid4

from amqp.exceptions import NotFound
from kombu import Connection, Exchange, Queue

from tests.unit.chassis.test_envelope import an_envelope
from tests.waiting import eventually

SOURCE = Exchange("source.events", type="topic", durable=True)
RPC = Exchange("nameko-rpc", type="topic", durable=True)


class BrokerClient:
    """One connection to the real broker."""

    def __init__(self, amqp_uri: str) -> None:
        self._connection = Connection(amqp_uri)

    def __enter__(self) -> Self:
        SOURCE(self._connection.channel()).declare()
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.release()

    def publish_event(self, *, id: str = "", headers: Mapping[str, Any] | None = None, **data: Any) -> str:
        """Publish `source.thing.happened`, and give its id."""
        event = an_envelope(id=id or f"evt_{uuid4().hex}", type="source.thing.happened")
        self.publish(json.dumps(data), headers={**(headers or {}), **event.to_headers()})
        return event.id

    def publish(self, body: str, *, headers: Mapping[str, Any] | None = None, **properties: Any) -> None:
        """Publish any message to the exchange that the sample services are bound to."""
        producer = self._connection.Producer()
        properties = {"content_type": "application/json", "content_encoding": "utf-8", **properties}
        producer.publish(body, exchange=SOURCE, routing_key="thing.happened", headers=dict(headers or {}), **properties)

    def publish_to_queue(self, queue: str, body: str, *, headers: Mapping[str, Any]) -> None:
        """Publish any message to a queue, past all exchanges of ours."""
        self._connection.Producer().publish(body, routing_key=queue, headers=dict(headers),
                                            content_type="application/json", content_encoding="utf-8")  # fmt: skip

    def send_request(
        self, operation: str, *, reply_to: str | None, headers: Mapping[str, Any] | None = None, **keywords: Any
    ) -> None:
        """Send an RPC request, with or without an address for the answer."""
        body = {"args": [], "kwargs": keywords}
        self._connection.Producer().publish(
            body, exchange=RPC, routing_key=operation, reply_to=reply_to, serializer="json", headers=headers or {}
        )

    def request(self, operation: str, **keywords: Any) -> Any:
        """Ask a service and give its whole reply."""
        channel, key = self._connection.channel(), uuid4().hex
        answers = Queue(f"answers-{key}", RPC, routing_key=key, exclusive=True, auto_delete=True)(channel)
        answers.declare()
        self.send_request(operation, reply_to=key, **keywords)
        return eventually(lambda: _payload(answers.get(no_ack=True)))

    def next_message(self, queue: str) -> Any:
        """Take the first message that comes into a queue; fails when none comes in time."""
        return eventually(lambda: Queue(queue)(self._connection.channel()).get(no_ack=True))

    def is_empty(self, queue: str) -> bool:
        """Whether a queue is there and holds nothing."""
        return self.length(queue) == 0

    def length(self, queue: str) -> int:
        """How many messages wait in a queue; -1 when there is none of that name."""
        channel = self._connection.channel()
        try:
            return int(Queue(queue)(channel).queue_declare(passive=True).message_count)
        except NotFound:
            return -1

    def bind_queue(self, exchange: str) -> str:
        """Bind a queue of our own to everything an exchange carries, and name it."""
        name = f"heard-{uuid4().hex}"
        Queue(name, Exchange(exchange, type="topic", durable=True), routing_key="#", expires=60)(
            self._connection.channel()
        ).declare()
        return name

    def declare_plain(self, queue: str) -> None:
        """Declare a queue as somebody else might have: classic, without our arguments."""
        Queue(queue, durable=True)(self._connection.channel()).queue_declare()

    def declare_for_calls(self, service: str) -> str:
        """Declare the queue of a service's calls, as if it had run before, and name it."""
        name = f"rpc-{service}"
        Queue(name, RPC, routing_key=f"{service}.*", durable=True)(self._connection.channel()).declare()
        return name

    def delete_exchange(self, exchange: str) -> None:
        """Remove an exchange."""
        self._connection.channel().exchange_delete(exchange)

    def delete(self, queue: str) -> None:
        """Remove a queue with what is in it."""
        self._connection.channel().queue_delete(queue)


def _payload(message: Any) -> Any:
    return message and message.payload
