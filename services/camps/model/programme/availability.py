"""When somebody cannot present."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from chassis.domain.aggregate import Aggregate
from chassis.domain.errors import Invalid
from services.camps.model.programme.conflicts import Unavailable


class UnavailableForNoTime(Invalid):
    """A time at which somebody cannot present ends after it begins."""


@dataclass(kw_only=True)
class Availability(Aggregate):
    """When a delegate cannot present, under their own id; at any other time they can."""

    partner_id: str | None
    unavailable: list[Unavailable] = field(default_factory=list)

    def state(self, unavailable: Sequence[Unavailable]) -> None:
        """Say when they cannot, in place of what was said before; raises UnavailableForNoTime."""
        for place, each in enumerate(unavailable):
            if each.ends_at <= each.starts_at:
                detail = f"An instant after {each.starts_at.isoformat()} (starts_at) is expected"
                raise UnavailableForNoTime.at(f"/unavailable/{place}/ends_at", "before_start", detail)
        self.unavailable = sorted(unavailable, key=lambda each: each.starts_at)
