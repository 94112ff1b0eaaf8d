"""Reads a table of records: a CSV file whose columns are named after members, with dots where a member has members.

What a spreadsheet may write is read (a byte order mark, CRLF, quotes, empty rows); whatever else is not as it should be
is refused with its row, its column, what stands there and what would be right.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from cli.imports.mistakes import Mistake, Place
from cli.imports.records import Record
from gateway.contracts import JsonSchema

YES_NO = {"true": True, "yes": True, "false": False, "no": False}


def read_table(path: Path, *, file: str, columns: Mapping[str, JsonSchema], mistakes: list[Mistake]) -> list[Record]:
    """Read the records of a table, and add to `mistakes` what is wrong."""
    place = Place(file=file)
    try:
        with path.open(encoding="utf-8-sig", newline="") as opened:
            return list(_records(place, csv.reader(opened, strict=True), columns, mistakes))
    except UnicodeDecodeError as error:
        mistakes.append(Mistake(place=place, detail=f"byte {error.start} is not UTF-8; save the file as CSV in UTF-8"))
    except csv.Error as error:
        mistakes.append(Mistake(place=place, detail=f"it is no CSV file: {error}"))
    except OSError as error:
        mistakes.append(Mistake(place=place, detail=f"it cannot be read: {error.strerror or error}"))
    return []


def _records(
    place: Place, rows: Iterator[list[str]], columns: Mapping[str, JsonSchema], mistakes: list[Mistake]
) -> Iterator[Record]:
    header = [name.strip() for name in next(rows, [])]
    wrong = list(_wrong_columns(place, header, columns))
    mistakes.extend(wrong)
    if wrong:
        return
    for number, cells in enumerate(rows, 2):
        if not any(cell.strip() for cell in cells):
            continue
        at = Place(file=place.file, row=number)
        if len(cells) != len(header):
            mistakes.append(Mistake(place=at, detail=f"{len(cells)} cells, but {len(header)} columns"))
            continue
        yield Record(place=at, members=_members(header, cells, columns))


def _wrong_columns(place: Place, header: list[str], columns: Mapping[str, JsonSchema]) -> Iterator[Mistake]:
    at = Place(file=place.file, row=1)
    if not any(header):
        yield Mistake(place=at, detail=f"the names of columns are expected: {', '.join(columns)}")
    elif len(header) == 1 and ";" in header[0]:
        yield Mistake(place=at, detail="columns are separated by commas, not by semicolons")
    else:
        for name in dict.fromkeys(header):
            if name not in columns:
                yield Mistake(place=at, detail=f"there is no such column; known are {', '.join(columns)}", found=name)
            elif header.count(name) > 1:
                yield Mistake(place=at, detail="this column stands there twice", found=name)


def _members(header: list[str], cells: list[str], columns: Mapping[str, JsonSchema]) -> dict[str, Any]:
    """Give the members of a row; what is empty is not there."""
    members: dict[str, Any] = {}
    for name, cell in zip(header, cells, strict=True):
        if text := cell.strip():
            *above, last = name.split(".")
            inside = members
            for each in above:
                inside = inside.setdefault(each, {})
            inside[last] = _value(text, columns[name])
    return members


def _value(text: str, schema: JsonSchema) -> Any:
    """Give a cell the type of its member; what cannot have it stays text, and is refused as such."""
    types = schema.get("type", ())
    if "integer" in types and re.fullmatch(r"-?[0-9]{1,18}", text):
        return int(text)
    if "boolean" in types:
        return YES_NO.get(text.lower(), text)
    return text
