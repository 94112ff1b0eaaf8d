"""Backs off event types that no queue takes: their events stay in the outbox, so that they do not block other types.

2.11: stock nameko drops unroutable events silently.
"""

import time
from collections.abc import Sequence

import structlog

from chassis.persistence.unit_of_work import Document

_log = structlog.get_logger(__name__)


class UnroutableEvents:
    """The event types that were unroutable when last published; each is tried again after a pause."""

    def __init__(self, *, pause_seconds: float) -> None:
        """Do not publish a type for `pause_seconds` after the broker returned one of its events."""
        self._pause_seconds = pause_seconds
        self._tried_at: dict[str, float] = {}

    @property
    def backing_off(self) -> list[str]:
        """The types that are not to be published just now."""
        return [type for type, at in self._tried_at.items() if time.monotonic() - at < self._pause_seconds]

    def note(self, batch: Sequence[Document], *, returned: set[str]) -> None:
        """Update the types by the ids that the broker `returned` of a batch; log each newly unroutable type once."""
        unroutable = {row["type"]: row for row in batch if row["_id"] in returned}
        for type in unroutable.keys() - self._tried_at.keys():
            _log.error("event_unroutable", type=type, event_id=unroutable[type]["_id"])
        for type in {row["type"] for row in batch} - unroutable.keys():
            self._tried_at.pop(type, None)
        self._tried_at |= dict.fromkeys(unroutable, time.monotonic())
