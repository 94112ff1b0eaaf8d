"""Limits how many refusals of a caller are recorded one by one in a minute, so that a flood does not fill the trail."""

import time
from collections import Counter
from collections.abc import Callable

REFUSALS_A_MINUTE = 60
"""Per caller, and for all unauthenticated callers together."""


class Quota:
    """Counts uses per caller in fixed windows of one minute."""

    def __init__(self, limit: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Allow `limit` uses per caller and minute; `clock` counts seconds."""
        self._limit = limit
        self._clock = clock
        self._window_started = clock()
        self._used: Counter[str] = Counter()

    def allow(self, caller: str) -> bool:
        """Whether this caller may use it once more."""
        if self._clock() - self._window_started >= 60:
            self._window_started = self._clock()
            self._used.clear()
        self._used[caller] += 1
        return self._used[caller] <= self._limit
