"""What somebody needs so that they can take part: kept apart from all else, and not for long."""

from dataclasses import dataclass, field

from chassis.domain.aggregate import PERSONAL, Aggregate


@dataclass(kw_only=True)
class Needs(Aggregate):
    """What a delegate, whose id it has, needs to eat and to take part. No event says it, and no letter."""

    camp_id: str
    partner_id: str | None
    diet: str | None = field(default=None, metadata=PERSONAL)
    access: str | None = field(default=None, metadata=PERSONAL)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is needed."""
        return self.diet is None and self.access is None
