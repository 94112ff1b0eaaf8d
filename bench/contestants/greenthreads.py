"""Calls from within a gateway on eventlet, without HTTP."""

import time
from collections.abc import Callable

from eventlet import GreenPool


def timed(call: Callable[[], object], *, at_once: int, seconds: float) -> list[float]:
    """Call repeatedly in `at_once` greenthreads for some seconds; gives the seconds of each call."""
    took: list[float] = []
    end = time.perf_counter() + seconds

    def caller(_: int) -> None:
        while (begun := time.perf_counter()) < end:
            call()
            took.append(time.perf_counter() - begun)

    list(GreenPool(at_once).imap(caller, range(at_once)))
    return took
