"""What a chart shows: plain values, from which the same chart is drawn each time."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from services.engagements.analysis.verdict import Verdict
from services.engagements.charts.findings import Finding, findings_of

ONE = Decimal(1)
MOST_PANELS = 24
MOST_ANNOTATIONS = 40
"""That are drawn; of more only the number is told."""


class CannotBeDrawn(ValueError):
    """What is to be drawn does not fit together."""


@dataclass(frozen=True, kw_only=True)
class Annotation:
    """What happened on a day: a test of change, a milestone, a visit."""

    day: date
    text: str


@dataclass(frozen=True, kw_only=True)
class Phase:
    """A stretch of a series with a centre and limits of its own; positions in its verdict are counted within it."""

    days: tuple[date, ...]
    levels: tuple[Decimal | None, ...]
    verdict: Verdict
    name: str = ""

    def __post_init__(self) -> None:
        """Raise CannotBeDrawn unless each level has its day, in the order of time."""
        if len(self.days) != len(self.levels):
            raise CannotBeDrawn(f"{len(self.days)} days, but {len(self.levels)} levels; each level has its day")
        if any(later <= earlier for earlier, later in zip(self.days, self.days[1:], strict=False)):
            raise CannotBeDrawn("days are in the order of time, each once")

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """The signals of its verdict."""
        return findings_of(self.verdict)


@dataclass(frozen=True, kw_only=True)
class Panel:
    """One series, in its phases: the whole, or a stratum of it by name."""

    phases: tuple[Phase, ...]
    name: str = ""

    @property
    def days(self) -> list[date]:
        return [day for phase in self.phases for day in phase.days]

    @property
    def levels(self) -> list[Decimal]:
        """What was measured."""
        return [level for phase in self.phases for level in phase.levels if level is not None]


@dataclass(frozen=True, kw_only=True)
class Chart:
    """One measure: its series, or several on the same axes, and what a reader needs to understand them."""

    title: str
    panels: tuple[Panel, ...]
    unit: str = ""
    scale: Decimal = ONE
    """What a level is multiplied by to be in that unit: 100 for a proportion in per cent."""
    annotations: tuple[Annotation, ...] = ()
    definition: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        """Raise CannotBeDrawn for a chart of nothing, or of more than fits on a page."""
        if not 1 <= len(self.panels) <= MOST_PANELS or not all(panel.phases for panel in self.panels):
            raise CannotBeDrawn(f"{len(self.panels)} series; a chart has 1 to {MOST_PANELS}, each with a phase")

    @property
    def verdict(self) -> Verdict:
        """The verdict on the last phase of the first series, by which the whole is described."""
        return self.panels[0].phases[-1].verdict
