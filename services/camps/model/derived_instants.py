"""Which instants the days and hours of a camp are, by the law of its zone as it was known last."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class DerivedInstants:
    """The instants of a camp, in UTC, and the release of the time zone database by which they were derived."""

    law: str
    days_open_at: list[datetime]
    """At which each of its days comes to the hour at which the first one opens."""
    ends_at: datetime
    freezes_at: datetime | None

    @property
    def begins_at(self) -> datetime:
        """The instant at which its first day opens."""
        return self.days_open_at[0]

    def are_otherwise_in(self, now: "DerivedInstants") -> bool:
        """Whether an hour of it is another instant by another law."""
        return (self.days_open_at, self.ends_at) != (now.days_open_at, now.ends_at)

    def moved(self, until: datetime | None, *, to: "DerivedInstants") -> datetime | None:
        """Give an instant until which something is offered: that of the freeze or the beginning is another one now.

        Any other stays, as it was told, and is over when the camp begins.
        """
        if until is None:
            return None
        if until == self.freezes_at and to.freezes_at:
            return to.freezes_at
        return to.begins_at if until == self.begins_at else min(until, to.begins_at)
