"""The hours of a camp: what the clocks at its place show, and which instants these are."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from chassis.domain.errors import Invalid

OPENS_AT, CLOSES_AT = "09:00", "17:00"
"""When the first day of a camp opens and its last day closes, unless said otherwise."""


class NonexistentLocalTime(Invalid):
    """A camp opens and closes at hours that the clocks at its place show: none that is left out as they go forward."""


def instant_of(day: date, hour: str, *, zone: str) -> datetime:
    """Give the instant, in UTC, at which the clocks of a zone show this hour, such as 09:00.

    Of an hour that they show twice it is the first; of one that they leave out, the later instant, by the
    offset before they are put forward (RFC 5545 section 3.3.5).
    """
    return datetime.combine(day, time.fromisoformat(hour), ZoneInfo(zone)).astimezone(UTC)


def beginning_of(day: date, *, zone: str) -> datetime:
    """Give the instant, in UTC, at which a day begins in a zone."""
    return instant_of(day, "00:00", zone=zone)


def refuse_an_hour_that_is_left_out(day: date, hour: str, *, zone: str, pointer: str) -> None:
    """Raise NonexistentLocalTime for an hour that no clock shows, with what it would be before and after the change."""
    before, after = (_as_shown(day, hour, zone=zone, fold=fold) for fold in (1, 0))
    if f"{after:%H:%M}" != hour:
        nearest = f"{before.isoformat()} or {after.isoformat()} is expected"
        detail = f"{nearest}: the clocks of {zone} leave out {hour} on {day}"
        raise NonexistentLocalTime.at(pointer, "nonexistent_local_time", detail)


def _as_shown(day: date, hour: str, *, zone: str, fold: int) -> datetime:
    meant = datetime.combine(day, time.fromisoformat(hour), ZoneInfo(zone)).replace(fold=fold)
    return meant.astimezone(UTC).astimezone(ZoneInfo(zone))
