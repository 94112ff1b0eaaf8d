"""Events that no queue took though their contracts name a hearer: errors, which stay in the outbox and are tried again.

2.11: stock nameko drops them without a word.
"""

import time
from collections.abc import Sequence

import structlog

from chassis.persistence.unit_of_work import Document

_log = structlog.get_logger(__name__)


class UnroutableEvents:
    """Which types of events nobody takes at present; each is tried again after a pause, so others get by."""

    def __init__(self, *, pause_seconds: float) -> None:
        """Let a type rest for `pause_seconds` after no queue took one of its events."""
        self._pause_seconds = pause_seconds
        self._tried_at: dict[str, float] = {}

    @property
    def resting(self) -> list[str]:
        """The types that are not to be tried just now."""
        return [type for type, at in self._tried_at.items() if time.monotonic() - at < self._pause_seconds]

    def note(self, batch: Sequence[Document], *, returned: set[str]) -> None:
        """Learn from what became of a batch, and say it once of each type that nobody takes."""
        unheard = {row["type"]: row for row in batch if row["_id"] in returned}
        for type in unheard.keys() - self._tried_at.keys():
            _log.error("nobody_hears", type=type, event_id=unheard[type]["_id"])
        for type in {row["type"] for row in batch} - unheard.keys():
            self._tried_at.pop(type, None)
        self._tried_at |= dict.fromkeys(unheard, time.monotonic())
