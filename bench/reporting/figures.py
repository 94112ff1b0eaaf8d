"""Summary statistics."""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True)
class Spread:
    """The median of some values, their minimum and their maximum."""

    median: float
    least: float
    most: float

    def shown(self, digits: int) -> str:
        """Format it for a table cell."""
        return f"{self.median:.{digits}f} ({self.least:.{digits}f}–{self.most:.{digits}f})"


def spread(values: Iterable[float]) -> Spread:

    known = list(values)
    return Spread(statistics.median(known), min(known), max(known))


def percentile(values: Sequence[float], share: float) -> float:
    """Give the smallest value that at least this share of the values, more than 0, does not exceed."""
    return sorted(values)[ceil(share * len(values)) - 1]
