"""Days on the scale across: what is between them says how they are named, the year stands where it begins."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from matplotlib.ticker import Formatter

from services.engagements.charts.plot import EPOCH
from services.engagements.charts.wording import MONTHS


class DayFormatter(Formatter):
    """Names years, months or days; the same in every language of a machine."""

    def __call__(self, value: float, pos: int | None = None) -> str:
        """Return the name of one day."""
        return self.format_ticks([value])[0]

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        """Return the names of days, with the year at the first and where another one begins."""
        found = [date.fromordinal(int(value) + EPOCH) for value in values]
        begins = [True, *(before.year != after.year for before, after in pairwise(found))]
        only_years = all((each.month, each.day) == (1, 1) for each in found)
        if only_years:
            return [str(each.year) for each in found]
        only_months = all(each.day == 1 for each in found)
        names = [MONTHS[each.month - 1] if only_months else f"{each.day} {MONTHS[each.month - 1]}" for each in found]
        return [f"{name}\n{each.year}" if new else name for name, each, new in zip(names, found, begins, strict=True)]
