"""Files of rows: what spreadsheets write is read, what is no such file is refused, and a bad row is told as one."""

from collections.abc import Iterator

import pytest

from chassis.domain.faults import Fault
from gateway.http.rows import MAX_LINE_CHARACTERS, MAX_ROWS, Row, csv_rows, ndjson_rows, parts


def in_pieces(text: str, size: int = 3) -> Iterator[bytes]:
    """The bytes of a text as a network may bring them, which respects neither lines nor characters."""
    data = text.encode()
    yield from (data[at : at + size] for at in range(0, len(data), size))


def csv_of(text: str) -> list[Row]:
    return list(csv_rows(in_pieces(text)))


def test_what_a_spreadsheet_writes_is_read_with_its_row_numbers() -> None:
    found = csv_of('\ufeffon, value,stratum\r\n"2026-01-01","12",\r\n\r\n2026-02-01,3.5,"åldre"\r\n')

    assert found == [
        {"row": 2, "members": {"on": "2026-01-01", "value": "12", "stratum": None}},
        {"row": 4, "members": {"on": "2026-02-01", "value": "3.5", "stratum": "åldre"}},
    ]


def test_a_file_without_a_line_end_at_its_end_has_its_last_row() -> None:
    assert [each["row"] for each in csv_of("on,value\n2026-01-01,1\n2026-02-01,2")] == [2, 3]


def test_a_row_with_more_or_fewer_cells_than_columns_is_a_mistake_of_that_row() -> None:
    short, comma, good = csv_of("on,value\n2026-01-01\n2026-02-01,1,5\n2026-03-01,2\n")

    assert short == {"row": 2, "mistake": "2 cells, one for each column, are expected; got 1"}
    assert comma == {"row": 3, "mistake": "2 cells, one for each column, are expected; got 3"}
    assert good["members"] == {"on": "2026-03-01", "value": "2"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on;value\n2026-01-01;1\n", "separated by commas are expected, not by ';'"),
        ("on\tvalue\n", "separated by commas are expected, not by '\\t'"),
        ("on,value,on\n", "got 'on' twice"),
        ("on,,value\n", "a name for each column is expected; got ''"),
        ("", "the names of the columns are expected; got none"),
        ('on,value\n2026-01-01,"1\n', "behind row 1"),
        ('on,value\n2026-01-01,"1"2\n', "behind row 1"),
        ("on,value\n" + "1" * (MAX_LINE_CHARACTERS + 1), f"at most {MAX_LINE_CHARACTERS} characters"),
    ],
)
def test_what_is_no_such_file_is_refused_as_a_whole(text: str, expected: str) -> None:
    with pytest.raises(Fault, match="expected") as refused:
        list(csv_rows(in_pieces(text, 4096)))

    assert (refused.value.kind, expected in refused.value.message) == ("malformed", True)


def test_spaces_around_what_a_cell_says_are_left_out_and_a_blank_one_says_nothing() -> None:
    (row,) = csv_of("on,value,stratum\n 2026-01-01 ,\t12,  \n")

    assert row["members"] == {"on": "2026-01-01", "value": "12", "stratum": None}


def test_a_cell_with_a_nul_is_a_mistake_of_its_row() -> None:
    bad, good = csv_of("on,value\n2026-01-01,1\0\n2026-02-01,2\n")

    assert bad == {"row": 2, "mistake": "Text without NUL is expected"}
    assert good["members"]["value"] == "2"


def test_what_is_not_utf_8_is_refused() -> None:
    with pytest.raises(Fault, match="UTF-8"):
        list(csv_rows([b"on,value\n", b"2026-01-01,\xe5\n"]))


def test_a_character_may_come_in_two_pieces() -> None:
    assert csv_of("stratum\nåäö\n") == [{"row": 2, "members": {"stratum": "åäö"}}]


def test_each_line_of_ndjson_is_an_object_or_a_mistake_of_that_row() -> None:
    good, empty_left_out, twice, nan, text = [
        *ndjson_rows(in_pieces('{"value": 1.5}\n\n{}\n{"a": 1, "a": 2}\n{"value": NaN}\nvalue\n'))
    ]

    assert good == {"row": 1, "members": {"value": 1.5}}
    assert empty_left_out == {"row": 3, "members": {}}
    assert "given twice" in twice["mistake"]
    assert "A number is expected; got NaN" in nan["mistake"]
    assert (text["row"], text["mistake"]) == (6, "JSON is expected; line 1, column 1 is not")


def numbered(many: int, width: int = 1) -> Iterator[Row]:
    return ({"row": number, "members": {"value": "1" * width}} for number in range(1, many + 1))


def test_rows_come_in_parts_of_a_thousand_the_last_one_marked() -> None:
    sizes = [(len(part), is_last) for part, is_last in parts(numbered(2500))]

    assert sizes == [(1000, False), (1000, False), (500, True)]


def test_an_even_number_of_rows_has_no_empty_part_at_its_end() -> None:
    assert [(len(part), is_last) for part, is_last in parts(numbered(1000))] == [(1000, True)]


def test_a_file_without_rows_has_one_part_for_the_service_to_refuse() -> None:
    assert [*parts(iter(()))] == [([], True)]


def test_rows_of_many_characters_come_in_smaller_parts() -> None:
    assert [len(part) for part, _ in parts(numbered(10, width=100_000))] == [3, 3, 3, 1]


def test_a_row_too_many_is_refused_when_it_comes_and_the_rest_is_not_read() -> None:
    rows = numbered(10**9)

    with pytest.raises(Fault, match=f"at most {MAX_ROWS} rows") as refused:
        list(parts(rows))

    assert refused.value.kind == "too_large"
    assert next(rows)["row"] == MAX_ROWS + 2
