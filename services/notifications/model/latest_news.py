"""Something of partners of which only the newest news counts: a candidate, or a request for faculty."""

from dataclasses import dataclass

from chassis.domain.aggregate import Aggregate
from chassis.domain.replica import newest


@dataclass(kw_only=True)
class LatestNews(Aggregate):
    """Which of its events was heard that says the last of it."""

    heard_sequence: int = 0

    def keep(self, *, sequence: int) -> None:
        """Keep that an event was heard; raises Superseded when a later one was."""
        self.heard_sequence = newest(self.heard_sequence, sequence)
