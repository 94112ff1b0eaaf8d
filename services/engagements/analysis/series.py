"""A series: what was measured, in the order of time, where some of it is missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from services.engagements.analysis.exact import all_rounded, ratio


@dataclass(frozen=True, slots=True)
class Observation:
    """One point of a series: a value, or a count and what it is counted in; `value` None says that it is missing."""

    value: Decimal | None
    denominator: Decimal | None = None
    """More than 0, or None where values are measured and not counted."""

    @property
    def level(self) -> Decimal | None:
        """What a chart shows: the value, or the count for each one of its denominator."""
        if self.value is None or self.denominator is None:
            return self.value
        return ratio(self.value, self.denominator)


class Series:
    """Observations in the order of time; their positions are counted from 1, those of missing ones too."""

    def __init__(self, observations: Iterable[Observation]) -> None:
        self.observations = tuple(observations)
        measured = [(at, each) for at, each in enumerate(self.observations, 1) if each.value is not None]
        self.positions = [at for at, _ in measured]
        """Where something was measured."""
        self.shown = all_rounded(level for _, each in measured if (level := each.level) is not None)
        """Its levels, as they are compared."""
        self.measured = list(zip(self.positions, self.shown, strict=True))
        """Position and level of what is not missing."""
        self.levels = self._at_each_position()
        """What is shown at each position, as it is compared."""

    def _at_each_position(self) -> tuple[Decimal | None, ...]:
        if len(self.shown) == len(self.observations):
            return tuple(self.shown)
        return tuple(map(dict(self.measured).get, range(1, len(self.observations) + 1)))

    def measured_within(self, first: int | None) -> list[tuple[int, Decimal]]:
        """Return position and level of what is not missing of the first so many positions, or of all if None."""
        return self.measured if first is None else [each for each in self.measured if each[0] <= first]
