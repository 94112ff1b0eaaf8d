"""Charts in SVG: dot plots and line charts, each with the promised limit.

Own code: neither leather nor pygal has dot plots with whiskers and a limit, and matplotlib with its dependencies is
larger than all benchmarks.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import count, cycle
from math import ceil, floor, log10

from bench.reporting.figures import spread

WIDTH, LEFT, RIGHT, FIGURES = 700, 190, 545, 570
TITLE, HEADING, AXIS, ROW, PLOT = 30, 34, 28, 22, 190
"""In pixels: the columns for names, plot and figures, and the heights of the parts."""
INK, GRID, PROMISED = "#222222", "#dddddd", "#c00020"
COLOURS = ("#0072b2", "#b35900", "#00795a", "#a0307a", "#222222")
FONT = "font-family='Helvetica, Arial, sans-serif' font-size='12'"
Points = Sequence[tuple[float, float]]


class Scale:
    """A linear scale from values to pixels, from 0 to a round number above the maximum."""

    def __init__(self, most: float, *, begin: float, end: float) -> None:
        """Map 0 to `begin`, and a round number of at least `most` to `end`."""
        rough = most / 5
        size = 10 ** floor(log10(rough))
        self.step = next(size * each for each in (1, 2, 5, 10) if size * each >= rough)
        self.top = ceil(most / self.step) * self.step
        self._begin, self._end = begin, end

    def at(self, value: float) -> float:
        """Give the pixel of a value."""
        return round(self._begin + (self._end - self._begin) * value / self.top, 1)

    def ticks(self) -> Mapping[str, float]:
        """Give the labels of the axis with their pixels."""
        values = [number * self.step for number in range(round(self.top / self.step) + 1)]
        return {f"{value:,g}": self.at(value) for value in values}


@dataclass(frozen=True, kw_only=True)
class Dots:
    """A dot plot with a row for each name: each value, the median, and a whisker from minimum to maximum.

    The promised limit is a vertical line.
    """

    heading: str
    rows: Mapping[str, Sequence[float]]
    promised: Mapping[str, float] = field(default_factory=dict)
    digits: int = 2

    @property
    def height(self) -> int:
        """Pixels from the heading to below the axis."""
        return HEADING + ROW * len(self.rows) + AXIS

    def drawn(self) -> Iterator[str]:
        """Give its SVG elements."""
        every = [*(value for values in self.rows.values() for value in values), *self.promised.values()]
        across, bottom = Scale(max(every), begin=LEFT, end=RIGHT), HEADING + ROW * len(self.rows)
        yield _text(LEFT, HEADING - 14, self.heading, more="font-weight='bold'")
        for written, x in across.ticks().items():
            yield _line((x, HEADING), (x, bottom), GRID)
            yield _text(x, bottom + 16, written, anchor="middle")
        for number, (name, values) in enumerate(self.rows.items()):
            yield from self._row(name, values, across, HEADING + ROW * number + ROW // 2)
        yield _text(FIGURES, bottom + 16, "median (least–most)")
        for named, value in self.promised.items():
            x = across.at(value)
            yield _line((x, HEADING - 4), (x, bottom), PROMISED, more="class='promised' stroke-width='2'")
            yield _promised(FIGURES, HEADING - 14, named)

    def _row(self, name: str, values: Sequence[float], across: Scale, y: int) -> Iterator[str]:
        found = spread(values)
        yield _text(LEFT - 10, y + 4, name, anchor="end")
        yield _line((across.at(found.least), y), (across.at(found.most), y), COLOURS[0], more="stroke-width='2'")
        yield from (_dot(across.at(each), y, radius=2.5, more="opacity='0.5'") for each in values)
        yield _dot(across.at(found.median), y, radius=5, more="class='median'")
        yield _text(FIGURES, y + 4, found.shown(self.digits))


@dataclass(frozen=True, kw_only=True)
class Lines:
    """A line chart with a line for each name and each promised limit."""

    heading: str
    across: str
    lines: Mapping[str, Points]
    promised: Mapping[str, Points]
    ticks: Mapping[float, str] = field(default_factory=dict)
    """Labels of the horizontal axis, if not the values."""

    height = HEADING + PLOT + AXIS + 16

    def drawn(self) -> Iterator[str]:
        """Give its SVG elements."""
        points = [point for line in (*self.lines.values(), *self.promised.values()) for point in line]
        bottom, end = HEADING + PLOT, RIGHT - 15
        across = Scale(max(x for x, _ in points), begin=60, end=end)
        up = Scale(max(y for _, y in points), begin=bottom, end=HEADING)
        yield _text(60, HEADING - 14, self.heading, more="font-weight='bold'")
        for written, y in up.ticks().items():
            yield _line((60, y), (end, y), GRID)
            yield _text(52, y + 4, written, anchor="end")
        for written, x in ({self.ticks[value]: across.at(value) for value in self.ticks} or across.ticks()).items():
            yield _text(x, bottom + 16, written, anchor="middle")
        yield _text((60 + end) / 2, bottom + 34, self.across, anchor="middle")
        legend = count(HEADING + 8, 18)
        for (named, line), y in zip(self.promised.items(), legend, strict=False):
            yield _path([(across.at(x), up.at(y)) for x, y in line], PROMISED, more="class='promised'")
            yield _promised(RIGHT + 10, y, named)
        for (name, line), colour, y in zip(self.lines.items(), cycle(COLOURS), legend, strict=False):
            yield _path([(across.at(x), up.at(y)) for x, y in line], colour)
            yield _text(RIGHT + 10, y, name, more=f"fill='{colour}' font-weight='bold'")


def picture(title: str, *panels: Dots | Lines) -> str:
    """Give a self-contained SVG document with the panels below each other."""
    height = TITLE + sum(panel.height for panel in panels)
    elements, top = [_text(16, 22, title, more="font-size='15' font-weight='bold'")], TITLE
    for panel in panels:
        elements += [f"<g transform='translate(0 {top})'>", *panel.drawn(), "</g>"]
        top += panel.height
    size = f"viewBox='0 0 {WIDTH} {height}' width='{WIDTH}' height='{height}'"
    head = f"<svg xmlns='http://www.w3.org/2000/svg' {size} role='img' {FONT}>\n<title>{escape(title)}</title>"
    return "\n".join([head, "<rect width='100%' height='100%' fill='white'/>", *elements, "</svg>\n"])


def _text(x: float, y: float, words: str, *, anchor: str = "start", more: str = "") -> str:
    fill = "" if "fill=" in more else f" fill='{INK}'"
    return f"<text x='{x}' y='{y}' text-anchor='{anchor}'{fill} {more}>{escape(words)}</text>"


def _promised(x: float, y: float, named: str) -> str:
    return _text(x, y, f"promised {named}", more=f"fill='{PROMISED}' font-weight='bold'")


def _line(begin: tuple[float, float], end: tuple[float, float], colour: str, *, more: str = "") -> str:
    return f"<line x1='{begin[0]}' y1='{begin[1]}' x2='{end[0]}' y2='{end[1]}' stroke='{colour}' {more}/>"


def _dot(x: float, y: float, *, radius: float, more: str) -> str:
    return f"<circle cx='{x}' cy='{y}' r='{radius}' fill='{COLOURS[0]}' {more}/>"


def _path(points: Points, colour: str, *, more: str = "") -> str:
    drawn = " ".join(f"{x},{y}" for x, y in points)
    return f"<polyline points='{drawn}' fill='none' stroke='{colour}' stroke-width='2' {more}/>"
