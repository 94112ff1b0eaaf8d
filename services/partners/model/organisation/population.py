"""Whom an organisation serves."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class PopulationServed:
    """How many people an organisation serves, by which source, and of which day the number is.

    `people` counts each person once; who counted, and what, is the source's.
    """

    people: int
    source: str
    counted_on: date
