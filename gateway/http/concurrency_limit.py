"""Limits the number of requests under way; a request beyond it is refused, not queued."""

from collections.abc import Iterator
from contextlib import contextmanager

from chassis.domain.faults import Fault


class ConcurrencyLimit:
    """A number of places; a request under way has one or, if it is large, several."""

    def __init__(self, limit: int) -> None:
        """Have `limit` places."""
        self._limit = self._free = limit

    @contextmanager
    def slot(self, places: int = 1) -> Iterator[None]:
        """Occupy `places` meanwhile, or all that there are; raises Fault `unavailable` if fewer are free."""
        taken = min(places, self._limit)
        if taken > self._free:
            message = f"{self._limit} requests are under way, and no more are taken at once"
            raise Fault(kind="unavailable", code="overloaded", message=message)
        self._free -= taken
        try:
            yield
        finally:
            self._free += taken
