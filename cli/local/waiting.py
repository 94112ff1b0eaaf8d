"""Waits for a condition, with a limit."""

import time
from collections.abc import Callable


def wait_until(condition: Callable[[], bool], *, within: float, every: float = 0.05) -> bool:
    """Check a condition every so many seconds until it holds or `within` seconds have passed; whether it holds."""
    deadline = time.monotonic() + within
    while not (holds := condition()) and time.monotonic() < deadline:
        time.sleep(every)
    return holds
