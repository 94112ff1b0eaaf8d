"""Which days a camp may have: those of its season and year, to come, and not too many."""

from datetime import date, timedelta
from enum import StrEnum

from chassis.domain.errors import Invalid

MOST_DAYS = 14
"""Leaders leave their work for a camp for days, not for weeks: more is a day or a month mistaken for another."""


class Season(StrEnum):
    """There is a camp in each of these every year (the institute's programme description)."""

    SUMMER = "summer"
    WINTER = "winter"


class DaysOfAnotherSeason(Invalid):
    """A camp begins in the season and the year whose camp it is."""


class CampInThePast(Invalid):
    """A camp is still to begin, by the days of its place."""


class EndsBeforeItStarts(Invalid):
    """A camp ends on the day it starts or later."""


class CampTooLong(Invalid):
    """A camp lasts two weeks at most."""


def refuse_days_that_cannot_be(*, season: Season, year: int, starts_on: date, ends_on: date, today: date) -> None:
    """Raise what is wrong about a camp's days; `today` is the day at its place."""
    _refuse_another_season(season, year, starts_on)
    if starts_on < today:
        detail = f"{today} (today, where the camp takes place) or a later day is expected; got '{starts_on}'"
        raise CampInThePast.at("/starts_on", "past", detail)
    if ends_on < starts_on:
        detail = f"{starts_on} (starts_on) or a later day is expected; got '{ends_on}'"
        raise EndsBeforeItStarts.at("/ends_on", "before_start", detail)
    last = starts_on + timedelta(days=MOST_DAYS - 1)
    if ends_on > last:
        detail = f"{last} ({MOST_DAYS} days with starts_on) or an earlier day is expected; got '{ends_on}'"
        raise CampTooLong.at("/ends_on", "too_long", detail)


def _refuse_another_season(season: Season, year: int, starts_on: date) -> None:
    spans = _spans(season, year)
    if not any(first <= starts_on <= last for first, last in spans):
        possible = " or ".join(f"from {first} to {last}" for first, last in spans)
        detail = f"For the {season} camp of {year} a day {possible} is expected; got '{starts_on}'"
        raise DaysOfAnotherSeason.at("/starts_on", "another_season", detail)


def _spans(season: Season, year: int) -> list[tuple[date, date]]:
    """Give from when to when a camp of that name may begin: the institute's half-years, wherever the camp is.

    A winter has two years: its camp from January to March is called by either, as the institute says.
    """
    if season is Season.SUMMER:
        return [(date(year, 4, 1), date(year, 9, 30))]
    return [(date(year, 1, 1), date(year, 3, 31)), (date(year, 10, 1), date(year + 1, 3, 31))]
