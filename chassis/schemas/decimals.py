"""Exact decimals, which no binary float can hold: where a tie decides, 0.1 must stay 0.1."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from marshmallow import ValidationError, fields

MOST_DIGITS = 15
"""Before the point, and behind it: as many as a JSON number keeps whichever library reads it."""
_MOST = 10**MOST_DIGITS - 1
_WRITTEN = rf"-?[0-9]{{1,{MOST_DIGITS}}}(\.[0-9]{{1,{MOST_DIGITS}}})?"


class DecimalText(fields.String):
    """A decimal number in an answer: text, so that whoever reads it loses no digit."""

    def __init__(self, **kwargs: Any) -> None:
        """Say that it is a decimal (OpenAPI's registry of formats)."""
        super().__init__(metadata={"format": "decimal", "examples": ["12.5"]}, **kwargs)


class ExactDecimal(fields.Field[Decimal]):
    """A decimal number, as JSON text or as a JSON number of at most 15 digits; answered as text."""

    def __init__(self, *, example: str = "12.5", **kwargs: Any) -> None:
        """Take a number; `example` is one that documents show."""
        described = {"pattern": f"^{_WRITTEN}$", "minimum": -_MOST, "maximum": _MOST, "examples": [example]}
        super().__init__(metadata=described, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Decimal:
        if not self.takes(value):
            raise ValidationError(
                f"A number such as 12 or 3.5 is expected, with up to {MOST_DIGITS} digits before and behind its point."
            )
        return Decimal(_written(value))

    @staticmethod
    def takes(value: Any) -> bool:
        """Whether a value is such a number."""
        return bool(re.fullmatch(_WRITTEN, _written(value)))


def _written(value: Any) -> str:
    """Return a number as it was written, as far as that is known for sure; nothing for what is no number."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    digits = len(re.sub("[^0-9]", "", repr(value).partition("e")[0]).strip("0"))
    return format(Decimal(repr(value)), "f") if digits <= MOST_DIGITS else ""
