"""Where the partners are, as SVG: a plain grid of continents, each roughly where it lies on a map, with its countries.

Pure: from numbers to a picture. It has no script, no style sheet, no link and no font of its own; a continent with
partners has a thick frame, one without a dashed frame, so that it is read in black and white, and a title and a
description say the same in words.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

PLACES: Mapping[str, tuple[int, int]] = {
    "north_america": (0, 0),
    "europe": (1, 0),
    "asia": (2, 0),
    "south_america": (0, 1),
    "africa": (1, 1),
    "oceania": (2, 1),
    "antarctica": (1, 2),
}
"""Column and row of each; Antarctica is there only when a partner is."""
WIDTH_OF_BOX, GAP, MARGIN, HEAD = 264, 20, 24, 64
WIDTH = 2 * MARGIN + 3 * WIDTH_OF_BOX + 2 * GAP
LINE, ABOVE_COUNTRIES, LOWEST = 19, 62, 120
_FONT = "font-family='Helvetica, Arial, sans-serif'"


@dataclass(frozen=True, kw_only=True)
class Country:
    """A country with partners: what it is called, on which continent it lies, and how many there are."""

    name: str
    continent: str
    partners: int


def continent_grid(*, title: str, countries: Sequence[Country]) -> str:
    """Draw it; each continent has its countries, those with most partners first."""
    by_continent = {name: _of(name, countries) for name in PLACES}
    shown = {name: found for name, found in by_continent.items() if found or name != "antarctica"}
    tops, height = _rows(shown)
    parts = [
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {height}' width='{WIDTH}' height='{height}' "
        "role='img' aria-labelledby='title desc'>",
        f"<title id='title'>{_escaped(title)}</title>",
        f"<desc id='desc'>{_escaped(described(countries))}</desc>",
        f"<rect width='{WIDTH}' height='{height}' fill='#ffffff'/>",
        _text(MARGIN, 38, title, size=20, weight="bold"),
        *(_box(name, found, tops) for name, found in shown.items()),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def described(countries: Sequence[Country]) -> str:
    """Say in words what the picture shows: how many partners each continent and each of its countries has."""
    sentences = [_sentence(name, found) for name in PLACES if (found := _of(name, countries))]
    return " ".join(sentences) or "There is no partner."


def _sentence(name: str, found: Sequence[Country]) -> str:
    listed = ", ".join(f"{each.name} {each.partners}" for each in found)
    return f"{_called(name)}: {_counted(found)} ({listed})."


def _of(continent: str, countries: Iterable[Country]) -> list[Country]:
    lie_there = [each for each in countries if each.continent == continent and each.partners]
    return sorted(lie_there, key=lambda each: (-each.partners, each.name))


def _rows(shown: Mapping[str, Sequence[Country]]) -> tuple[list[tuple[int, int]], int]:
    """Give top and height of each row, as high as its fullest continent needs, and the height of all."""
    tops, y = [], HEAD
    for row in sorted({PLACES[name][1] for name in shown}):
        most = max(len(found) for name, found in shown.items() if PLACES[name][1] == row)
        tops.append((y, max(LOWEST, ABOVE_COUNTRIES + most * LINE + 8)))
        y += tops[-1][1] + GAP
    return tops, y - GAP + MARGIN


def _box(name: str, found: Sequence[Country], tops: Sequence[tuple[int, int]]) -> str:
    column, row = PLACES[name]
    left, (top, height) = MARGIN + column * (WIDTH_OF_BOX + GAP), tops[row]
    line = "stroke-width='3'" if found else "stroke-width='1' stroke-dasharray='5 4'"
    frame = f"<rect x='{left}' y='{top}' width='{WIDTH_OF_BOX}' height='{height}' fill='none' stroke='#000000' {line}/>"
    heading = _text(left + 14, top + 26, _called(name), size=16, weight="bold" if found else "")
    number = _text(left + 14, top + 46, _counted(found), size=13)
    listed = [_country(each, left, top + ABOVE_COUNTRIES + 8 + at * LINE) for at, each in enumerate(found)]
    return "\n".join([f"<g>{frame}", heading, number, *listed, "</g>"])


def _country(country: Country, left: int, y: int) -> str:
    right = left + WIDTH_OF_BOX - 14
    return _text(left + 14, y, country.name) + "\n" + _text(right, y, str(country.partners), anchor="end")


def _called(continent: str) -> str:
    return continent.replace("_", " ").title()


def _counted(found: Sequence[Country]) -> str:
    number = sum(each.partners for each in found)
    return "1 partner" if number == 1 else f"{number or 'no'} partners"


def _text(x: float, y: float, text: str, *, size: int = 13, weight: str = "", anchor: str = "") -> str:
    more = f" font-weight='{weight}'" if weight else ""
    more += f" text-anchor='{anchor}'" if anchor else ""
    return f"<text x='{x:g}' y='{y:g}' {_FONT} font-size='{size}' fill='#000000'{more}>{_escaped(text)}</text>"


def _escaped(text: str) -> str:
    """Write a text such that nothing in it is markup."""
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#39;")):
        text = text.replace(character, entity)
    return text
