"""A commitment as notifications knows it: what was promised, whether a report is waited for, and when to remind."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from chassis.domain.aggregate import Aggregate
from chassis.domain.replica import newest

REMIND_AFTER_DAYS = (30, 60, 90)
"""Calendar days after the day on which it was made."""
REMIND_AT = time(9)
"""Where the partner is."""


@dataclass(frozen=True, kw_only=True)
class Promise:
    """What a partner promised at a camp, who answers for it, and its days."""

    what: str
    camp_title: str
    owner_id: str
    made_on: date
    due_on: date


@dataclass(kw_only=True)
class Commitment(Aggregate):
    """One commitment, under its own id; `heard_sequence` is that of the event that told of it last."""

    partner_id: str = ""
    promise: Promise | None = None
    is_open: bool = False
    """Whether a report is waited for."""
    zone: str = "UTC"
    heard_sequence: int = 0
    remind_at: datetime | None = None

    def keep(self, promise: Promise, *, partner_id: str, zone: str, is_open: bool, sequence: int, at: datetime) -> None:
        """Keep what is promised now, and whether a report is waited for; raises Superseded by a later event."""
        self.heard_sequence = newest(self.heard_sequence, sequence)
        self.promise, self.partner_id, self.zone, self.is_open = promise, partner_id, zone, is_open
        self._arm(after=at)

    def refuse_if_told_since(self, sequence: int) -> None:
        """Raise Superseded when a later event told of it."""
        newest(self.heard_sequence - 1, sequence)

    def remind(self, *, at: datetime) -> int | None:
        """Give after how many days to remind now, and wait for the next time; of several that were missed the last.

        None when none is due, or nothing is waited for any more.
        """
        since = self.remind_at
        due = [days for days, moment in self._moments() if since and since <= moment <= at]
        self._arm(after=at)
        return due[-1] if due else None

    def _arm(self, *, after: datetime) -> None:
        self.remind_at = next((moment for _, moment in self._moments() if moment > after), None)

    def _moments(self) -> list[tuple[int, datetime]]:
        """Give when to remind: before its day only, on which it is said otherwise."""
        if self.promise is None or not self.is_open:
            return []
        days = [(each, self.promise.made_on + timedelta(each)) for each in REMIND_AFTER_DAYS]
        zone = ZoneInfo(self.zone)
        return [(each, datetime.combine(day, REMIND_AT, zone).astimezone(UTC)) for each, day in days
                if day < self.promise.due_on]  # fmt: skip
