"""What an organisation was called before."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

DAY = timedelta(days=1)


class NameEndsBeforeItBegins(ValueError):
    """A name was used until the day from which it was used, or until a later one."""


@dataclass(frozen=True, kw_only=True)
class FormerName:
    """A name that is not used any more: from when, null where that is not known, until which last day.

    Raises NameEndsBeforeItBegins.
    """

    name: str
    used_from: date | None = None
    used_until: date

    def __post_init__(self) -> None:
        """Hold to it that it was used for a day at least."""
        if self.used_from and self.used_until < self.used_from:
            raise NameEndsBeforeItBegins(f"A day from {self.used_from} on is expected")

    def was_used_on(self, day: date) -> bool:
        """Whether it was the name on a day."""
        return day <= self.used_until and (self.used_from is None or self.used_from <= day)


def name_of_day(day: date, *, former: Sequence[FormerName]) -> FormerName | None:
    """Give the former name of a day, the one that ended first of several; None where the present one is all one has."""
    return min((each for each in former if each.was_used_on(day)), key=lambda each: each.used_until, default=None)


def names_before(day: date, former: Sequence[FormerName]) -> list[FormerName]:
    """Give the former names where another one is used from a day on: what was to be used then ended the day before.

    What was to be used from that day on, or a later one, is said never to have been.
    """
    last = day - DAY
    begun = [each for each in former if each.used_from is None or each.used_from <= last]
    return [replace(each, used_until=min(each.used_until, last)) for each in begun]
