"""The rhythm in which a measure is collected: every data point belongs to one period of it."""

from datetime import date, timedelta
from enum import StrEnum


class Frequency(StrEnum):
    """How often a measure is collected."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


def period_of(day: date, frequency: Frequency) -> date:
    """Return the first day of the period that a day lies in; weeks begin on Monday (ISO 8601)."""
    if frequency is Frequency.WEEKLY:
        return day - timedelta(days=day.weekday())
    if frequency is Frequency.MONTHLY:
        return day.replace(day=1)
    if frequency is Frequency.QUARTERLY:
        return day.replace(month=day.month - (day.month - 1) % 3, day=1)
    return day


def next_period(period: date, frequency: Frequency) -> date:
    """Return the first day of the period that follows one."""
    longest = {Frequency.DAILY: 1, Frequency.WEEKLY: 7, Frequency.MONTHLY: 31, Frequency.QUARTERLY: 92}
    return period_of(period + timedelta(days=longest[frequency]), frequency)
