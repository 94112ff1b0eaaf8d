"""What was told of invitations by name, as events said it: to which camp, why, and by which of them last."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from chassis.domain.aggregate import Aggregate
from chassis.domain.errors import NotYetKnown
from chassis.domain.replica import newest
from services.notifications.model.camp_where import Where


@dataclass(frozen=True, kw_only=True)
class GuestTerms(Where):
    """What somebody is invited to; days are days at the camp, and `until_hour` is as in an offer to a partner."""

    camp_title: str
    zone: str
    starts_on: date
    ends_on: date
    answer_by: date | None = None
    until_hour: str | None = None
    reasons: list[dict[str, Any]] = field(default_factory=list)

    def has_begun(self, at: datetime) -> bool:
        """Whether the first day of the camp has begun there."""
        return at.astimezone(ZoneInfo(self.zone)).date() >= self.starts_on

    def with_own_time(self, until: datetime | None) -> "GuestTerms":
        """Give the same, to be answered until an instant that counts instead of a day, if there is one."""
        if until is None:
            return self
        local = until.astimezone(ZoneInfo(self.zone))
        return replace(self, answer_by=local.date(), until_hour=f"{local:%H:%M}")


@dataclass(kw_only=True)
class GuestInvitation(Aggregate):
    """One invitation by name, under its own id."""

    terms: GuestTerms | None = None
    told_sequence: int = 0
    """Of the last event that was told."""
    comes: bool = False
    """Whether that was that they come."""

    def tell(self, *, sequence: int, comes: bool = False) -> None:
        """Keep that an event is told; raises Superseded when a later one was."""
        self.told_sequence, self.comes = newest(self.told_sequence, sequence), comes

    def known_terms(self) -> GuestTerms:
        """Give what they were invited to; raises NotYetKnown as long as nobody has said it."""
        if self.terms is None:
            raise NotYetKnown(f"what invitation {self.id} is to is not known here yet")
        return self.terms
