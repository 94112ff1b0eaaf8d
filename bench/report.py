"""What a measure found, made from nothing but the figures that are kept: so it can be written again at any time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.charts import Dots, Lines

AT_LEAST, AT_MOST = "≥", "≤"
HEAD = ("promise", "promised", "measured", "")


@dataclass(frozen=True, kw_only=True)
class Promise:
    """One figure that is promised, and what was found; `in_full` unless less was measured than it speaks of."""

    what: str
    bound: str
    limit: float
    unit: str = ""
    found: float
    measured: str
    in_full: bool = True

    @property
    def holds(self) -> bool:
        """Whether what was found is on the right side of the limit."""
        return self.found >= self.limit if self.bound == AT_LEAST else self.found <= self.limit

    @property
    def promised(self) -> str:
        """The limit, in words."""
        return f"{self.bound} {self.limit:g} {self.unit}".rstrip()

    @property
    def verdict(self) -> str:
        """In a word or a few."""
        held = "holds" if self.in_full else "holds in a shorter run"
        return held if self.holds else "**missed**"

    def row(self) -> list[str]:
        """As a row below `HEAD`."""
        return [self.what, self.promised, self.measured, self.verdict]


@dataclass(frozen=True, kw_only=True)
class Report:
    """What is shown of a measure: the promises, a picture of one panel or more, and the details."""

    title: str
    promises: Sequence[Promise]
    panels: Sequence[Dots | Lines]
    details: str

    @property
    def missed(self) -> list[str]:
        """The promises that do not hold."""
        return [each.what for each in self.promises if not each.holds]


Reporting = Callable[[Mapping[str, Any]], Report]
"""Makes a report of what was kept of a measure: its figures, and how they were measured."""
