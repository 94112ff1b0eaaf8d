"""Reads the files of data points, one for each measure: what the service would not take is said before it is sent."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

from cli.imports import layout
from cli.imports.csv_tables import read_table
from cli.imports.mistakes import Mistake, Place
from cli.imports.records import Record
from cli.imports.schema_check import contract, mistakes_in
from services.engagements.model.measurement.periods import Frequency, period_of

RECORDS_DATA_POINTS = "engagements.record_data_points"
MOST_ROWS = 100_000
IN_MANY = frozenset({"measure_id"})
Series = tuple[date, str | None]
"""The first day of a period, and a stratum; None for all together."""


@dataclass(frozen=True, kw_only=True)
class DataPointFile:
    """The data points of one measure."""

    measure: Record
    place: Place
    rows: list[Record]

    @property
    def frequency(self) -> Frequency:
        return Frequency(self.measure.members["frequency"])

    def series(self, row: Record) -> Series:
        """Give the period of a row, and its stratum."""
        return period_of(date.fromisoformat(row.members["on"]), self.frequency), row.members.get("stratum")


def read_data_points(
    path: Path, *, measures: list[Record], strata: list[Record], mistakes: list[Mistake]
) -> list[DataPointFile]:
    """Read the files of data points, and add to `mistakes` what is wrong."""
    by_key = {each.key: each for each in measures}
    found = []
    for each in sorted((path / layout.DATA_POINTS).glob("*")):
        place = Place(file=f"{layout.DATA_POINTS}/{each.name}")
        if each.suffix != ".csv" or each.stem not in by_key:
            detail = f"a CSV file named after a measure is expected: {', '.join(f'{key}.csv' for key in by_key)}"
            mistakes.append(Mistake(place=place, detail=detail))
            continue
        rows = read_table(each, file=place.file, columns=_columns(), mistakes=mistakes)
        measure = by_key[each.stem]
        read = DataPointFile(measure=measure, place=place, rows=rows)
        codes = [str(each.members.get("code")) for each in strata if each.members.get("measure_id") == measure.key]
        mistakes.extend(_wrong(read, codes))
        found.append(read)
    return found


def as_csv(rows: list[Record]) -> bytes:
    """Write rows as the API takes them."""
    text = StringIO()
    writer = csv.DictWriter(text, list(_columns()))
    writer.writeheader()
    writer.writerows(dict(each.members) for each in rows)
    return text.getvalue().encode()


def _columns() -> Mapping[str, Any]:
    points: Mapping[str, Any] = contract(RECORDS_DATA_POINTS).members["data_points"]
    items = points["items"]
    if "$ref" in items:
        items = contract(RECORDS_DATA_POINTS).schemas[items["$ref"].rpartition("/")[2]]
    columns: Mapping[str, Any] = items["properties"]
    return columns


def _wrong(read: DataPointFile, codes: list[str]) -> Iterator[Mistake]:
    if not read.rows or len(read.rows) > MOST_ROWS:
        yield Mistake(place=read.place, detail=f"1 to {MOST_ROWS:,} rows are expected; there are {len(read.rows):,}")
        return
    first: dict[Series, Record] = {}
    for row in read.rows:
        wrong = list(_wrong_row(row, codes))
        yield from wrong
        if not wrong and "frequency" in read.measure.members:
            yield from _period_twice(read, row, first)


def _wrong_row(row: Record, codes: list[str]) -> Iterator[Mistake]:
    for pointer, expected in mistakes_in(RECORDS_DATA_POINTS, {"data_points": [dict(row.members)]}, given=IN_MANY):
        yield row.mistake(pointer.removeprefix("/data_points/0"), expected)
    stratum = row.members.get("stratum")
    if stratum is not None and stratum not in codes:
        there = f"one of {', '.join(codes)}, or nothing for all together," if codes else "nothing"
        yield row.mistake("/stratum", f"{there} is expected, as strata.csv has it")


def _period_twice(read: DataPointFile, row: Record, first: dict[Series, Record]) -> Iterator[Mistake]:
    try:
        series = read.series(row)
    except ValueError:  # the frequency is no such thing, which is said of the measure
        return
    if series in first:
        yield row.mistake("/on", f"one row for each period is expected; row {first[series].place.row} is of the same")
    first.setdefault(series, row)
