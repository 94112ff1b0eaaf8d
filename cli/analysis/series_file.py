"""A series in a CSV file: `date,value[,denominator]`, a row for each point, an empty value for a missing one.

What a spreadsheet may write is read (a byte order mark, CRLF, quotes); whatever else is not as it should be is refused
with its row, its column, what stands there and what would be right.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Self

from cli.analysis.errors import CannotBeRead
from services.engagements.analysis.exact import MOST_DIGITS
from services.engagements.analysis.series import Observation, Series

COLUMNS = ("date", "value", "denominator")
NEEDED = COLUMNS[:2]
MOST_ROWS = 100_000
MOST_SHOWN = 40
"""Characters of what stands in a cell that are shown."""
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(rf"-?[0-9]{{1,{MOST_DIGITS}}}(\.[0-9]{{1,{MOST_DIGITS}}})?")


class Mistake(Exception):
    """What is wrong with a row."""

    @classmethod
    def in_cell(cls, column: str, found: str, right: str) -> Self:
        """Name the column, what stands there, and what would be right."""
        return cls(f"column {column}: {_shown(found)!r}: {right}")


@dataclass(frozen=True)
class DatedSeries:
    """A series in the order of its dates, and those."""

    days: tuple[date, ...]
    series: Series


def read_series(path: Path) -> DatedSeries:
    """Read a series, in the order of its dates. Raises CannotBeRead, with all that is wrong."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return _series(path, csv.reader(file, strict=True))
    except OSError as error:
        raise CannotBeRead(path, [error.strerror or str(error)]) from error
    except UnicodeDecodeError as error:
        raise CannotBeRead(path, [f"byte {error.start} is not UTF-8; save the file as CSV in UTF-8"]) from error
    except csv.Error as error:
        raise CannotBeRead(path, [f"it is no CSV file: {error}"]) from error


def _series(path: Path, rows: Iterator[list[str]]) -> DatedSeries:
    columns, points = _columns(path, next(rows, [])), _Points()
    for number, cells in enumerate(rows, 2):
        if number - 1 > MOST_ROWS:
            raise CannotBeRead(path, [f"it has more than {MOST_ROWS} rows"])
        if cells:
            points.take(number, columns, cells)
    if points.mistakes:
        raise CannotBeRead(path, points.mistakes)
    return points.in_order()


def _columns(path: Path, header: list[str]) -> list[str]:
    columns = [name.strip() for name in header]
    if len(columns) == 1 and ";" in columns[0]:
        raise CannotBeRead(path, ["row 1: columns are separated by commas, not by semicolons"])
    wrong = [f"row 1: there is no column {name!r} here; known are {', '.join(COLUMNS)}" for name in _unknown(columns)]
    wrong += [f"row 1: column {name} is missing" for name in NEEDED if name not in columns]
    wrong += [f"row 1: column {name} stands there twice" for name in COLUMNS if columns.count(name) > 1]
    if wrong:
        raise CannotBeRead(path, wrong)
    return columns


def _unknown(columns: list[str]) -> list[str]:
    return [_shown(name) for name in columns if name not in COLUMNS]


class _Points:
    """What is read so far, and what was wrong with the rest."""

    def __init__(self) -> None:
        self.mistakes: list[str] = []
        self._points: dict[date, tuple[int, Observation]] = {}

    def take(self, number: int, columns: list[str], cells: list[str]) -> None:
        """Take up the point of a row, or what is wrong with it."""
        try:
            if len(cells) != len(columns):
                raise Mistake(f"{len(cells)} cells, but {len(columns)} columns")
            row = dict(zip(columns, (cell.strip() for cell in cells), strict=True))
            self._keep(number, _day(row["date"]), _observation(row))
        except Mistake as mistake:
            self.mistakes.append(f"row {number}: {mistake}")

    def _keep(self, number: int, day: date, observation: Observation) -> None:
        if day in self._points:
            raise Mistake.in_cell("date", str(day), f"row {self._points[day][0]} is of the same day")
        self._points[day] = number, observation

    def in_order(self) -> DatedSeries:
        days = tuple(sorted(self._points))
        return DatedSeries(days, Series(self._points[day][1] for day in days))


def _day(text: str) -> date:
    if not _DAY.fullmatch(text):
        raise Mistake.in_cell("date", text, "write a day as 2026-03-31")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Mistake.in_cell("date", text, "there is no such day") from None


def _observation(row: dict[str, str]) -> Observation:
    value = _number("value", row["value"]) if row["value"] else None
    if "denominator" not in row or (value is None and not row["denominator"]):
        return Observation(value)
    denominator = _number("denominator", row["denominator"])
    if denominator <= 0:
        raise Mistake.in_cell("denominator", row["denominator"], "a denominator is more than 0")
    return Observation(value, denominator)


def _number(column: str, text: str) -> Decimal:
    if not _NUMBER.fullmatch(text):
        right = f"write a number as 12 or 3.5, with a decimal point and at most {MOST_DIGITS} digits on either side"
        raise Mistake.in_cell(column, text, f"{right}{'; leave it empty if it is missing' * (column == 'value')}")
    return Decimal(text)


def _shown(text: str) -> str:
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"
