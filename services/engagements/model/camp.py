"""What is known here of camps: when they are, which charts show."""

from dataclasses import dataclass
from datetime import date

from chassis.domain.aggregate import Aggregate
from chassis.domain.replica import newest


@dataclass(kw_only=True)
class Camp(Aggregate):
    """A camp as the newest of its events describes it."""

    title: str = ""
    starts_on: date | None = None
    is_cancelled: bool = False
    described_sequence: int = 0

    def describe(self, *, sequence: int, title: str, starts_on: date) -> None:
        """Keep what it is called and when it begins now; raises Superseded when a later event is known."""
        self.described_sequence = newest(self.described_sequence, sequence)
        self.title, self.starts_on, self.is_cancelled = title, starts_on, False

    def cancel(self, *, sequence: int) -> None:
        """Keep that it does not take place; raises Superseded when a later event is known."""
        self.described_sequence = newest(self.described_sequence, sequence)
        self.is_cancelled = True
