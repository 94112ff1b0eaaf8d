"""How often one caller may ask: who asks faster than that is told to come back."""

from limits import RateLimitItemPerSecond
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from chassis.domain.faults import Fault
from chassis.domain.scope import Scope


class RateLimit:
    """Counts what each caller asked of this process within the last second."""

    def __init__(self, per_second: int) -> None:
        """Let each caller ask so often."""
        self._limit = RateLimitItemPerSecond(per_second)
        self._callers = SlidingWindowCounterRateLimiter(MemoryStorage())

    def kept_by(self, scope: Scope) -> None:
        """Count one more request of this caller; raises Fault `too_fast` when it is one too many."""
        if not self._callers.hit(self._limit, scope.organisation, scope.subject):
            message = f"At most {self._limit.amount} requests a second are expected of one caller"
            raise Fault(kind="too_fast", code="too_many_requests", message=message)
