"""Reports of benchmarks, made only from the stored figures, so that they can be written again at any time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.reporting.charts import Dots, Lines

AT_LEAST, AT_MOST = "≥", "≤"
HEAD = ("promise", "promised", "measured", "")


@dataclass(frozen=True, kw_only=True)
class Promise:
    """A promised figure, and the measured one; not `in_full` when a quick run measured less than was promised for."""

    what: str
    bound: str
    limit: float
    unit: str = ""
    found: float
    measured: str
    in_full: bool = True

    @property
    def holds(self) -> bool:
        """Whether the measured figure keeps the limit."""
        return self.found >= self.limit if self.bound == AT_LEAST else self.found <= self.limit

    @property
    def promised(self) -> str:
        """The limit, as text."""
        return f"{self.bound} {self.limit:g} {self.unit}".rstrip()

    @property
    def verdict(self) -> str:
        """The result, as text."""
        held = "holds" if self.in_full else "holds in a shorter run"
        return held if self.holds else "**missed**"

    def row(self) -> list[str]:
        """Give the table row for `HEAD`."""
        return [self.what, self.promised, self.measured, self.verdict]


@dataclass(frozen=True, kw_only=True)
class Report:
    """The report of one benchmark: promises, a chart of one or more panels, and details."""

    title: str
    promises: Sequence[Promise]
    panels: Sequence[Dots | Lines]
    details: str

    @property
    def missed(self) -> list[str]:

        return [each.what for each in self.promises if not each.holds]


Reporting = Callable[[Mapping[str, Any]], Report]
"""Makes the report of a benchmark from its stored figures."""
