"""So many a minute of each caller: what is more is only counted, and told with the next that is taken."""

import time
from collections import Counter
from collections.abc import Callable

REFUSALS_A_MINUTE = 60
"""So many refusals of one caller are recorded, and of all together who cannot say who they are: no flood fills the
audit trail."""


class Quota:
    """Who has had how many this minute."""

    def __init__(self, most: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Take `most` a minute of each; `clock` counts seconds."""
        self._most = most
        self._clock = clock
        self._minute = clock()
        self._had: Counter[str] = Counter()
        self._left_out: Counter[str] = Counter()

    def admits(self, caller: str) -> bool:
        """Whether one more of this caller is taken; one that is not is counted."""
        if self._clock() - self._minute >= 60:
            self._minute = self._clock()
            self._had.clear()
        self._had[caller] += 1
        if self._had[caller] > self._most:
            self.leave_out(caller)
            return False
        return True

    def leave_out(self, caller: str, count: int = 1) -> None:
        """Count what is not taken for another reason."""
        self._left_out[caller] += count

    def left_out(self, caller: str) -> int:
        """How many of this caller were only counted since this was asked last."""
        return self._left_out.pop(caller, 0)
