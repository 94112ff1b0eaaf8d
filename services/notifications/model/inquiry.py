"""What was heard of an inquiry, so that what is told of it is told once and in order."""

from dataclasses import dataclass

from chassis.domain.aggregate import Aggregate
from chassis.domain.errors import Superseded
from chassis.domain.replica import newest


@dataclass(kw_only=True)
class InquiryTold(Aggregate):
    """One inquiry, under its own id: the number of the last event that says how it stands."""

    told_sequence: int = 0
    is_forgotten: bool = False

    def tell(self, *, sequence: int) -> None:
        """Keep that an event is told; raises Superseded when a later one was, or nothing is known any more."""
        self.refuse_if_forgotten()
        self.told_sequence = newest(self.told_sequence, sequence)

    def refuse_if_forgotten(self) -> None:
        """Raise Superseded when who made it is not to be known any more: whatever comes late is not told."""
        if self.is_forgotten:
            raise Superseded(f"who made inquiry {self.id} is not to be known any more")
