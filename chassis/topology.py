"""Every exchange and queue a service needs, declared before anything publishes.

What keeps messages safe is in the queues' own arguments, so a bare `AMQP_URI` is enough.
Declaring is repeatable; a queue that exists with other arguments is refused, never changed.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from amqp.exceptions import PreconditionFailed
from kombu import Connection, Exchange, Queue

DELIVERY_LIMIT = 20


class TopologyMismatch(Exception):
    """A queue or exchange exists with other arguments than this version needs."""


def inbox_of(service: str) -> str:
    """Name the queue through which a service hears."""
    return f"{service}.inbox"


def dead_of(service: str) -> str:
    """Name the queue of what a service could not handle."""
    return f"{service}.dead"


def wait_of(service: str, seconds: int) -> str:
    """Name the queue in which a service's reactions wait before they are tried again."""
    return f"{service}.wait.{seconds}s"


def declare(amqp_uri: str, *, service: str, hears: Iterable[str], wait_seconds: Sequence[int]) -> None:
    """Declare what `service` says into, hears through, waits in and gives up to.

    `hears` are event types. Raises TopologyMismatch naming the queue and the way out.
    """
    with Connection(amqp_uri) as connection:
        channel = connection.channel()
        events_exchange(service)(channel).declare()
        for queue in _queues(service, wait_seconds):
            _declare(queue, channel)
        for type in sorted(hears):
            _bind(channel, service, type)


def events_exchange(service: str) -> Exchange:
    """Give the topic exchange of a service: nameko's own convention, so its event handlers can listen."""
    return Exchange(f"{service}.events", type="topic", durable=True)


def _queues(service: str, wait_seconds: Sequence[int]) -> list[Queue]:
    inbox = _quorum(inbox_of(service), dead_letters_to=dead_of(service), **{"x-delivery-limit": DELIVERY_LIMIT})
    waits = [
        _quorum(wait_of(service, seconds), dead_letters_to=inbox_of(service), **{"x-message-ttl": seconds * 1000})
        for seconds in wait_seconds
    ]
    dead = Queue(dead_of(service), durable=True, queue_arguments={"x-queue-type": "quorum"})
    return [dead, inbox, *waits]


def _quorum(name: str, *, dead_letters_to: str, **more: Any) -> Queue:
    arguments = {
        "x-queue-type": "quorum",
        "x-dead-letter-exchange": "",
        "x-dead-letter-routing-key": dead_letters_to,
        "x-dead-letter-strategy": "at-least-once",
        "x-overflow": "reject-publish",
        **more,
    }
    return Queue(name, durable=True, queue_arguments=arguments)


def _declare(queue: Queue, channel: Any) -> None:
    try:
        queue(channel).queue_declare()
    except PreconditionFailed as error:
        raise TopologyMismatch(
            f"queue {queue.name} exists with other arguments ({error.message}): "
            f"drain it and delete it, then start again"
        ) from None


def _bind(channel: Any, service: str, type: str) -> None:
    source, _, key = type.partition(".")
    exchange = events_exchange(source)
    exchange(channel).declare()
    Queue(inbox_of(service))(channel).bind_to(exchange.name, routing_key=key)
