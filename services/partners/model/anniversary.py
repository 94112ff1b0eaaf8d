"""Anniversaries: the same day in another year."""

from calendar import isleap
from datetime import date


def anniversary(of: date, year: int) -> date:
    """Give the same day in a year; that of 29 February is 28 February where there is none, so that none comes late."""
    if (of.month, of.day) == (2, 29) and not isleap(year):
        return date(year, 2, 28)
    return of.replace(year=year)


def a_year_after(day: date) -> date:
    """Give the next anniversary of a day."""
    return anniversary(day, day.year + 1)
