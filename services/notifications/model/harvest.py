"""What notifications knows of what was told of the harvests of camps."""

from dataclasses import dataclass

from chassis.domain.aggregate import Aggregate
from chassis.domain.replica import newest


@dataclass(kw_only=True)
class HarvestTold(Aggregate):
    """Which edition of a camp's harvest somebody was told of last, under the ids of the camp and theirs."""

    edition: int = 0

    def keep(self, edition: int) -> None:
        """Keep that they are told of an edition; raises Superseded when that one, or a later one, was told."""
        self.edition = newest(self.edition, edition)
