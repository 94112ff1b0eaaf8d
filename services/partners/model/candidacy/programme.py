"""How many partners the programme carries, decided on one document."""

from dataclasses import dataclass

from chassis.domain.aggregate import Aggregate
from chassis.domain.errors import Conflict

THE_PROGRAMME = "programme"
"""The id of the only one there is."""
NO_LIMIT = 0


class ProgrammeIsFull(Conflict):
    """The programme carries as many partners as it can."""


@dataclass(kw_only=True)
class Programme(Aggregate):
    """The programme as one document, which each admission writes while there is a limit.

    So of two admissions at once the later sees the earlier.
    """

    capacity: int = NO_LIMIT
    """How many partners are in it at most, resting ones included."""

    @property
    def is_limited(self) -> bool:
        """Whether there is a limit."""
        return self.capacity != NO_LIMIT

    def is_over(self, carried: int) -> bool:
        """Whether it carries more than it can, as after its capacity was lowered: nobody leaves because of that."""
        return self.is_limited and carried > self.capacity

    def refuse_another(self, carried: int) -> None:
        """Raise ProgrammeIsFull unless it can carry one more beside those that it does."""
        if self.is_limited and carried >= self.capacity:
            raise ProgrammeIsFull(
                f"the programme carries {carried} partners, and {self.capacity} is its capacity: one is admitted once "
                "another has departed, or PROGRAMME_CAPACITY is higher"
            )
