"""Limits audit records of refusals to N per caller and minute; the number dropped is added to the next record."""

import time
from collections import Counter
from collections.abc import Callable

REFUSALS_A_MINUTE = 60
"""Per caller, and for all unauthenticated callers together: a flood of refusals must not fill the audit trail."""


class Quota:
    """Counts uses per caller in fixed windows of one minute."""

    def __init__(self, limit: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Allow `limit` uses per caller and minute; `clock` counts seconds."""
        self._limit = limit
        self._clock = clock
        self._window_started = clock()
        self._used: Counter[str] = Counter()
        self._dropped: Counter[str] = Counter()

    def allow(self, caller: str) -> bool:
        """Whether this caller may use it once more; a refused use is counted as dropped."""
        if self._clock() - self._window_started >= 60:
            self._window_started = self._clock()
            self._used.clear()
        self._used[caller] += 1
        if self._used[caller] > self._limit:
            self.count_dropped(caller)
            return False
        return True

    def count_dropped(self, caller: str, count: int = 1) -> None:
        """Count records that were not written for another reason, such as a database that is away."""
        self._dropped[caller] += count

    def take_dropped(self, caller: str) -> int:
        """Give the number of this caller's dropped records since the last call, and reset it."""
        return self._dropped.pop(caller, 0)
