"""Waits for what the platform does by itself after a request, such as judging the data that came."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cli.imports.history_api import HistoryApi
from cli.imports.records import Record

DRAFT_SECONDS = 60.0
"""How long an engagement is waited for, which is drafted when its partner is admitted."""
PROPOSAL_SECONDS = 30.0
POLL_SECONDS = 0.1
WAITING = ("planned", "at_risk", "missed")
"""The states of a milestone that nobody has proposed."""


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """Asks an instance again and again; `now` is a clock in seconds."""

    api: HistoryApi
    now: Callable[[], float] = time.monotonic

    def until(self, has_come: Callable[[], Any], *, seconds: float) -> Any:
        """Give what has come, or what there was instead at the end."""
        deadline = self.now() + seconds
        while not (found := has_come()) and self.now() < deadline:
            self.api.pause(POLL_SECONDS)
        return found

    def for_proposal(self, path: str, record: Record) -> None:
        """Give data, which are judged soon after they came, time to propose the milestone they are the evidence for."""
        if "evidence_rule" in record.members and "despite" not in record.members["reached"]:
            self.until(lambda: self.api.get(path)["state"] not in WAITING, seconds=PROPOSAL_SECONDS)
