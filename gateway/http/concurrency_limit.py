"""How many requests are under way at once: one too many is refused at once instead of kept waiting."""

from collections.abc import Iterator
from contextlib import contextmanager

from chassis.domain.faults import Fault


class ConcurrencyLimit:
    """Counts who is inside."""

    def __init__(self, most: int) -> None:
        """Let `most` in at a time."""
        self._most = most
        self._inside = 0

    @contextmanager
    def joined(self) -> Iterator[None]:
        """Be inside meanwhile; raises Fault `unavailable` when there is no room."""
        if self._inside >= self._most:
            message = f"{self._most} requests are under way, and no more are taken at once"
            raise Fault(kind="unavailable", code="overloaded", message=message)
        self._inside += 1
        try:
            yield
        finally:
            self._inside -= 1
