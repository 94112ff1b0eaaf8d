"""A connection between two partners, as far as notifications knows it: whether it is proposed, or dormant."""

from dataclasses import dataclass

from chassis.domain.aggregate import Aggregate
from chassis.domain.replica import newest


@dataclass(kw_only=True)
class KnownConnection(Aggregate):
    """Which of its events said last whether it is dormant, and whether what is proposed is answered."""

    dormancy_sequence: int = 0
    proposal_sequence: int = 0

    def keep_dormancy(self, *, sequence: int) -> None:
        """Keep that it is dormant, or not any more; raises Superseded when a later event said which."""
        self.dormancy_sequence = newest(self.dormancy_sequence, sequence)

    def keep_proposal(self, *, sequence: int) -> None:
        """Keep that it is proposed, or answered, or over; raises Superseded when a later event said which."""
        self.proposal_sequence = newest(self.proposal_sequence, sequence)
