"""Reactions: what a service does about an event, each a transaction of its own."""

import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Any

import structlog
from eventlet import Timeout
from nameko import config
from nameko.extensions import register_entrypoint

from chassis.domain.errors import NotYetKnown
from chassis.messaging import topology
from chassis.messaging.envelope import Envelope
from chassis.messaging.inbox import AlreadyProcessed, note_failure, process_once
from chassis.messaging.retries import described
from chassis.messaging.subscription import PERMANENT, Reaction, ReactionTimedOut
from chassis.observability import attributes, metrics
from chassis.observability.instrumentation import Kind, Measurement, instrumented
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import Declared

RETRY_DELAYS_SECONDS = (0.05, 0.2, 1.0)
_log = structlog.get_logger(__name__)


def reacting(declared: Declared) -> Callable[..., None]:
    """Give the method by which a service reacts: an event comes in, and takes effect once.

    The function may raise NotYetKnown to be tried again later, and Superseded when a later fact was heard before; a
    DomainError or invalid data is kept as a dead letter.
    """

    def react(self: Any, event: Envelope, body: Any, *, reaction: str) -> None:
        structlog.contextvars.bind_contextvars(reaction=reaction, event_id=event.id, correlation_id=event.correlationid)
        Occurrence(service=self, declared=declared, event=event, body=body, reaction=reaction).measured()

    react.__name__, react.__doc__ = declared.name, declared.description
    register_entrypoint(react, Reaction(declared))
    return react


@dataclass(frozen=True, kw_only=True)
class Occurrence:
    """One event at one reaction, and the steps in which it takes effect: measure, read, within a limit, once."""

    service: Any
    declared: Declared
    event: Envelope
    body: Any
    reaction: str

    def measured(self) -> None:
        """Take effect, measure how long that takes and how it ends, and note why it will be retried."""
        try:
            with self._measurement() as measurement:
                known = replace(self.event, traceparent=measurement.span.traceparent)
                measurement.outcome = replace(self, event=known).taken_effect()
        except PERMANENT:
            raise
        except Exception as error:
            note_failure(self.service.store, described(error), reaction=self.reaction, event=self.event)
            raise

    def taken_effect(self) -> str:
        """Give the outcome: `ok` or `duplicate`."""
        begun, limit = time.monotonic(), config["REACTION_LIMIT_SECONDS"]
        try:
            # 2.7: a stock worker that a timeout ends leaves its message unacked for ever.
            with Timeout(limit, ReactionTimedOut(f"over {limit} s")):
                _with_retries(self.once)
        except AlreadyProcessed:
            metrics.DUPLICATES.labels(self.service.name).inc()
            _log.info("duplicate_suppressed", type=self.event.type)
            return "duplicate"
        except Timeout as other:  # of the reaction's own; no Exception, so nameko would not see it
            raise ReactionTimedOut(f"a limit of its own: {other}") from other
        self._note(begun)
        return "ok"

    def once(self) -> None:
        """Take effect in one transaction with the inbox row; raises AlreadyProcessed for a copy."""
        read = self.declared.arguments(self.declared.reader.load(self.body))
        process_once(self.service.store, lambda uow: self._effect(uow, read), reaction=self.reaction, event=self.event)

    def _effect(self, uow: UnitOfWork, read: Mapping[str, Any]) -> None:
        given = self.declared.given_by(self.service, {"uow": uow, "event": self.event})
        self.declared.function(**given, **read)

    def _note(self, begun: float) -> None:
        event, now = self.event, self.service.store.clock()
        metrics.observe_event_age(reaction=self.reaction, event_time=event.time, now=now)
        _log.info("reacted", type=event.type, subject=event.subject, ms=round((time.monotonic() - begun) * 1000, 1))

    def _measurement(self) -> AbstractContextManager[Measurement]:
        service, event = self.service.name, self.event
        said = attributes.of_message("process", destination=topology.inbox_queue(service), **event.named)
        return instrumented(
            service=service, entrypoint=self.reaction, kind=Kind.EVENT, traceparent=event.traceparent, attributes=said
        )


def _with_retries(attempt: Callable[[], None]) -> None:
    """Try up to three times more at once: most trouble, and most disorder, is over in a second."""
    for pause in RETRY_DELAYS_SECONDS:
        try:
            return attempt()
        except (AlreadyProcessed, ReactionTimedOut, *PERMANENT):
            raise
        except Exception as error:
            # Two services' events have no order between them: to be early is usual, and calls for nobody.
            log = _log.info if isinstance(error, NotYetKnown) else _log.warning
            log("reaction_retried", error=f"{type(error).__name__}: {error}", pause_seconds=pause)
            time.sleep(pause)
    return attempt()
