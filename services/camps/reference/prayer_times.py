"""Times of prayer at a place, by the sun, as most calendars have them.

Dhuhr begins as the sun is highest, Asr as a shadow is longer than then by what casts it (the rule of the majority;
the Hanafi one is later), Maghrib at sunset. Each is due until the next begins; Maghrib is looked at for an hour.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from chassis.schemas.zones import positions_of_zones
from services.camps.model.programme.prayer_times import Prayer, PrayerTime, is_friday_prayer
from services.camps.reference.sun import SUNSET, Noon, Position, noon_near

_POSITION_OF = positions_of_zones()
_MAGHRIB_LASTS = timedelta(minutes=60)
_FRIDAY_PRAYER_IS_OVER_AFTER = timedelta(minutes=90)
_NOON = time(12)


def prayer_times(zone: str, *, first: date, last: date) -> Sequence[PrayerTime]:
    """Give those of some days in the main town of a zone, by the table of zones; none where the zone has no place.

    Of one whose beginning or end is not to be had, since the sun does not set or does not rise, nothing is said.
    """
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return [each for day in days for each in of_day(day, zone, _POSITION_OF[zone])] if zone in _POSITION_OF else []


def of_day(day: date, zone: str, position: tuple[float, float]) -> Iterator[PrayerTime]:
    """Give those of a day at a place, latitude and longitude in degrees, whose clocks are those of a zone."""
    clocks = ZoneInfo(zone)
    midday = datetime.combine(day, _NOON, clocks).astimezone(UTC)
    noon = noon_near(midday, Position(latitude=position[0], longitude=position[1]))
    for (prayer, starts_at), (_, next_at) in pairwise(_beginnings(noon)):
        if starts_at and next_at:
            ends_at = min(next_at, starts_at + _longest(prayer, day))
            yield PrayerTime(
                prayer=prayer, day=day, starts_at=starts_at.astimezone(clocks), ends_at=ends_at.astimezone(clocks)
            )


def _beginnings(noon: Noon) -> list[tuple[Prayer, datetime | None]]:
    sunset = noon.when_at(SUNSET)
    over = sunset + _MAGHRIB_LASTS if sunset else None
    return [
        (Prayer.DHUHR, noon.at),
        (Prayer.ASR, noon.when_shadows_are_longer(lengths=1)),
        (Prayer.MAGHRIB, sunset),
        (Prayer.MAGHRIB, over),
    ]


def _longest(prayer: Prayer, day: date) -> timedelta:
    return _FRIDAY_PRAYER_IS_OVER_AFTER if is_friday_prayer(prayer, day) else timedelta(days=1)
