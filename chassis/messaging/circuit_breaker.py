"""Outage mode: when the same part fails again and again, one message at a time finds out when it is back.

The messages are not to blame: they wait their shortest step and keep their attempts.
"""

import structlog
from pymongo.errors import ConnectionFailure, ExecutionTimeout, PyMongoError, WTimeoutError

AFTER = 3
"""Failures of the same kind in a row; fewer may be a passing fault of one connection."""
_AWAY = (ConnectionFailure, ExecutionTimeout, WTimeoutError)
_log = structlog.get_logger(__name__)


def is_outage(error: BaseException) -> bool:
    """Whether the error speaks of a part that is away, and not of the message."""
    if not isinstance(error, PyMongoError) or error.has_error_label("TransientTransactionError"):
        return False  # what two transactions do to each other is no sign that the database is away
    return isinstance(error, _AWAY) or error.timeout


class CircuitBreaker:
    """Counts failures of one kind in a row; any success ends it."""

    def __init__(self, *, after: int = AFTER) -> None:
        """Begin with everything well; `after` failures in a row are an outage."""
        self._after = after
        self._kind: type[BaseException] | None = None
        self._in_a_row = 0

    @property
    def goes_on(self) -> bool:
        """Whether it is time to probe instead of working."""
        return self._in_a_row >= self._after

    def failed(self, error: BaseException) -> None:
        """Count a reaction that failed."""
        before = self.goes_on
        same = is_outage(error) and type(error) is self._kind
        self._kind, self._in_a_row = type(error), self._in_a_row + 1 if same else int(is_outage(error))
        if self.goes_on and not before:
            _log.error("outage_begins", error=f"{type(error).__name__}: {error}"[:300])

    def succeeded(self) -> None:
        """Count a reaction that took effect."""
        if self.goes_on:
            _log.warning("outage_is_over")
        self._kind, self._in_a_row = None, 0
