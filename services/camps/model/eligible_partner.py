"""A partner that may be invited, as far as camps knows it."""

from dataclasses import dataclass

from chassis.domain.aggregate import Aggregate
from chassis.domain.replica import newest


@dataclass(kw_only=True)
class EligiblePartner(Aggregate):
    """Camps' own copy of a partner that was admitted; `seen_sequence` is that of the event it is from.

    Whoever departed and is heard of later was admitted anew, for of who has departed nothing else is said.
    """

    name: str
    seen_sequence: int = 0
    departed: bool = False

    def rename(self, *, name: str, sequence: int) -> None:
        """Store the name that an event has for it; raises Superseded when a later event was stored."""
        self.seen_sequence, self.name, self.departed = newest(self.seen_sequence, sequence), name, False

    def depart(self, *, sequence: int) -> None:
        """Keep that it departed: from now on it is not invited; raises Superseded when a later event is in here."""
        self.seen_sequence, self.departed = newest(self.seen_sequence, sequence), True
