"""The time zones of places, read from the tables that come with the time zone database (IANA; on PyPI: tzdata).

`zone.tab` and `zone1970.tab` list the zones of places. `tzdata.zi` holds the links: other names of a zone, such as
Asia/Calcutta. What is neither is not of a place: Factory, and what has a fixed offset, such as Etc/UTC.
"""

from collections.abc import Iterator, Mapping
from importlib import resources

import tzdata


def zones_of_places() -> frozenset[str]:
    """Give the names of the zones of places, and of every link to one of them."""
    places = {columns[2] for table in ("zone.tab", "zone1970.tab") for columns in _rows(table, "\t")}
    links = {columns[2]: columns[1] for columns in _rows("tzdata.zi", " ") if columns[0] == "L"}
    zones = {links.get(place, place) for place in places}
    return frozenset(places | {link for link, zone in links.items() if zone in zones})


def countries_of_zones() -> Mapping[str, str]:
    """Give the country (ISO 3166-1 alpha-2) in which each zone's place lies, also by the zone's other names."""
    countries = {columns[2]: columns[0] for columns in _rows("zone.tab", "\t")}
    links = {columns[2]: columns[1] for columns in _rows("tzdata.zi", " ") if columns[0] == "L"}
    return {link: countries[zone] for link, zone in links.items() if zone in countries} | countries


def positions_of_zones() -> Mapping[str, tuple[float, float]]:
    """Give latitude and longitude of each zone's main town, in degrees north and east, also by its other names."""
    positions = {columns[2]: _position(columns[1]) for columns in _rows("zone.tab", "\t")}
    links = {columns[2]: columns[1] for columns in _rows("tzdata.zi", " ") if columns[0] == "L"}
    return {link: positions[zone] for link, zone in links.items() if zone in positions} | positions


def _position(written: str) -> tuple[float, float]:
    """Read it as ISO 6709 writes it, in degrees and minutes, and seconds or none: +5920+01803."""
    second = max(written.rfind("+"), written.rfind("-"))
    return _degrees(written[:second], digits=2), _degrees(written[second:], digits=3)


def _degrees(written: str, *, digits: int) -> float:
    sign, whole, rest = written[0], written[1 : digits + 1], written[digits + 1 :]
    found = int(whole) + int(rest[:2]) / 60 + int(rest[2:] or 0) / 3600
    return -found if sign == "-" else found


def law_of_zones() -> str:
    """Name the law of zones by the release of the time zone database, such as 2026f; a later one is greater."""
    release: str = tzdata.IANA_VERSION
    return release


def _rows(table: str, separator: str) -> Iterator[list[str]]:
    text = resources.files("tzdata.zoneinfo").joinpath(table).read_text(encoding="utf-8")
    return (line.split(separator) for line in text.splitlines() if not line.startswith("#"))
