"""A page that is filled from the top: texts and plots below each other, measured in points."""

from collections.abc import Iterable
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from services.engagements.charts.style import INK, MARGIN, TEXT, WIDTH

POINTS_PER_INCH = 72
LINE = 1.4
"""Height of a line, in parts of the size of its type."""


class Page:
    """A figure of a fixed width; what is put on it goes below what is there already."""

    def __init__(self, *, height: float) -> None:
        self.height = height
        self.figure = Figure(figsize=(WIDTH / POINTS_PER_INCH, height / POINTS_PER_INCH), dpi=POINTS_PER_INCH)
        FigureCanvasSVG(self.figure)
        self._used = MARGIN / 2

    def skip(self, height: float) -> None:
        """Leave room."""
        self._used += height

    def write(self, lines: Iterable[str], *, size: float = TEXT, left: float = MARGIN, **how: Any) -> None:
        """Write lines of text below each other."""
        for line in lines:
            self._used += size * LINE
            self.text(left, self._used - size * (LINE - 1), line, size=size, **how)

    def text(self, left: float, down: float, line: str, *, size: float = TEXT, **how: Any) -> None:
        """Write a line at a place, measured from the upper left corner."""
        across, up = left / WIDTH, 1 - down / self.height
        self.figure.text(across, up, line, fontsize=size, va="baseline", **{"color": INK, **how})

    def plot(self, *, left: float, width: float, height: float, down: float = 0) -> Axes:
        """Return axes at the place that is reached, so far below it; what follows is still to be `skip`ped to."""
        bottom = 1 - (self._used + down + height) / self.height
        return self.figure.add_axes((left / WIDTH, bottom, width / WIDTH, height / self.height))

    @property
    def reached(self) -> float:
        """How far down it is filled."""
        return self._used
