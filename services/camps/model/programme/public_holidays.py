"""Public holidays: on which days people where somebody is do not work."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, kw_only=True)
class PublicHolidays:
    """The public holidays at a place, a country or a part of one (ISO 3166), each with its name."""

    place: str | None = None
    days: Mapping[date, str] = field(default_factory=dict)


NO_HOLIDAYS = PublicHolidays()
"""Of a place that is not known."""
