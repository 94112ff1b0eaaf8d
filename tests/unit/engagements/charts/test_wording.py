"""Texts of charts: on one line, cut, divided into lines that fit; numbers and days as people read them."""

from datetime import date
from decimal import Decimal

import pytest

from services.engagements.charts.wording import cleaned, days, lines_of, number, width_of


@pytest.mark.parametrize(
    ("given", "shown"),
    [("12", "12"), ("12.50", "12.5"), ("21.923077", "21.92"), ("1234.56", "1,235"), ("0.0012345", "0.001234"),
     ("0", "0"), ("-3.10", "-3.1"), ("1000000", "1,000,000"), ("100", "100"), ("0.30000000000000004", "0.3")],
)  # fmt: skip
def test_a_number_has_four_digits_that_matter(given: str, shown: str) -> None:
    assert number(Decimal(given)) == shown


def test_days_are_named_the_same_in_every_language_of_a_machine() -> None:
    assert days(date(2026, 1, 5), date(2026, 1, 5)) == "5 Jan 2026"
    assert days(date(2025, 12, 31), date(2026, 3, 1)) == "31 Dec 2025 – 1 Mar 2026"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("two\nlines\tand  spaces ", "two lines and spaces"),
        ("a\x07b", "a\ufffdb"),
        ("0123456789" * 5, f"{'0123456789' * 3}…"),
    ],
)
def test_a_text_is_on_one_line_and_has_an_end(given: str, shown: str) -> None:
    assert cleaned(given, most=31) == shown


@pytest.mark.parametrize("text", ["a few words that are too long for one line", "W" * 100, "血" * 100, "x" * 300])
def test_no_line_is_wider_than_its_page_and_no_character_is_lost(text: str) -> None:
    lines = lines_of(text, width=100, size=8)

    assert max(width_of(line, size=8) for line in lines) <= 100
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_nothing_has_no_lines() -> None:
    assert lines_of(" ", width=100, size=8) == []
