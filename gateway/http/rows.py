"""Rows of a file in the body of a request, read as they come: CSV (RFC 4180) or NDJSON, within limits.

A file that is no such file is refused as a whole; a row that cannot be read is told with the others' mistakes, for
whoever sends a file wants to know of all of them.
"""

import codecs
import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from chassis.domain.faults import Fault
from chassis.schemas.validation import shown
from gateway.http import strict_json

CSV, NDJSON = "text/csv", "application/x-ndjson"
MAX_FILE_BYTES = 32 * 1024 * 1024
MAX_ROWS = 100_000
MAX_LINE_CHARACTERS = 64 * 1024
ROWS_OF_A_PART = 1000
MISTAKE_CHARACTERS = 450
CHARACTERS_OF_A_PART = 256 * 1024
Row = dict[str, Any]
"""`row`, its number in the file, with `members`; or with the `mistake` that made them impossible to read."""


def parts(rows: Iterable[Row]) -> Iterator[tuple[list[Row], bool]]:
    """Divide rows into parts that one call can carry, each with whether it is the last; a file has at least one.

    Raises Fault `too_large` at the row that is one too many.
    """
    part: list[Row] = []
    characters = 0
    for number, row in enumerate(rows, 1):
        if number > MAX_ROWS:
            raise too_many_rows()
        if len(part) == ROWS_OF_A_PART or characters > CHARACTERS_OF_A_PART:
            yield part, False
            part, characters = [], 0
        part.append(row)
        characters += sum(len(str(value)) for value in (row.get("members") or {}).values())
    yield part, True


def too_many_rows() -> Fault:
    """Give the refusal of a file that is too long."""
    message = f"A file of at most {MAX_ROWS} rows and {MAX_FILE_BYTES} bytes is expected; divide it"
    return Fault(kind="too_large", code="file_too_large", message=message)


def csv_rows(chunks: Iterable[bytes]) -> Iterator[Row]:
    """Read CSV with a row of column names first; raises Fault `malformed`. Rows without any cell are left out."""
    reader = csv.reader(_lines(chunks), strict=True)
    number = 1
    try:
        columns = _columns(next(reader, []))
        for number, cells in enumerate(reader, 2):
            if cells:
                yield _csv_row(number, columns, cells)
    except csv.Error as error:
        raise _malformed(f"CSV is expected; behind row {number}: {error}") from None


def ndjson_rows(chunks: Iterable[bytes]) -> Iterator[Row]:
    """Read a JSON object from each line; raises Fault `malformed`. Empty lines are left out."""
    for number, line in enumerate(_lines(chunks), 1):
        if line.strip():
            yield _ndjson_row(number, line)


FORMATS: Mapping[str, Callable[[Iterable[bytes]], Iterator[Row]]] = {CSV: csv_rows, NDJSON: ndjson_rows}


def _columns(cells: list[str]) -> list[str]:
    columns = [name.strip() for name in cells]
    if len(columns) == 1 and (mark := next((mark for mark in ";\t" if mark in columns[0]), "")):
        raise _malformed(f"Row 1: columns separated by commas are expected, not by {mark!r}")
    if not any(columns):
        raise _malformed("Row 1: the names of the columns are expected; got none")
    for name in columns:
        if not name or len(name) > strict_json.MAX_NAME_LENGTH:
            raise _malformed(f"Row 1: a name for each column is expected; got {shown(name)}")
        if columns.count(name) > 1:
            raise _malformed(f"Row 1: each column once is expected; got {shown(name)} twice")
    return columns


def _csv_row(number: int, columns: list[str], cells: list[str]) -> Row:
    if len(cells) != len(columns):
        return {"row": number, "mistake": f"{len(columns)} cells, one for each column, are expected; got {len(cells)}"}
    if any("\0" in cell for cell in cells):
        return {"row": number, "mistake": "Text without NUL is expected"}
    members = {name: cell.strip() or None for name, cell in zip(columns, cells, strict=True)}
    return {"row": number, "members": members}


def _ndjson_row(number: int, line: str) -> Row:
    try:
        return {"row": number, "members": strict_json.read(line.encode())}
    except Fault as fault:
        return {"row": number, "mistake": fault.message[:MISTAKE_CHARACTERS]}


def _lines(chunks: Iterable[bytes]) -> Iterator[str]:
    """Yield lines with their ends; the byte order mark that spreadsheets write is left out."""
    decoder, rest = codecs.getincrementaldecoder("utf-8-sig")(), ""
    for chunk in chunks:
        *whole, rest = (rest + _decoded(decoder, chunk)).split("\n")
        for line in whole:
            yield _bounded(line) + "\n"
        _bounded(rest)
    rest += _decoded(decoder, b"", final=True)
    if rest:
        yield _bounded(rest)


def _decoded(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> str:
    try:
        return decoder.decode(chunk, final)
    except UnicodeDecodeError:
        raise _malformed("A file in UTF-8 is expected") from None


def _bounded(line: str) -> str:
    if len(line) > MAX_LINE_CHARACTERS:
        raise _malformed(f"Lines of at most {MAX_LINE_CHARACTERS} characters are expected")
    return line


def _malformed(message: str) -> Fault:
    return Fault(kind="malformed", code="malformed_file", message=message)
