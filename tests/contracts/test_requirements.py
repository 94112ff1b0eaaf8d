"""What docs/requirements.md says of each row of the programme's description is there to be looked at."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from gateway.routes import TABLES

REPOSITORY = Path(__file__).parents[2]
ROWS_OF_THE_DESCRIPTION = 64


def rows() -> Iterator[list[str]]:
    lines = (REPOSITORY / "docs" / "requirements.md").read_text().splitlines()
    table = [line for line in lines if re.match(r"\| \d+(–\d+)? \|", line)]
    return ([cell.strip() for cell in line.strip("|").split("|")] for line in table)


def numbers(row: list[str]) -> range:
    """The rows of the description that one row here is about."""
    first, _, last = row[0].partition("–")
    return range(int(first), int(last or first) + 1)


def sentences() -> set[str]:
    """Every test there is, as the sentence it is."""
    code = (path.read_text() for path in (REPOSITORY / "tests").rglob("test_*.py"))
    return {name.replace("_", " ") for text in code for name in re.findall(r"def test_(\w+)\(", text)}


def operations() -> set[str]:
    routes = (route for table in TABLES.values() for route in table)
    return {f"{route.method} {route.path.replace('<', '{').replace('>', '}')}" for route in routes}


def test_every_row_of_the_description_is_listed_once() -> None:
    listed = [number for row in rows() for number in numbers(row)]

    assert listed == list(range(1, ROWS_OF_THE_DESCRIPTION + 1))


@pytest.mark.parametrize("row", list(rows()), ids=lambda row: row[0])
def test_a_row_is_shown_by_tests_that_are_there_or_open(row: list[str]) -> None:
    _, _, operation, shown, missing = row

    assert bool(operation) == bool(shown)
    assert not operation or operation.strip("`") in operations()
    assert set(filter(None, shown.split("; "))) <= sentences()
    assert shown or missing == "open"
    assert not missing or missing.startswith("open")
