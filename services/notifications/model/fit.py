"""The fit of a partner, as far as notifications knows it: whether what was said of it still holds."""

from dataclasses import dataclass

from chassis.domain.aggregate import Aggregate
from chassis.domain.replica import newest


@dataclass(kw_only=True)
class KnownFit(Aggregate):
    """Which of its events said last whether an assessment is awaited, and whether assessors differ."""

    awaited_sequence: int = 0
    differing_sequence: int = 0
    settled_sequence: int = 0
    """Which of its events said last that they do not differ any more."""

    def keep_awaited(self, *, sequence: int) -> None:
        """Keep that an assessment is due, overdue or not awaited; raises Superseded when a later event said so."""
        self.awaited_sequence = newest(self.awaited_sequence, sequence)

    def keep_differing(self, *, sequence: int) -> None:
        """Keep that assessors differ; raises Superseded when a later event said whether they do."""
        self.differing_sequence = newest(self.differing_sequence, sequence)

    def settle(self, *, sequence: int) -> int:
        """Keep that assessors do not differ any more, and give which event said so before; raises Superseded."""
        self.keep_differing(sequence=sequence)
        before, self.settled_sequence = self.settled_sequence, sequence
        return before
