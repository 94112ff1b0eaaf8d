"""How a service consumes events: one queue, each message decoded once, each reaction a transaction of its own."""

import time
from collections.abc import Callable
from functools import partial
from typing import Any

import structlog
from greenlet import GreenletExit
from kombu import Queue
from kombu.message import Message
from marshmallow import ValidationError
from nameko import config
from nameko.exceptions import ContainerBeingKilled
from nameko.extensions import Entrypoint, ProviderCollector, SharedExtension
from pymongo.errors import PyMongoError

from chassis.domain.errors import DomainError, NotYetKnown
from chassis.messaging import topology
from chassis.messaging.circuit_breaker import CircuitBreaker, is_outage
from chassis.messaging.consumer import SafeConsumer
from chassis.messaging.envelope import SHOWN, Envelope, MalformedEnvelope
from chassis.messaging.headers import ATTEMPT_HEADER, MOST_ATTEMPTS, REACTION_HEADER, deaths_are_plain
from chassis.messaging.publisher import ConfirmedPublisher, NotConfirmed
from chassis.messaging.retries import FailedReaction, RetrySchedule
from chassis.schemas.operations import Declared
from chassis.schemas.validation import explained

PERMANENT = (ValidationError, DomainError)
_log = structlog.get_logger(__name__)


class ReactionTimedOut(Exception):
    """A reaction did not end within its limit."""


class UnknownEvent(Exception):
    """This replica has no reaction to the event; a newer one may have."""


_EXPECTED_ERRORS = (*PERMANENT, NotYetKnown, ReactionTimedOut, PyMongoError)
"""What a reaction fails by without a mistake in its code: where in the code is then of no interest."""


class Delivery:
    """One message and the reactions it started: acked when the last of them is settled."""

    def __init__(self, message: Message, *, reactions: int, ack: Callable[[Message], None]) -> None:
        """`ack` is called once, when `reactions` of them are settled."""
        self._message = message
        self._left = reactions
        self._ack = ack

    def settle_one(self) -> None:
        """Count one reaction as settled: it took effect, or it waits or is kept elsewhere."""
        self._left -= 1
        if self._left == 0:
            self._ack(self._message)


class InboxConsumer(SafeConsumer):
    """Consumes the inbox; never rejects a message by which RabbitMQ 3.10 would lose the queue."""

    def __init__(self, *args: Any, on_unrejectable: Callable[[Message], None], **kwargs: Any) -> None:
        """`on_unrejectable` gets each message to which the broker cannot add a death, to move it and ack it."""
        super().__init__(*args, **kwargs)
        self._on_unrejectable = on_unrejectable

    def reject_message(self, message: Message) -> None:
        """Refuse a message for good, so that it becomes a dead letter."""
        if deaths_are_plain(message.headers):
            super().reject_message(message)
        else:
            self._on_unrejectable(message)


class Subscription(ProviderCollector, SharedExtension):
    """The inbox of one service: consumes it, and starts every reaction to what it brings."""

    def setup(self) -> None:
        """Prepare to consume the inbox, and to set aside what fails: the queues are there already."""
        service, uri = self.container.service_name, config["AMQP_URI"]
        steps = config["RETRY_STEPS_SECONDS"]
        self.circuit_breaker = CircuitBreaker()
        self.retries = RetrySchedule(service=service, steps=steps, publisher=ConfirmedPublisher(uri))
        self.consumer = InboxConsumer(
            uri,
            queues=[Queue(topology.inbox_queue(service), no_declare=True)],
            callbacks=[self.take],
            on_unrejectable=lambda message: self.container.spawn_managed_thread(
                partial(self._set_aside_unread, message)
            ),
            heartbeat=config["HEARTBEAT"],
            prefetch_count=config["WORKERS"],
            accept=["json"],
        )

    def start(self) -> None:
        """Begin to consume; returns when the broker has accepted the consumer."""
        self.container.spawn_managed_thread(self.consumer.run)
        self.consumer.wait_until_consumer_ready()

    def stop(self) -> None:
        """Stop taking messages."""
        self.consumer.stop()

    def take(self, body: Any, message: Message) -> None:
        """Open the envelope and start what the event is for; nothing is acked before it is settled."""
        try:
            event, attempt, only = Envelope.from_headers(message.headers), _attempt(message), _only(message)
        except MalformedEnvelope as error:
            _log.error("malformed_event", error=str(error), message_id=message.properties.get("message_id"))
            self.consumer.reject_message(message)
        else:
            self._start_reactions(event, body, message, attempt, only)

    def _start_reactions(self, event: Envelope, body: Any, message: Message, attempt: int, only: str | None) -> None:
        meant = [each for each in self._providers if each.is_for(event, only=only)]
        delivery = Delivery(message, reactions=len(meant) or 1, ack=self.consumer.ack_message)
        for reaction in meant:
            reaction.begin(event, body, attempt=attempt, delivery=delivery)
        if not meant:
            error = UnknownEvent(f"nothing here reacts to {event.type}" + (f" by {only}" if only else ""))
            failure = FailedReaction(reaction=only or "", event=event, data=body, attempt=attempt, error=error)
            self.container.spawn_managed_thread(partial(self.set_aside, failure, delivery))

    def took_effect(self, delivery: Delivery) -> None:
        """Settle a reaction that took effect, or had before."""
        self.circuit_breaker.succeeded()
        self._adjust_prefetch()
        delivery.settle_one()

    def failed(self, failure: FailedReaction, delivery: Delivery) -> None:
        """Note why a reaction failed, and set it aside."""
        if not isinstance(failure.error, _EXPECTED_ERRORS):
            _log.error("reaction_broke", exc_info=failure.error)
        self.circuit_breaker.failed(failure.error)
        self._adjust_prefetch()
        self.set_aside(failure, delivery)

    def _adjust_prefetch(self) -> None:
        self.consumer.limit_prefetch(1 if self.circuit_breaker.is_open else config["WORKERS"])

    def set_aside(self, failure: FailedReaction, delivery: Delivery) -> None:
        """Move a failed reaction on and settle it; as long as the broker does not take it, it stays unacked."""
        _until_confirmed(partial(self.retries.schedule, failure))
        delivery.settle_one()

    def _unrejectable(self, message: Message) -> None:
        self.container.spawn_managed_thread(partial(self._set_aside_unread, message))

    def _set_aside_unread(self, message: Message) -> None:
        _until_confirmed(partial(self.retries.keep_unread, message))
        self.consumer.ack_message(message)


class Reaction(Entrypoint):
    """What one service does about one event, named by its deed."""

    subscription = Subscription()

    def __init__(self, declared: Declared, **kwargs: Any) -> None:
        """React as is `declared`, to events of its types."""
        self.declared = declared
        super().__init__(**kwargs)

    def setup(self) -> None:
        """Take part in the service's subscription."""
        self.subscription.register_provider(self)

    def stop(self) -> None:
        """Leave the subscription; the last to leave stops it."""
        self.subscription.stop()
        self.subscription.unregister_provider(self)

    @property
    def name(self) -> str:
        """`{service}.{deed}`: a name on the wire and in the inbox, not to be changed lightly."""
        return f"{self.container.service_name}.{self.method_name}"

    def is_for(self, event: Envelope, *, only: str | None) -> bool:
        """Whether this reaction is to the event; in a retry, `only` names the one reaction to run."""
        return event.type in self.declared.types and only in (None, self.name)

    def begin(self, event: Envelope, body: Any, *, attempt: int, delivery: Delivery) -> None:
        """Wait for a free worker beside the consumer, which must go on answering heartbeats."""
        settle = partial(self._settle, event, body, attempt, delivery)

        def spawn() -> None:
            try:
                self.container.spawn_worker(self, (event, body), {"reaction": self.name}, handle_result=settle)
            except ContainerBeingKilled:
                _log.warning("left_to_the_broker", reaction=self.name, event_id=event.id)

        self.container.spawn_managed_thread(spawn, identifier=f"waiting_for_worker[{self.name}]")

    def _settle(
        self, event: Envelope, body: Any, attempt: int, delivery: Delivery, _worker: Any, result: Any, exc_info: Any
    ) -> tuple[Any, Any]:
        if exc_info is None:
            self.subscription.took_effect(delivery)
        elif not isinstance(exc_info[1], GreenletExit):
            self.subscription.failed(self._failure(event, body, attempt, exc_info[1]), delivery)
        return result, None

    def _failure(self, event: Envelope, body: Any, attempt: int, error: Exception) -> FailedReaction:
        return FailedReaction(
            reaction=self.name,
            event=event,
            data=body,
            attempt=attempt,
            error=explained(error, body) if isinstance(error, ValidationError) else error,
            permanent=isinstance(error, PERMANENT),
            outage=is_outage(error),
        )


def _until_confirmed(publish: Callable[[], None]) -> None:
    while True:
        try:
            return publish()
        except NotConfirmed as error:
            _log.warning("set_aside_waits", error=str(error))
            time.sleep(1)


def _attempt(message: Message) -> int:
    before = message.headers.get(ATTEMPT_HEADER, 0)
    if type(before) is not int or not 0 <= before < MOST_ATTEMPTS:
        shown = repr(before)[:SHOWN]
        raise MalformedEnvelope(f"header {ATTEMPT_HEADER} is {shown}: a whole number below {MOST_ATTEMPTS} is expected")
    return before + 1


def _only(message: Message) -> str | None:
    """Give the one reaction that a retried or replayed message is for."""
    only = message.headers.get(REACTION_HEADER)
    if only is not None and not isinstance(only, str):
        raise MalformedEnvelope(f"header {REACTION_HEADER} is {repr(only)[:SHOWN]}: the name of a reaction is expected")
    return only
