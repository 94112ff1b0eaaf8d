"""Limits the requests of each caller per second."""

import time
from collections import Counter
from collections.abc import Callable

from chassis.domain.faults import Fault


class RateLimit:
    """Counts the requests of each caller to this process in a sliding window of one second.

    Of the second before, as much counts as the window still reaches into it, as if its requests had come evenly. Two
    seconds are kept and no more, so that nothing has to expire.
    """

    def __init__(self, per_second: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Allow each caller `per_second` requests; `clock` counts seconds."""
        self._per_second = per_second
        self._clock = clock
        self._second = 0
        self._counted: Counter[tuple[str, ...]] = Counter()
        self._before: Counter[tuple[str, ...]] = Counter()

    def check(self, *caller: str) -> None:
        """Count one request of the caller who has these names; raises Fault `too_fast` beyond the limit."""
        second, passed = divmod(self._clock(), 1)
        self._begin(int(second))
        if self._before[caller] * (1 - passed) + self._counted[caller] >= self._per_second:
            message = f"At most {self._per_second} requests a second are expected of one caller"
            raise Fault(kind="too_fast", code="too_many_requests", message=message)
        self._counted[caller] += 1

    def _begin(self, second: int) -> None:
        if second != self._second:
            self._before = self._counted if second == self._second + 1 else Counter()
            self._second, self._counted = second, Counter()
