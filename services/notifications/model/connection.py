"""A connection between two partners, as far as notifications knows it: whether it is dormant."""

from dataclasses import dataclass

from chassis.domain.aggregate import Aggregate
from chassis.domain.replica import newest


@dataclass(kw_only=True)
class KnownConnection(Aggregate):
    """Which of its events said last whether it is dormant."""

    dormancy_sequence: int = 0

    def keep_dormancy(self, *, sequence: int) -> None:
        """Keep that it is dormant, or not any more; raises Superseded when a later event said which."""
        self.dormancy_sequence = newest(self.dormancy_sequence, sequence)
