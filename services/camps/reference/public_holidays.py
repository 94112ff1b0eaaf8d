"""Public holidays of countries and their parts, as the library `holidays` knows them.

It knows the laws, and computes what follows the moon: such a day is an estimate until it is announced, and its name
says so. It is imported when it is first asked, for that takes 17 MB and a tenth of a second.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

from chassis.schemas.zones import countries_of_zones
from services.camps.model.programme.public_holidays import PublicHolidays

_COUNTRY_OF = countries_of_zones()
_ENGLISH = "en_US"
_A_DAY = timedelta(days=1)


def country_of(zone: str) -> str | None:
    """Give the country (ISO 3166-1 alpha-2) in which the clocks are those of a zone; None for the zone of no place."""
    return _COUNTRY_OF.get(zone)


def where(zone: str, subdivision: str | None) -> str | None:
    """Give where somebody is whose clocks are those of a zone: in this part of its country, if it is one of it."""
    country = country_of(zone)
    return subdivision if country and (subdivision or "").startswith(f"{country}-") else country


def public_holidays(place: str | None, *, first: date, last: date) -> PublicHolidays:
    """Give the public holidays at a place from the day before `first` to the day after `last`, by their English names.

    The days around are those of clocks that are ahead or behind. Of an unknown place there are none.
    """
    first, last = first - _A_DAY, last + _A_DAY
    years = range(first.year, last.year + 1) if place else ()
    known = {day: name for year in years for day, name in _of_year(place or "", year).items()}
    return PublicHolidays(place=place, days={day: name for day, name in known.items() if first <= day <= last})


@lru_cache(maxsize=128)
def _of_year(place: str, year: int) -> Mapping[date, str]:
    """Give those of a year; of a part of a country without holidays of its own, those of the country."""
    import holidays

    country, _, part = place.partition("-")
    for subdivision in (part, None) if part else (None,):
        try:
            return dict(holidays.country_holidays(country, subdiv=subdivision, years=year, language=_ENGLISH))
        except NotImplementedError:
            continue
    return {}
