"""References across services: a call that names what was made a moment ago waits a moment for its event (38)."""

from collections.abc import Callable
from threading import BoundedSemaphore
from time import sleep
from typing import TypeVar

import structlog

from chassis.domain.errors import PerhapsNotKnownYet

T = TypeVar("T")
RETRY_DELAYS_SECONDS = (0.05, 0.2, 0.5)
MOST_WAITING = 3
"""How many of a process's workers may wait at once: a caller who names what never was must not hold them all."""
_places = BoundedSemaphore(MOST_WAITING)
_log = structlog.get_logger(__name__)


def retry_unknown_references(attempt: Callable[[], T]) -> T:
    """Try up to three times more while something that is referred to is not known; raises PerhapsNotKnownYet.

    `attempt` leaves nothing behind when it raises. It is not tried again while enough others wait.
    """
    for pause in RETRY_DELAYS_SECONDS:
        try:
            return attempt()
        except PerhapsNotKnownYet as unknown:
            if not _has_waited(pause):
                raise
            _log.info("reference_retried", error=str(unknown), pause_seconds=pause)
    return attempt()


def _has_waited(pause: float) -> bool:
    if not _places.acquire(blocking=False):
        return False
    try:
        sleep(pause)
    finally:
        _places.release()
    return True
