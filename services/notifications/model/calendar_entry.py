"""What a recipient's diary is told of a camp, by iTIP (RFC 5546): at most one entry, which later letters change.

Whether a diary has it is known by letters: those that may have arrived at its address. A file asks to enter it or takes
it out again, and diaries believe the one with the highest sequence, in whatever order they get them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from chassis.domain.aggregate import Aggregate


class Method(StrEnum):
    """What a file asks a diary to do (RFC 5546, section 1.4)."""

    REQUEST = "request"
    CANCEL = "cancel"


@dataclass(frozen=True, kw_only=True)
class Appointment:
    """What stands in a diary: days are days at the camp, in its `zone`; instants are in UTC.

    `begins_at` and `ends_at` are None for a camp of which only the days were told. It is `sure` once the recipient's
    coming is; before that it stands there as tentative.
    """

    title: str
    place: str
    zone: str
    starts_on: date
    ends_on: date
    begins_at: datetime | None = None
    ends_at: datetime | None = None
    sure: bool = False

    def is_over(self, at: datetime) -> bool:
        """Whether its last day is over wherever one is."""
        return at.date() > self.ends_on + timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class CalendarFile:
    """What a letter carries for a diary; `about_id` is the camp, and its entry is the recipient's at an address."""

    about_id: str
    method: Method
    sequence: int
    appointment: Appointment


class Carrier(Protocol):
    """A letter with a file for a diary that may be there, or come there."""

    calendar: CalendarFile | None

    @property
    def surely_arrives(self) -> bool:
        """Whether it was sent, or will be as far as is known."""


@dataclass(kw_only=True)
class CalendarEntry(Aggregate):
    """A recipient's entry of a camp, under the ids of both; `sequence` is that of its last file, or -1."""

    camp_id: str
    recipient_id: str
    partner_id: str | None
    sequence: int = -1
    method: Method | None = None

    def tell(self, wanted: Appointment | None, *, told: Sequence[Carrier]) -> CalendarFile | None:
        """Give the file by which a diary has what is `wanted`, or nothing if that is None; None if it has that already.

        `told` are the letters with files that its address has or may get. A file that may not have arrived is given
        again, with its sequence; what is otherwise than before has a higher one. Nothing is taken out of a diary that
        cannot have it.
        """
        files = [letter.calendar for letter in told if letter.calendar]
        last = max(files, key=lambda file: file.sequence, default=None)
        if wanted is None:
            if last is None:
                return None
            wanted, method = last.appointment, Method.CANCEL
        else:
            method = Method.REQUEST
        if last and (last.method, last.appointment) == (method, wanted):
            arrives = any(letter.surely_arrives for letter in told if letter.calendar == last)
            return None if arrives else last
        return self._next(method, wanted)

    def _next(self, method: Method, appointment: Appointment) -> CalendarFile:
        self.sequence += 1
        self.method = method
        return CalendarFile(about_id=self.camp_id, method=method, sequence=self.sequence, appointment=appointment)
