"""Limits the requests of each caller per second."""

from limits import RateLimitItemPerSecond
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from chassis.domain.faults import Fault


class RateLimit:
    """Counts the requests of each caller to this process in a sliding window of one second."""

    def __init__(self, per_second: int) -> None:
        """Allow each caller `per_second` requests."""
        self._limit = RateLimitItemPerSecond(per_second)
        self._callers = SlidingWindowCounterRateLimiter(MemoryStorage())

    def check(self, *caller: str) -> None:
        """Count one request of the caller who has these names; raises Fault `too_fast` beyond the limit."""
        if not self._callers.hit(self._limit, *caller):
            message = f"At most {self._limit.amount} requests a second are expected of one caller"
            raise Fault(kind="too_fast", code="too_many_requests", message=message)
