"""A series from a file: what a spreadsheet may write is read, what is wrong is told by row, column, value and rule."""

from decimal import Decimal
from pathlib import Path

import pytest

from cli.analysis.errors import CannotBeRead
from cli.analysis.series_file import MOST_ROWS, read_series

HEADER = "date,value"
COUNTED = "date,value,denominator"
NUMBER = "write a number as 12 or 3.5, with a decimal point and at most 15 digits on either side"
VALUE = f"{NUMBER}; leave it empty if it is missing"


def levels(tmp_path: Path, content: str | bytes) -> list[Decimal | None]:
    path = tmp_path / "waiting.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return [None if each is None else each.normalize() for each in read_series(path).series.levels]


def mistakes(tmp_path: Path, content: str | bytes) -> list[str]:
    with pytest.raises(CannotBeRead) as refused:
        levels(tmp_path, content)
    first, *told = str(refused.value).split("\n  ")
    assert first == "waiting.csv cannot be read:"
    return told


@pytest.mark.parametrize(
    "content",
    [
        "date,value\n2026-01-01,12\n2026-01-02,\n2026-01-03,3.5\n",
        "\ufeffdate,value\r\n2026-01-01,12\r\n2026-01-02,\r\n2026-01-03,3.5\r\n",
        'value,date\n"12","2026-01-01"\n,"2026-01-02"\n 3.5 ,2026-01-03',
        "date,value\n2026-01-03,3.5\n2026-01-01,12\n\n2026-01-02,\n",
    ],
    ids=["plain", "byte order mark and CRLF", "quotes and another order of columns", "another order of days"],
)
def test_a_series_is_read_in_the_order_of_its_days_as_a_spreadsheet_may_write_it(tmp_path: Path, content: str) -> None:
    assert levels(tmp_path, content) == [12, None, Decimal("3.5")]


def test_a_count_keeps_what_it_is_counted_in(tmp_path: Path) -> None:
    assert levels(tmp_path, f"{COUNTED}\n2026-01-01,1,4\n2026-01-02,,\n2026-01-03,,9\n") == [
        Decimal("0.25"),
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("2026-02-29,1", "row 2: column date: '2026-02-29': there is no such day"),
        ("01/02/2026,1", "row 2: column date: '01/02/2026': write a day as 2026-03-31"),
        (",1", "row 2: column date: '': write a day as 2026-03-31"),
        ("2026-01-01,NaN", f"row 2: column value: 'NaN': {VALUE}"),
        ("2026-01-01,-inf", f"row 2: column value: '-inf': {VALUE}"),
        ("2026-01-01,=1+1", f"row 2: column value: '=1+1': {VALUE}"),
        ("2026-01-01,@SUM(A1)", f"row 2: column value: '@SUM(A1)': {VALUE}"),
        ('2026-01-01,"3,5"', f"row 2: column value: '3,5': {VALUE}"),
        ("2026-01-01,1e400", f"row 2: column value: '1e400': {VALUE}"),
        ("2026-01-01,٣", f"row 2: column value: '٣': {VALUE}"),
        ("2026-01-01,1234567890123456", f"row 2: column value: '1234567890123456': {VALUE}"),
        ("2026-01-01,1,2", "row 2: 3 cells, but 2 columns"),
        (f"2026-01-01,{'9' * 60}x", f"row 2: column value: '{'9' * 40}…': {VALUE}"),
    ],
)
def test_a_cell_that_is_wrong_is_told_with_what_would_be_right(tmp_path: Path, row: str, told: str) -> None:
    assert mistakes(tmp_path, f"{HEADER}\n{row}\n") == [told]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("2026-01-01,1,0", "row 2: column denominator: '0': a denominator is more than 0"),
        ("2026-01-01,1,-4", "row 2: column denominator: '-4': a denominator is more than 0"),
        ("2026-01-01,1,", f"row 2: column denominator: '': {NUMBER}"),
    ],
)
def test_a_count_needs_a_denominator_that_is_more_than_nothing(tmp_path: Path, row: str, told: str) -> None:
    assert mistakes(tmp_path, f"{COUNTED}\n{row}\n") == [told]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("date;value\n2026-01-01;1\n", "row 1: columns are separated by commas, not by semicolons"),
        (
            "date,value,patient_name\n",
            "row 1: there is no column 'patient_name' here; known are date, value, denominator",
        ),
        ("date\n2026-01-01\n", "row 1: column value is missing"),
        ("date,value,value\n", "row 1: column value stands there twice"),
        ('date,value\n2026-01-01,"1\n', "it is no CSV file: unexpected end of data"),
        ("date,value\n2026-01-01,1ü\n".encode("latin-1"), "byte 23 is not UTF-8; save the file as CSV in UTF-8"),
    ],
)
def test_a_file_that_is_no_series_is_told_so(tmp_path: Path, content: str | bytes, told: str) -> None:
    assert mistakes(tmp_path, content) == [told]


def test_a_file_without_columns_is_told_which_it_needs(tmp_path: Path) -> None:
    assert mistakes(tmp_path, "") == ["row 1: column date is missing", "row 1: column value is missing"]


def test_two_points_of_one_day_are_told_by_both_of_their_rows(tmp_path: Path) -> None:
    told = mistakes(tmp_path, f"{HEADER}\n2026-01-01,1\n2026-01-02,1\n2026-01-01,2\n")

    assert told == ["row 4: column date: '2026-01-01': row 2 is of the same day"]


def test_of_many_mistakes_the_first_twenty_are_told_and_how_many_more_there_are(tmp_path: Path) -> None:
    told = mistakes(tmp_path, f"{HEADER}\n" + "never,1\n" * 25)

    assert (len(told), told[-1]) == (21, "and 5 more")


def test_a_file_that_does_not_end_is_not_read_to_its_end(tmp_path: Path) -> None:
    assert mistakes(tmp_path, f"{HEADER}\n" + "\n" * (MOST_ROWS + 1)) == [f"it has more than {MOST_ROWS} rows"]


def test_a_file_that_is_not_there_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(CannotBeRead, match=r"nowhere\.csv cannot be read:\n  No such file or directory"):
        read_series(tmp_path / "nowhere.csv")
