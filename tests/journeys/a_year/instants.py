"""Instants as letters give them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


def instant_of(text: str | None) -> datetime | None:
    """Give an instant as letters give it: to the minute."""
    return datetime.fromisoformat(text).replace(second=0, microsecond=0).astimezone(UTC) if text else None


def end_of(day: str | None, zone: str) -> datetime | None:
    midnight = datetime.min.time()
    return (
        datetime.combine(date.fromisoformat(day) + timedelta(1), midnight, ZoneInfo(zone)).astimezone(UTC)
        if day
        else None
    )
