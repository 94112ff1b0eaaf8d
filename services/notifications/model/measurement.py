"""What data of measures say, as far as notifications knows it: which event of a thing said so last."""

from dataclasses import dataclass

from chassis.domain.aggregate import Aggregate
from chassis.domain.replica import newest


@dataclass(kw_only=True)
class Signal(Aggregate):
    """What became of a signal: which of its events said so last."""

    heard_sequence: int = 0

    def keep(self, *, sequence: int) -> None:
        """Keep that it was detected or withdrawn; raises Superseded when a later event said either."""
        self.heard_sequence = newest(self.heard_sequence, sequence)


@dataclass(kw_only=True)
class EquityGap(Aggregate):
    """What became of a gap between two groups: which of its events said so last."""

    heard_sequence: int = 0

    def keep(self, *, sequence: int) -> None:
        """Keep that it changed; raises Superseded when a later event said how it is."""
        self.heard_sequence = newest(self.heard_sequence, sequence)


@dataclass(kw_only=True)
class DataWatch(Aggregate):
    """Whether data of a measure are late: which of the events that say so was the last."""

    heard_sequence: int = 0

    def keep(self, *, sequence: int) -> None:
        """Keep that data are late, there, or not asked for; raises Superseded when a later event said so."""
        self.heard_sequence = newest(self.heard_sequence, sequence)
