"""Limits what each sender may send within an hour, and says when the next may be sent."""

import math
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from chassis.domain.faults import Fault

HOUR_SECONDS = 3600


@dataclass(kw_only=True, eq=False)
class TooManyInAnHour(Fault):
    """A sender has sent all that is taken of one within an hour."""

    retry_after_seconds: int
    """When the next is taken: in so many seconds, and not before."""


class HourlyLimit:
    """Counts what was taken of each sender, in this process, within the hour before; what was refused does not count.

    Of each sender as many instants are kept as they may send, for an hour.
    """

    def __init__(self, per_hour: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Take `per_hour` of each sender; `clock` counts seconds."""
        self._per_hour = per_hour
        self._clock = clock
        self._taken: dict[str, deque[float]] = {}
        self._next_look = clock() + HOUR_SECONDS

    @contextmanager
    def counted(self, sender: str) -> Iterator[None]:
        """Count what is done within as one of the sender, unless it fails; raises TooManyInAnHour beyond the limit."""
        now = self._clock()
        self._forget_the_silent(now)
        taken = self._taken.setdefault(sender, deque())
        _forget_what_is_over(taken, now)
        if len(taken) >= self._per_hour:
            raise self._refusal(taken[0] + HOUR_SECONDS - now)
        taken.append(now)
        try:
            yield
        except BaseException:
            taken.remove(now)
            raise

    def _refusal(self, seconds: float) -> TooManyInAnHour:
        message = f"At most {self._per_hour} an hour are taken of one sender"
        return TooManyInAnHour(kind="too_fast", code="too_many_in_an_hour", message=message,
                               retry_after_seconds=max(1, math.ceil(seconds)))  # fmt: skip

    def _forget_the_silent(self, now: float) -> None:
        """Keep nothing of senders of whom nothing was taken within the hour; each hour they are looked for."""
        if now >= self._next_look:
            self._next_look = now + HOUR_SECONDS
            recent = {
                sender: taken for sender, taken in self._taken.items() if taken and taken[-1] > now - HOUR_SECONDS
            }
            self._taken = recent


def _forget_what_is_over(taken: deque[float], now: float) -> None:
    while taken and taken[0] <= now - HOUR_SECONDS:
        taken.popleft()
