"""The retry policy: a failed reaction waits in one wait queue after another, and becomes a dead letter in the end.

A retried message has the envelope of the failed one and three headers of its own: the reaction to run, the number of
attempts, and the last error.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from kombu.message import Message

from chassis.messaging.envelope import Envelope
from chassis.messaging.headers import ATTEMPT_HEADER, DEATHS_HEADER, ERROR_HEADER, REACTION_HEADER, attributes_of
from chassis.messaging.publisher import ConfirmedPublisher, Outgoing
from chassis.messaging.topology import dead_letter_queue, direct_exchange, wait_queue
from chassis.observability import metrics

ERROR_LENGTH = 500
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class FailedReaction:
    """One failed attempt of a reaction to an event."""

    reaction: str
    event: Envelope
    data: Any
    attempt: int
    error: Exception
    permanent: bool = False
    """Whether every further attempt would fail in the same way."""
    outage: bool = False
    """Whether the database is away: then the attempt is not counted."""

    @property
    def headers(self) -> dict[str, Any]:
        """The headers of the retried message."""
        return {
            **self.event.to_headers(),
            REACTION_HEADER: self.reaction,
            ATTEMPT_HEADER: self.attempt - 1 if self.outage else self.attempt,
            ERROR_HEADER: described(self.error),
        }


def described(error: Exception) -> str:
    """Give what is kept of the error that an attempt failed by."""
    return f"{type(error).__name__}: {error}"[:ERROR_LENGTH]


class RetrySchedule:
    """Publishes failed reactions to the service's wait queues and its dead-letter queue."""

    def __init__(self, *, service: str, steps: Sequence[int], publisher: ConfirmedPublisher) -> None:
        """`steps` are the seconds that a reaction waits after its first, second, … failure."""
        self._service = service
        self._steps = steps
        self._publisher = publisher
        self._lock = threading.Lock()

    def schedule(self, failure: FailedReaction) -> None:
        """Publish the reaction to its next wait queue, or to the dead-letter queue after the last.

        Raises NotConfirmed when the broker did not confirm it: then the failed message must not be acknowledged.
        """
        queue = self._next_queue(failure)
        envelope = {"message_id": failure.event.id, "type": failure.event.type}
        message = Outgoing(
            exchange=direct_exchange(self._service).name,
            routing_key=queue,
            data=failure.data,
            headers=failure.headers,
            properties=envelope,
        )
        with self._lock:
            self._publisher.publish([message])
        if queue != dead_letter_queue(self._service):
            metrics.RETRIES.labels(self._service).inc()
        _log.warning("reaction_rescheduled", queue=queue, reaction=failure.reaction, attempt=failure.attempt,
                     event_id=failure.event.id, error=failure.headers[ERROR_HEADER])  # fmt: skip

    def keep_unread(self, message: Message) -> None:
        """Publish a message to the dead-letter queue as it came, without the deaths that the broker cannot read.

        Raises NotConfirmed: then the message must not be acknowledged.
        """
        error = f"header {DEATHS_HEADER} is not an array of tables"
        queue = dead_letter_queue(self._service)
        kept = Outgoing(
            exchange=direct_exchange(self._service).name,
            routing_key=queue,
            data=message.body.encode() if isinstance(message.body, str) else bytes(message.body),
            headers={**attributes_of(message.headers), ERROR_HEADER: error},
        )
        with self._lock:
            self._publisher.publish([kept])
        _log.error("deaths_unreadable", queue=queue, error=error)

    def _next_queue(self, failure: FailedReaction) -> str:
        if failure.outage:
            return wait_queue(self._service, self._steps[0])
        if failure.permanent or failure.attempt > len(self._steps):
            return dead_letter_queue(self._service)
        return wait_queue(self._service, self._steps[failure.attempt - 1])
