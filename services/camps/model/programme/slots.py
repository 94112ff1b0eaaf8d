"""Rooms, and the slots in them: which session is where, and when by the clocks at the camp."""

from dataclasses import dataclass
from datetime import date, datetime

from services.camps.model import camp_hours


@dataclass(frozen=True, kw_only=True)
class Room:
    """A room at a camp, and how many people it has places for."""

    name: str
    capacity: int


@dataclass(frozen=True, kw_only=True)
class Slot:
    """A session in a room, on a day, from one hour to another as the clocks at the camp show them."""

    session_id: str
    room: str
    day: date
    starts: str
    ends: str

    def in_zone(self, zone: str) -> "PlacedSlot":
        """Give it with its instants, by the law of a zone as it is known now."""
        begins = camp_hours.instant_of(self.day, self.starts, zone=zone)
        ends = camp_hours.instant_of(self.day, self.ends, zone=zone)
        return PlacedSlot(**vars(self), starts_at=begins, ends_at=ends)


@dataclass(frozen=True, kw_only=True)
class PlacedSlot(Slot):
    """A slot with the instants, in UTC, at which it begins and ends."""

    starts_at: datetime
    ends_at: datetime

    def overlaps(self, other: "PlacedSlot") -> bool:
        """Whether both take place at some instant; one that ends as the other begins does not."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at
