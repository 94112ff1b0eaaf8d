"""Exact decimals, which no binary float can hold: where a tie decides, 0.1 must stay 0.1."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from marshmallow import ValidationError, fields

MOST_DIGITS = 15
"""Before the point, and behind it: as many as a JSON number keeps whichever library reads it."""
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
        super().__init__(metadata={"pattern": f"^{_WRITTEN}$", "examples": [example]}, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Decimal:
        text = value if isinstance(value, str) else _written(value)
        if not re.fullmatch(_WRITTEN, text):
            raise ValidationError(
                f"A number such as 12 or 3.5 is expected, with up to {MOST_DIGITS} digits before and behind its point."
            )
        return Decimal(text)


def _written(value: Any) -> str:
    """Return a JSON number as it was written, as far as it is known for sure; nothing for what is no number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    digits = len(re.sub("[^0-9]", "", repr(value)).strip("0"))
    return repr(value) if digits <= MOST_DIGITS else ""
