"""Times of prayer: within which hours of a day each is due, and whether a programme leaves time for it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from services.camps.model.programme.slots import PlacedSlot

FOR_A_PRAYER = timedelta(minutes=20)
"""Our choice: to wash, to find the room, to pray and to come back; the prayer itself takes some ten minutes."""
FOR_FRIDAY_PRAYER = timedelta(minutes=60)
"""Our choice: on Fridays the midday prayer has a sermon, and is said with others, for many of them elsewhere."""
FRIDAY = 4


class Prayer(StrEnum):
    """Those that may fall into the hours of a camp."""

    DHUHR = "dhuhr"
    ASR = "asr"
    MAGHRIB = "maghrib"


def is_friday_prayer(prayer: Prayer, day: date) -> bool:
    """Whether it is the one at midday on a Friday, which is longer and said with others."""
    return prayer is Prayer.DHUHR and day.weekday() == FRIDAY


@dataclass(frozen=True, kw_only=True)
class PrayerTime:
    """When a prayer is due on a day: from one instant until another, both by the clocks of its place."""

    prayer: Prayer
    day: date
    starts_at: datetime
    ends_at: datetime

    @property
    def takes(self) -> timedelta:
        """Give how long a break for it is at least."""
        return FOR_FRIDAY_PRAYER if is_friday_prayer(self.prayer, self.day) else FOR_A_PRAYER

    def slots_in_its_way(self, slots: Sequence[PlacedSlot]) -> list[int]:
        """Give the places of the slots that touch it, if they leave no break for it in which no room has anything.

        Before the first slot and after the last there is time as well.
        """
        touching = [place for place, slot in enumerate(slots) if self._is_touched_by(slot)]
        return [] if any(free >= self.takes for free in self._breaks(slots[each] for each in touching)) else touching

    def said_without_time(self) -> str:
        """Say that there is none, by the clocks at its place."""
        name = "Friday" if is_friday_prayer(self.prayer, self.day) else self.prayer.title()
        minutes = self.takes // timedelta(minutes=1)
        return (
            f"On {self.day} there are no {minutes} minutes without a session for the {name} prayer between "
            f"{self.starts_at:%H:%M} and {self.ends_at:%H:%M}, as the sun is in the main town of the time zone"
        )

    def _is_touched_by(self, slot: PlacedSlot) -> bool:
        return slot.starts_at < self.ends_at and self.starts_at < slot.ends_at

    def _breaks(self, slots: Iterable[PlacedSlot]) -> Iterator[timedelta]:
        free_from = self.starts_at
        for slot in sorted(slots, key=lambda each: each.starts_at):
            yield slot.starts_at - free_from
            free_from = max(free_from, slot.ends_at)
        yield self.ends_at - free_from
