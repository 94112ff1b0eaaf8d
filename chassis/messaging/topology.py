"""Every exchange and queue a service needs, declared before anything publishes.

What keeps messages safe is in the queues' own arguments, so a bare `AMQP_URI` is enough.
Declaring is repeatable; a queue that exists with other arguments is refused, never changed.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from amqp.exceptions import AccessRefused, NotFound, PreconditionFailed
from kombu import Connection, Exchange, Queue
from nameko.rpc import RPC_QUEUE_TEMPLATE, get_rpc_exchange

from chassis.persistence.plan import Planned, State

DELIVERY_LIMIT = 20


class TopologyMismatch(Exception):
    """A queue or exchange is not as this version needs it."""


def inbox_of(service: str) -> str:
    """Name the queue through which a service hears."""
    return f"{service}.inbox"


def dead_of(service: str) -> str:
    """Name the queue of what a service could not handle."""
    return f"{service}.dead"


def wait_of(service: str, seconds: int) -> str:
    """Name the queue in which a service's reactions wait before they are tried again."""
    return f"{service}.wait.{seconds}s"


def calls_of(service: str) -> str:
    """Name the queue through which a service is asked: nameko's own."""
    return str(RPC_QUEUE_TEMPLATE.format(service))


def declare(amqp_uri: str, *, service: str, hears: Iterable[str], wait_seconds: Sequence[int]) -> None:
    """Declare what `service` says into, hears through, waits in, gives up to and is called by.

    `hears` are event types. A user without the right to declare finds that all is there
    (2.19). Raises TopologyMismatch naming the queue or exchange, and the way out.
    """
    with Connection(amqp_uri) as connection:
        for thing in _needed(service, hears, wait_seconds):
            _declare(thing, connection)
        _bind_all(connection.channel(), service, hears)


def plan(amqp_uri: str, *, service: str, hears: Iterable[str], wait_seconds: Sequence[int]) -> list[Planned]:
    """Compare what `service` needs with what the broker has; changes nothing. Bindings a broker does not show."""
    with Connection(amqp_uri) as connection:
        return [_compared(thing, service, connection) for thing in _needed(service, hears, wait_seconds)]


def is_consumed(amqp_uri: str, queue: str) -> bool:
    """Whether somebody takes messages from a queue; a queue that is not there is nobody's."""
    with Connection(amqp_uri) as connection, connection.channel() as channel:
        try:
            return bool(Queue(queue)(channel).queue_declare(passive=True).consumer_count)
        except NotFound:
            return False


def events_exchange(service: str) -> Exchange:
    """Give the topic exchange of a service: nameko's own convention, so its event handlers can listen."""
    return Exchange(f"{service}.events", type="topic", durable=True)


def _needed(service: str, hears: Iterable[str], wait_seconds: Sequence[int]) -> list[Exchange | Queue]:
    said_by = sorted({service, *(type.partition(".")[0] for type in hears)})
    return [get_rpc_exchange(), *map(events_exchange, said_by), *_queues(service, wait_seconds)]


def _queues(service: str, wait_seconds: Sequence[int]) -> list[Queue]:
    inbox = _quorum(inbox_of(service), dead_letters_to=dead_of(service), **{"x-delivery-limit": DELIVERY_LIMIT})
    waits = [
        _quorum(wait_of(service, seconds), dead_letters_to=inbox_of(service), **{"x-message-ttl": seconds * 1000})
        for seconds in wait_seconds
    ]
    dead = Queue(dead_of(service), durable=True, queue_arguments={"x-queue-type": "quorum"})
    calls = Queue(calls_of(service), durable=True)
    return [dead, inbox, *waits, calls]


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


def _declare(thing: Queue | Exchange, connection: Connection) -> None:
    try:
        _ask_for(thing, connection, passive=False)
    except PreconditionFailed as error:
        raise TopologyMismatch(
            f"{_shown(thing)} exists with other arguments ({error.message}): `topology plan` says how to replace it"
        ) from None
    except AccessRefused:
        _look_for(thing, connection)


def _compared(thing: Queue | Exchange, service: str, connection: Connection) -> Planned:
    what = _shown(thing)
    try:
        _ask_for(thing, connection, passive=True)
        _ask_for(thing, connection, passive=False)  # it is there: this compares, and makes nothing
    except NotFound:
        return Planned(what=what, state=State.MISSING)
    except PreconditionFailed as error:
        return Planned(what=what, state=State.DIFFERENT, detail=f"{error.message}. {_way_out(thing, service)}")
    except AccessRefused:
        return Planned(what=what, state=State.THERE, detail="its arguments are not for this user to see")
    return Planned(what=what, state=State.THERE)


def _way_out(thing: Queue | Exchange, service: str) -> str:
    """Nothing of a queue or exchange can be changed in place."""
    kind = type(thing).__name__.lower()
    return (
        f"Stop {service}, delete the {kind}, `topology apply`, start {service}, and "
        "`events say-again`: what lay in a queue is in the outboxes, too"
    )


def _look_for(thing: Queue | Exchange, connection: Connection) -> None:
    try:
        _ask_for(thing, connection, passive=True)
    except NotFound:
        raise TopologyMismatch(
            f"{_shown(thing)} is not there, and this user may not declare it: prepare the topology as one who may"
        ) from None


def _shown(thing: Queue | Exchange) -> str:
    return f"{type(thing).__name__.lower()} {thing.name}"


def _ask_for(thing: Queue | Exchange, connection: Connection, *, passive: bool) -> None:
    # A refusal closes the channel it came on.
    with connection.channel() as channel:
        ask = thing(channel).queue_declare if isinstance(thing, Queue) else thing(channel).declare
        ask(passive=passive)


def _bind_all(channel: Any, service: str, hears: Iterable[str]) -> None:
    Queue(calls_of(service))(channel).bind_to(get_rpc_exchange().name, routing_key=f"{service}.*")
    for source, _, key in (type.partition(".") for type in sorted(hears)):
        Queue(inbox_of(service))(channel).bind_to(events_exchange(source).name, routing_key=key)
