"""Many measurements in few figures."""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True)
class Spread:
    """The median of some rounds, and how far they lie apart."""

    median: float
    least: float
    most: float

    def shown(self, digits: int) -> str:
        """As a cell of a table."""
        return f"{self.median:.{digits}f} ({self.least:.{digits}f}–{self.most:.{digits}f})"


def spread(values: Iterable[float]) -> Spread:
    """Give the median, the least and the most."""
    known = list(values)
    return Spread(statistics.median(known), min(known), max(known))


def percentile(values: Sequence[float], share: float) -> float:
    """Give the value that this share of them, which is more than 0, does not exceed."""
    return sorted(values)[ceil(share * len(values)) - 1]
