"""Declares the exchanges and queues of a service, before anything publishes.

Durability and dead lettering are set by queue arguments, not by policies, so an `AMQP_URI` is all that is needed.
Declaring is idempotent; a queue that exists with other arguments is refused, never changed.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from amqp.exceptions import AccessRefused, NotFound, PreconditionFailed
from kombu import Connection, Exchange, Queue
from nameko.rpc import RPC_QUEUE_TEMPLATE, get_rpc_exchange

from chassis.messaging.connection import connect
from chassis.persistence.plan import Planned, State

DELIVERY_LIMIT = 20
"""How often the broker delivers a message whose reader ends or loses its connection; 20 is what RabbitMQ 4 takes where
nothing is said, and drops what has no other queue to go to."""


class TopologyMismatch(Exception):
    """A queue or exchange exists with other arguments than this version needs."""


def inbox_queue(service: str) -> str:
    """Name the queue of all events that a service reacts to."""
    return f"{service}.inbox"


def dead_letter_queue(service: str) -> str:
    """Name the queue of messages that a service could not process."""
    return f"{service}.dead"


def parked_queue(service: str) -> str:
    """Name the queue of dead letters that could not be collected; nobody consumes it, so nothing there is lost."""
    return f"{service}.parked"


def wait_queue(service: str, seconds: int) -> str:
    """Name the queue in which a service's failed reactions wait for `seconds`."""
    return f"{service}.wait.{seconds}s"


def rpc_queue(service: str) -> str:
    """Name the queue of a service's RPC calls, by nameko's convention."""
    return str(RPC_QUEUE_TEMPLATE.format(service))


def declare(amqp_uri: str, *, service: str, hears: Iterable[str], wait_seconds: Sequence[int]) -> None:
    """Declare the exchange, inbox, wait queues, dead-letter queue and RPC queue of `service`, and their bindings.

    `hears` are the event types it reacts to. For a user without the right to declare, they must exist already
    (2.19); a broker does not show bindings. Raises TopologyMismatch naming the queue or exchange, and what to do.
    """
    needed = _needed(service, hears, wait_seconds)
    with connect(amqp_uri) as connection:
        try:
            for thing in needed:
                _declare(thing, connection)
            _bind_all(connection.channel(), service, hears, wait_seconds)
        except AccessRefused:
            for thing in needed:
                _look_for(thing, connection)


def plan(amqp_uri: str, *, service: str, hears: Iterable[str], wait_seconds: Sequence[int]) -> list[Planned]:
    """Compare what `service` needs with what the broker has, without changes. AMQP cannot show bindings."""
    with connect(amqp_uri) as connection:
        return [_compared(thing, service, connection) for thing in _needed(service, hears, wait_seconds)]


def is_consumed(amqp_uri: str, queue: str) -> bool:
    """Whether a queue exists and has a consumer."""
    with connect(amqp_uri) as connection, connection.channel() as channel:
        try:
            return bool(Queue(queue)(channel).queue_declare(passive=True).consumer_count)
        except NotFound:
            return False


def message_count(amqp_uri: str, queue: str) -> int:
    """Count the messages that are ready in a queue; 0 when there is none of that name."""
    with connect(amqp_uri) as connection, connection.channel() as channel:
        try:
            return int(Queue(queue)(channel).queue_declare(passive=True).message_count)
        except NotFound:
            return 0


def events_exchange(service: str) -> Exchange:
    """Give the topic exchange of a service, by nameko's convention, so that its event handlers can subscribe."""
    return Exchange(f"{service}.events", type="topic", durable=True)


def direct_exchange(service: str) -> Exchange:
    """Give the direct exchange through which a service puts messages into its own queues, each by its name.

    The default exchange would do, but whoever may write to that reaches every queue of the broker.
    """
    return Exchange(f"{service}.direct", type="direct", durable=True)


def _needed(service: str, hears: Iterable[str], wait_seconds: Sequence[int]) -> list[Exchange | Queue]:
    publishers = sorted({service, *(type.partition(".")[0] for type in hears)})
    exchanges = [get_rpc_exchange(), *map(events_exchange, publishers), direct_exchange(service)]
    return [*exchanges, *_queues(service, wait_seconds)]


def _queues(service: str, wait_seconds: Sequence[int]) -> list[Queue]:
    limited = {"x-delivery-limit": DELIVERY_LIMIT}
    inbox = _quorum(inbox_queue(service), dead_letters_to=dead_letter_queue(service), **limited)
    dead = _quorum(dead_letter_queue(service), dead_letters_to=parked_queue(service), **limited)
    backlog = [
        _quorum(wait_queue(service, seconds), dead_letters_to=inbox_queue(service), **{"x-message-ttl": seconds * 1000})
        for seconds in wait_seconds
    ]
    parked = Queue(parked_queue(service), durable=True, queue_arguments={"x-queue-type": "quorum"})
    calls = Queue(rpc_queue(service), durable=True)
    return [parked, dead, inbox, *backlog, calls]


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
        _declare_on_new_channel(thing, connection, passive=False)
    except PreconditionFailed as error:
        raise TopologyMismatch(
            f"{_shown(thing)} exists with other arguments ({error.message}): `topology plan` says how to replace it"
        ) from None


def _compared(thing: Queue | Exchange, service: str, connection: Connection) -> Planned:
    what = _shown(thing)
    try:
        _declare_on_new_channel(thing, connection, passive=True)
        _declare_on_new_channel(thing, connection, passive=False)  # it exists: declaring it only compares the arguments
    except NotFound:
        return Planned(what=what, state=State.MISSING)
    except PreconditionFailed as error:
        return Planned(what=what, state=State.DIFFERENT, detail=f"{error.message}. {_way_out(thing, service)}")
    except AccessRefused:
        return Planned(what=what, state=State.THERE, detail="its arguments are not for this user to see")
    return Planned(what=what, state=State.THERE)


def _way_out(thing: Queue | Exchange, service: str) -> str:
    """Say how to replace a queue or exchange: neither can be changed in place."""
    kind = type(thing).__name__.lower()
    if thing.name == dead_letter_queue(service):
        return (
            f"Wait until {service} has collected what is in it, stop {service}, delete the queue, `topology apply`, "
            f"start {service}: dead letters that are not collected yet are nowhere else"
        )
    return (
        f"Stop {service}, delete the {kind}, `topology apply`, start {service}, and "
        "`events redeliver`: the messages of the queue are in the outboxes, too"
    )


def _look_for(thing: Queue | Exchange, connection: Connection) -> None:
    try:
        _declare_on_new_channel(thing, connection, passive=True)
    except NotFound:
        raise TopologyMismatch(
            f"{_shown(thing)} is not there, and this user may not declare it: prepare the topology as one who may"
        ) from None


def _shown(thing: Queue | Exchange) -> str:
    return f"{type(thing).__name__.lower()} {thing.name}"


def _declare_on_new_channel(thing: Queue | Exchange, connection: Connection, *, passive: bool) -> None:
    # A refusal closes its channel, so each declaration has a channel of its own.
    with connection.channel() as channel:
        ask = thing(channel).queue_declare if isinstance(thing, Queue) else thing(channel).declare
        ask(passive=passive)


def _bind_all(channel: Any, service: str, hears: Iterable[str], wait_seconds: Sequence[int]) -> None:
    waits = [wait_queue(service, seconds) for seconds in wait_seconds]
    for name in (inbox_queue(service), dead_letter_queue(service), *waits):
        Queue(name)(channel).bind_to(direct_exchange(service).name, routing_key=name)
    Queue(rpc_queue(service))(channel).bind_to(get_rpc_exchange().name, routing_key=f"{service}.*")
    for source, _, key in (type.partition(".") for type in sorted(hears)):
        Queue(inbox_queue(service))(channel).bind_to(events_exchange(source).name, routing_key=key)
