"""Numbers that are kept to the last digit: which of those written are taken, and as what."""

import json
from decimal import Decimal

import pytest
from marshmallow import ValidationError

from chassis.schemas.decimals import ExactDecimal


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ('"0.10"', "0.10"),
        ('"-3"', "-3"),
        ("0.1", "0.1"),
        ("12", "12"),
        ("0.00001", "0.00001"),
        ("2.5e-7", "0.00000025"),
        ("1e3", "1000.0"),
        ("999999999999999", "999999999999999"),
    ],
)
def test_a_number_is_taken_as_it_was_written(written: str, meant: str) -> None:
    taken = ExactDecimal().deserialize(json.loads(written))

    assert (taken, str(taken.normalize())) == (Decimal(meant), str(Decimal(meant).normalize()))


@pytest.mark.parametrize(
    "written",
    ["1e15", "-1.3058999871295876e-23", "1e-16", "0.1234567890123456", '"1e3"', '"1,5"', '" 1"', '""', "true",
     '"1234567890123456"', "1e400"],
)  # fmt: skip
def test_what_is_no_number_of_fifteen_digits_is_refused(written: str) -> None:
    with pytest.raises(ValidationError, match="up to 15 digits before and behind its point"):
        ExactDecimal().deserialize(json.loads(written))
