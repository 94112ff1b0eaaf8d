"""Where the sun is: when it is highest on a day, and when it is at some height after that.

By the U.S. Naval Observatory, "Computing Approximate Solar Coordinates" (aa.usno.navy.mil/faq/sun_approx): an arc
minute from 1800 to 2200, and so less than a minute of time. Heights and places are in degrees, north and east positive.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import acos, asin, atan, atan2, cos, degrees, radians, sin, tan

J2000 = datetime(2000, 1, 1, 12, tzinfo=UTC)
AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)
DEGREES_AN_HOUR = 15
SUNSET = -0.833
"""The height of its centre as it sets: half its width, and what the air bends (34 minutes of arc)."""


@dataclass(frozen=True, kw_only=True)
class Position:
    """A place on the earth."""

    latitude: float
    longitude: float


@dataclass(frozen=True, kw_only=True)
class Noon:
    """When the sun is highest at a place, and how far north it is then."""

    at: datetime
    declination: float
    latitude: float

    @property
    def height(self) -> float:
        """Give how high the sun is then."""
        return 90 - abs(self.latitude - self.declination)

    def when_at(self, height: float) -> datetime | None:
        """Give when it is down to a height in the afternoon; None if it is always lower, or higher, on this day."""
        north, place = radians(self.declination), radians(self.latitude)
        turned = (sin(radians(height)) - sin(place) * sin(north)) / (cos(place) * cos(north))
        return self.at + timedelta(hours=degrees(acos(turned)) / DEGREES_AN_HOUR) if -1 <= turned <= 1 else None

    def when_shadows_are_longer(self, lengths: int) -> datetime | None:
        """Give when the shadow of what stands upright is longer than at noon by so many lengths of that.

        None if the sun does not rise, or is not as low as that on this day.
        """
        if self.height <= 0:
            return None
        at_noon = tan(radians(90 - self.height))
        return self.when_at(degrees(atan(1 / (lengths + at_noon))))


def noon_near(moment: datetime, position: Position) -> Noon:
    """Give the noon that is less than half a day from a moment."""
    declination, ahead = _sun_at(moment)
    hours = (J2000 - moment) / AN_HOUR - position.longitude / DEGREES_AN_HOUR - ahead
    at = moment + timedelta(hours=(hours + 12) % 24 - 12)
    return Noon(at=at, declination=declination, latitude=position.latitude)


def _sun_at(moment: datetime) -> tuple[float, float]:
    """Give its declination, and by how many hours true time is ahead of mean time (the equation of time)."""
    days = (moment - J2000) / A_DAY
    anomaly = radians(357.529 + 0.98560028 * days)
    mean_longitude = 280.459 + 0.98564736 * days
    longitude = radians(mean_longitude + 1.915 * sin(anomaly) + 0.020 * sin(2 * anomaly))
    tilt = radians(23.439 - 0.00000036 * days)
    ascension = degrees(atan2(cos(tilt) * sin(longitude), cos(longitude)))
    ahead = (mean_longitude - ascension + 180) % 360 - 180
    return degrees(asin(sin(tilt) * sin(longitude))), ahead / DEGREES_AN_HOUR
