"""A milestone in camps: the sequence of the last event processed about it, to recognise superseded ones."""

from dataclasses import dataclass

from chassis.domain.aggregate import Aggregate
from chassis.domain.replica import newest


@dataclass(kw_only=True)
class Milestone(Aggregate):
    """A partner's milestone, reached or reopened by the event whose sequence is `seen_sequence`."""

    partner_id: str
    seen_sequence: int = 0

    def keep(self, *, sequence: int) -> None:
        """Store the sequence of an event about it; raises Superseded when a later one is stored."""
        self.seen_sequence = newest(self.seen_sequence, sequence)
