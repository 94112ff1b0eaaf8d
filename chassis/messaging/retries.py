"""What happens to a reaction that failed: it waits its turn, step by step, and in the end is kept.

Own headers say which reaction is meant and how often it was tried; nothing else of the
failed message's headers is passed on but its envelope.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import structlog

from chassis.messaging.envelope import Envelope
from chassis.messaging.publisher import ConfirmedPublisher, Outgoing
from chassis.messaging.topology import dead_of, wait_of
from chassis.observability import metrics

REACTION_HEADER, ATTEMPT_HEADER, ERROR_HEADER = "reaction", "retry-attempt", "error"
ERROR_LENGTH = 500
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class FailedReaction:
    """One reaction that did not take effect: to what, for which time, and why."""

    reaction: str
    event: Envelope
    data: Any
    attempt: int
    error: Exception
    permanent: bool = False
    """It would fail in the same way for ever."""
    outage: bool = False
    """A part is away: this attempt does not count."""

    @property
    def headers(self) -> dict[str, Any]:
        """What the message carries on its way: its envelope, and our own three headers."""
        return {
            **self.event.to_headers(),
            REACTION_HEADER: self.reaction,
            ATTEMPT_HEADER: self.attempt - 1 if self.outage else self.attempt,
            ERROR_HEADER: f"{type(self.error).__name__}: {self.error}"[:ERROR_LENGTH],
        }


class RetrySchedule:
    """The wait queues of one service, from the shortest to the longest, and its dead letters."""

    def __init__(self, *, service: str, steps: Sequence[int], publisher: ConfirmedPublisher) -> None:
        """`steps` are the seconds a reaction waits after its first, second, … failure."""
        self._service = service
        self._steps = steps
        self._publisher = publisher
        self._one_at_a_time = threading.Lock()

    def take(self, failure: FailedReaction) -> None:
        """Put the reaction on its next step, or with the dead letters when it is past the last.

        Raises NotConfirmed when the broker did not take it: then it must not be acked.
        """
        queue = self._next_queue(failure)
        envelope = {"message_id": failure.event.id, "type": failure.event.type}
        message = Outgoing(
            exchange="", routing_key=queue, data=failure.data, headers=failure.headers, properties=envelope
        )
        with self._one_at_a_time:
            self._publisher.publish([message])
        if queue != dead_of(self._service):
            metrics.RETRIES.labels(self._service).inc()
        _log.warning("reaction_waits", queue=queue, reaction=failure.reaction, attempt=failure.attempt,
                     event_id=failure.event.id, error=failure.headers[ERROR_HEADER])  # fmt: skip

    def _next_queue(self, failure: FailedReaction) -> str:
        if failure.outage:
            return wait_of(self._service, self._steps[0])
        if failure.permanent or failure.attempt > len(self._steps):
            return dead_of(self._service)
        return wait_of(self._service, self._steps[failure.attempt - 1])
