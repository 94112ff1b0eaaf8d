"""A circuit breaker: while the database is away, the consumer takes one message at a time, as a probe.

Reactions that fail meanwhile wait for the shortest delay, and the attempt is not counted.
"""

import structlog
from pymongo.errors import ConnectionFailure, ExecutionTimeout, PyMongoError, WTimeoutError

FAILURES_TO_OPEN = 3
"""Consecutive failures of the same kind; fewer may be a transient fault of one connection."""
_AWAY = (ConnectionFailure, ExecutionTimeout, WTimeoutError)
_log = structlog.get_logger(__name__)


def is_outage(error: BaseException) -> bool:
    """Whether the error means that the database is away, and not that the message cannot be processed."""
    if not isinstance(error, PyMongoError) or error.has_error_label("TransientTransactionError"):
        return False  # a write conflict between two transactions is no sign that the database is away
    return isinstance(error, _AWAY) or error.timeout


class CircuitBreaker:
    """Opens after consecutive failures of one kind; any success closes it."""

    def __init__(self, *, after: int = FAILURES_TO_OPEN) -> None:
        """Begin closed; `after` consecutive failures open it."""
        self._after = after
        self._kind: type[BaseException] | None = None
        self._consecutive = 0

    @property
    def is_open(self) -> bool:
        """Whether only one message at a time should be processed."""
        return self._consecutive >= self._after

    def failed(self, error: BaseException) -> None:
        """Count a reaction that failed."""
        before = self.is_open
        same = is_outage(error) and type(error) is self._kind
        self._kind, self._consecutive = type(error), self._consecutive + 1 if same else int(is_outage(error))
        if self.is_open and not before:
            _log.error("circuit_opened", error=f"{type(error).__name__}: {error}"[:300])

    def succeeded(self) -> None:
        """Count a reaction that took effect."""
        if self.is_open:
            _log.warning("circuit_closed")
        self._kind, self._consecutive = None, 0
