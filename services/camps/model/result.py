"""Results in camps: the sequence of the last event processed about each, to recognise superseded ones."""

from dataclasses import dataclass

from chassis.domain.aggregate import Aggregate
from chassis.domain.replica import newest


@dataclass(kw_only=True)
class Result(Aggregate):
    """What a partner may share: it holds, or holds no longer, by the event whose sequence is `seen_sequence`."""

    partner_id: str
    seen_sequence: int = 0

    def keep(self, *, sequence: int) -> None:
        """Store the sequence of an event about it; raises Superseded when a later one is stored."""
        self.seen_sequence = newest(self.seen_sequence, sequence)


@dataclass(kw_only=True)
class Milestone(Result):
    """A milestone that was reached or reopened."""


@dataclass(kw_only=True)
class Initiative(Result):
    """An initiative that was scored."""
