"""Limits the number of requests under way; a request beyond it is refused, not queued."""

from collections.abc import Iterator
from contextlib import contextmanager

from eventlet.semaphore import BoundedSemaphore

from chassis.domain.faults import Fault


class ConcurrencyLimit:
    """A number of slots, one for each request under way."""

    def __init__(self, limit: int) -> None:
        """Allow `limit` requests at a time."""
        self._limit = limit
        self._slots = BoundedSemaphore(limit)

    @contextmanager
    def slot(self) -> Iterator[None]:
        """Occupy a slot meanwhile; raises Fault `unavailable` if none is free."""
        if not self._slots.acquire(blocking=False):
            message = f"{self._limit} requests are under way, and no more are taken at once"
            raise Fault(kind="unavailable", code="overloaded", message=message)
        try:
            yield
        finally:
            self._slots.release()
