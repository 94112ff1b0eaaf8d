"""What notifications knows of other services' things: copies, each as events said it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from chassis.domain.aggregate import Aggregate

LEADER = "leader"


@dataclass(kw_only=True)
class Copy(Aggregate):
    """Our copy of a thing, under the thing's own id; `seen_sequence` is that of the event it is from."""

    seen_sequence: int

    def is_news_to(self, known: "Copy | None") -> bool:
        """Whether this is from a later event than the copy we have, if we have one."""
        return known is None or self.seen_sequence > known.seen_sequence


@dataclass(kw_only=True)
class Recipient(Copy):
    """A person we can write to; `partner_id` is None for the institute's own people.

    Whoever has left on `left_on` is never written to again, whatever else is heard of them.
    """

    partner_id: str | None
    name: str
    email: str
    role: str
    language: str
    zone: str
    left_on: date | None = None


@dataclass(kw_only=True)
class Partner(Copy):
    """A partner: what it is called, and those who led it on the day it was admitted; others may have joined since.

    `leader_ids` is None as long as only other events than its admission were heard.
    """

    name: str
    leader_ids: list[str] | None = None
    departed_on: date | None = None

    def learn(self, *, name: str, sequence: int) -> bool:
        """Take what it is called, and give whether that was news: older events change nothing."""
        if sequence <= self.seen_sequence:
            return False
        self.name, self.seen_sequence = name, sequence
        return True

    def admit(self, leader_ids: Sequence[str]) -> None:
        """Take who led it on the day it was admitted."""
        self.leader_ids = list(leader_ids)


@dataclass(kw_only=True)
class Milestone(Aggregate):
    """What became of a milestone: by which of its events it was reopened last, and the last session held about it."""

    reopened_sequence: int = 0
    session_id: str | None = None
    held_on: date | None = None

    def reopen(self, *, sequence: int) -> bool:
        """Take that it was reopened; False when it is known that it was again later."""
        if sequence <= self.reopened_sequence:
            return False
        self.reopened_sequence = sequence
        return True

    def coach(self, *, session_id: str, held_on: date) -> None:
        """Take that a session about it was held; the last one counts."""
        if self.held_on is None or (held_on, session_id) > (self.held_on, self.session_id):
            self.session_id, self.held_on = session_id, held_on

    def session_since(self, day: date) -> str | None:
        """Give the session about it that was held on that day or later, if any was."""
        return self.session_id if self.held_on and self.held_on >= day else None
