"""Moves dead letters from the broker into the database, and those to be replayed back into the inbox."""

import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import bson
import structlog
from bson.errors import BSONError
from kombu import Queue
from kombu.message import Message
from nameko import config
from nameko.extensions import SharedExtension
from pymongo.errors import PyMongoError

from chassis.domain.causation import Cause
from chassis.domain.identity import new_id
from chassis.domain.scope import PLATFORM
from chassis.messaging.consumer import SafeConsumer
from chassis.messaging.dead_letter_path import note_arrival, probe_id
from chassis.messaging.dead_letters import DeadLetter, DeadLetters, DeadLetterState, dead_letter
from chassis.messaging.envelope import HEADER_PREFIX
from chassis.messaging.headers import (
    ERROR_HEADER,
    LONGEST_TEXT,
    REACTION_HEADER,
    UNREADABLE_HEADER,
    last_death,
    text_of,
)
from chassis.messaging.publisher import ConfirmedPublisher, NotConfirmed, Outgoing
from chassis.messaging.topology import dead_letter_queue, direct_exchange, inbox_queue
from chassis.observability import metrics
from chassis.persistence.pagination import Order
from chassis.persistence.unit_of_work import Store, UnitOfWork

BATCH = 20
CORRELATION_HEADER = HEADER_PREFIX + "correlationid"
GIVEN_UP = "given up by the broker"
LARGEST_BODY_BYTES = 8 * 1024 * 1024
"""Half of what a document of MongoDB can hold."""
BEING_REPLAYED = {"state": DeadLetterState.REPLAYING}
PAUSE_SECONDS = 1.0
_log = structlog.get_logger(__name__)


class Unstorable(ValueError):
    """No document can hold the data of a message."""


class DeadLetterConsumer(SafeConsumer):
    """Consumes dead letters, also those with a body that cannot be decoded."""

    def __init__(self, *args: Any, on_unreadable: Any, **kwargs: Any) -> None:
        """`on_unreadable` gets each message whose body cannot be decoded, with the error."""
        super().__init__(*args, **kwargs)
        self._on_unreadable = on_unreadable

    def on_decode_error(self, message: Message, exc: Exception) -> None:
        """Keep the undecoded body."""
        self._on_unreadable(message, exc)


class DeadLetterCollector(SharedExtension):
    """Collects and replays in two threads of its own, beside the service's workers."""

    store: Store

    def setup(self) -> None:
        """Prepare to consume the service's dead-letter queue."""
        service = self.container.service_name
        self._inbox, self._exchange = inbox_queue(service), direct_exchange(service).name
        self._stopping = threading.Event()
        self._publisher = ConfirmedPublisher(config["AMQP_URI"])
        self.consumer = DeadLetterConsumer(
            config["AMQP_URI"],
            queues=[Queue(dead_letter_queue(service), no_declare=True)],
            callbacks=[self._take],
            on_unreadable=lambda message, error: self._keep(message, data=error, readable=False),
            heartbeat=config["HEARTBEAT"],
            prefetch_count=BATCH,
            accept=["json"],
        )

    def collect_for(self, store: Store) -> None:
        """Start both threads, with the store of the service."""
        self.store = store
        self._loops = [self.container.spawn_managed_thread(loop) for loop in (self.consumer.run, self._replay_loop)]

    def stop(self) -> None:
        """Stop both threads; what is not stored yet stays in the queue."""
        self._stopping.set()
        self.consumer.stop()
        for loop in self._loops:
            loop.wait()

    def _take(self, body: Any, message: Message) -> None:
        try:
            _refuse_unstorable(body)
        except (BSONError, OverflowError, UnicodeError, Unstorable) as error:  # JSON allows more than BSON does
            self._keep(message, data=error, readable=False)
        else:
            self._keep(message, data=body, readable=True)

    def _keep(self, message: Message, *, data: Any, readable: bool) -> None:
        if id := probe_id(message):
            self._store(message, partial(note_arrival, id=id), cause=Cause(correlation_id=id))
            return
        origin, error = _origin_and_error(message, data, readable=readable)
        make = partial(
            dead_letter,
            body=message.body,
            data=data,
            readable=readable,
            headers=message.headers,
            origin=origin,
            error=error,
        )
        self._store(message, lambda work: DeadLetters(work).keep(make(work)), cause=_cause(message))
        metrics.DEAD_LETTERS.labels(self.container.service_name).inc()
        _log.error("dead_letter", reaction=text_of(message.headers.get(REACTION_HEADER)), origin=origin, error=error)

    def _store(self, message: Message, step: Callable[[UnitOfWork], None], *, cause: Cause) -> None:
        while not self._is_stored(step, cause=cause):
            # Unacknowledged meanwhile: if this process ends, the broker delivers it again.
            time.sleep(PAUSE_SECONDS)
        self.consumer.ack_message(message)

    def _is_stored(self, step: Callable[[UnitOfWork], None], *, cause: Cause) -> bool:
        try:
            self.store.transact(step, cause=cause)
        except PyMongoError as error:
            _log.warning("dead_letter_not_stored", error=type(error).__name__)
            return False
        return True

    def _replay_loop(self) -> None:
        while not self._stopping.wait(PAUSE_SECONDS):
            try:
                self._replay_some()
            except (PyMongoError, NotConfirmed) as error:
                _log.warning("replay_failed", error=type(error).__name__)

    def _replay_some(self) -> None:
        """Replay at most one batch a second, so that a repaired reaction is not flooded."""
        work = self.store.reading(cause=Cause(correlation_id="replay"))
        for dead in DeadLetters(work).page(BEING_REPLAYED, scope=PLATFORM, limit=BATCH, order=Order()):
            self._publisher.publish([self._message(dead)])
            cause = Cause(correlation_id=dead.correlation_id or dead.id)
            self.store.transact(partial(_mark_replayed, dead.id), cause=cause)
            _log.info("replayed", dead_letter=dead.id, reaction=dead.reaction, event_id=dead.event_id)

    def _message(self, dead: DeadLetter) -> Outgoing:
        only = {REACTION_HEADER: dead.reaction} if dead.reaction else {}
        headers = {**dead.headers, **only}
        return Outgoing(exchange=self._exchange, routing_key=self._inbox, data=dead.data, headers=headers)


def _mark_replayed(id: str, work: UnitOfWork) -> None:
    dead = DeadLetters(work).get(id, scope=PLATFORM)
    if dead.state is DeadLetterState.REPLAYING:
        dead.replayed(at=work.now)
        DeadLetters(work).save(dead)


def _origin_and_error(message: Message, data: Any, *, readable: bool) -> tuple[str, str]:
    """Ours says why; the broker's own only says that a message was rejected or came back too often."""
    queue, reason = last_death(message.headers)
    error = text_of(message.headers.get(ERROR_HEADER)) or text_of(message.headers.get(UNREADABLE_HEADER))
    if error:
        return text_of(message.headers.get(REACTION_HEADER)) or queue, error
    return queue, f"{type(data).__name__}: {data}"[:LONGEST_TEXT] if not readable else reason or GIVEN_UP


def _cause(message: Message) -> Cause:
    return Cause(correlation_id=text_of(message.headers.get(CORRELATION_HEADER)) or new_id("req"))


def _refuse_unstorable(body: Any) -> None:
    size = len(bson.encode({"data": body}))
    if size > LARGEST_BODY_BYTES:
        raise Unstorable(f"its data has {size} bytes: at most {LARGEST_BODY_BYTES} are kept whole")
