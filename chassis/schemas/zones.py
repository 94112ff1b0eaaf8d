"""The time zones of places, read from the tables that come with the time zone database (IANA; on PyPI: tzdata).

`zone.tab` and `zone1970.tab` list the zones of places. `tzdata.zi` holds the links: other names of a zone, such as
Asia/Calcutta. What is neither is not of a place: Factory, and what has a fixed offset, such as Etc/UTC.
"""

from collections.abc import Iterator
from importlib import resources


def zones_of_places() -> frozenset[str]:
    """Give the names of the zones of places, and of every link to one of them."""
    places = {columns[2] for table in ("zone.tab", "zone1970.tab") for columns in _rows(table, "\t")}
    links = {columns[2]: columns[1] for columns in _rows("tzdata.zi", " ") if columns[0] == "L"}
    zones = {links.get(place, place) for place in places}
    return frozenset(places | {link for link, zone in links.items() if zone in zones})


def _rows(table: str, separator: str) -> Iterator[list[str]]:
    text = resources.files("tzdata.zoneinfo").joinpath(table).read_text(encoding="utf-8")
    return (line.split(separator) for line in text.splitlines() if not line.startswith("#"))
