"""A milestone, as far as camps knows it: whether the last that was heard of it is still news."""

from dataclasses import dataclass

from chassis.domain.aggregate import Aggregate
from chassis.domain.replica import newest


@dataclass(kw_only=True)
class Milestone(Aggregate):
    """A partner's milestone, reached or reopened by the event whose sequence is `seen_sequence`."""

    partner_id: str
    seen_sequence: int = 0

    def keep(self, *, sequence: int) -> None:
        """Keep that an event of it was heard; raises Superseded when a later one was."""
        self.seen_sequence = newest(self.seen_sequence, sequence)
