"""Rows of many data points as they came, read one by one: what can be read, and what is wrong with the rest."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from chassis.domain.errors import Invalid
from chassis.schemas.validation import InvalidFields, load, shown
from services.engagements.model.measurement.aggregate_only import refuse_names_of_people
from services.engagements.model.measurement.batch import Mistake
from services.engagements.model.measurement.data_point import Value
from services.engagements.schemas.measurement import DataPointRow

COLUMNS = tuple(DataPointRow().fields)
NEEDED = COLUMNS[:2]
_READER = DataPointRow()


class UnknownColumn(Invalid):
    """The columns are on, value, denominator and stratum."""


class ColumnMissing(Invalid):
    """Each row has at least the columns on and value."""


@dataclass(frozen=True, kw_only=True)
class Given:
    """What a row says, by the names of what a data point is made from."""

    on: date
    stratum: str | None
    given: Value


@dataclass(frozen=True, kw_only=True)
class GivenRow:
    """What a row says, and its number."""

    row: int
    given: Given


def given_rows(rows: list[dict[str, Any]]) -> tuple[list[GivenRow], list[Mistake]]:
    """Read rows.

    Raises LooksLikeAPersons, UnknownColumn or ColumnMissing: a wrong column is said once, and not for each row.
    """
    there = [each["members"] for each in rows if each.get("members") is not None]
    _refuse_columns(there)
    given, mistakes = [], []
    for each in rows:
        try:
            given.append(GivenRow(row=each["row"], given=_given(each)))
        except _Unreadable as unreadable:
            mistakes.extend(unreadable.mistakes)
    return given, mistakes


class _Unreadable(Exception):
    """A row that cannot be read."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        super().__init__(mistakes)
        self.mistakes = mistakes


def _given(row: Mapping[str, Any]) -> Given:
    if row.get("members") is None:
        detail = row.get("mistake") or "A row with a day and a value is expected"
        raise _Unreadable([Mistake(row=row["row"], column=None, code="malformed", detail=detail)])
    try:
        found = load(_READER, row["members"])
    except InvalidFields as error:
        raise _Unreadable(_told(row["row"], error)) from None
    value = Value(value=found["value"], denominator=found["denominator"])
    return Given(on=found["on"], stratum=found["stratum"], given=value)


def _told(row: int, error: InvalidFields) -> list[Mistake]:
    return [
        Mistake(row=row, column=each["pointer"].strip("/").partition("/")[0], code=each["code"], detail=each["detail"])
        for each in error.fields
    ]


def _refuse_columns(rows: list[Mapping[str, Any]]) -> None:
    names = list(dict.fromkeys(name for row in rows for name in row))
    refuse_names_of_people(names)
    for name in names:
        if name not in COLUMNS:
            detail = f"One of {', '.join(COLUMNS)} is expected; got {shown(name)}"
            raise UnknownColumn.at(f"/{name[:60]}", "unknown_column", detail)
    for name in NEEDED:
        if rows and name not in names:
            raise ColumnMissing.at(f"/{name}", "missing_column", f"A column {name} is expected; no row has it")
