"""Where everything is on the page of a chart: what it says above the plots, what it rests on below them."""

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator
from matplotlib.ticker import FuncFormatter, MaxNLocator

from services.engagements.analysis.critical_values import FEWEST_USEFUL
from services.engagements.charts.annotating import FLAG, ROWS, annotation_lines, draw_flags, flag_rows, shown_of
from services.engagements.charts.chart import Chart, Panel
from services.engagements.charts.days import DayFormatter
from services.engagements.charts.description import heading_of, remarks_of
from services.engagements.charts.key import draw_key
from services.engagements.charts.page import LINE, Page
from services.engagements.charts.plot import Labelled, at, draw_panel, name_lines
from services.engagements.charts.sentences import NOT_ENOUGH, sentences_of
from services.engagements.charts.strip import ROW, draw_strip, rules_found
from services.engagements.charts.style import LEFT, MARGIN, NARROW_RIGHT, PALE, RIGHT, RULE, SMALL, TEXT, TITLE, WIDTH
from services.engagements.charts.wording import cleaned, lines_of, number

FULL = WIDTH - 2 * MARGIN
PLOT = {1: 270.0, 2: 150.0}
"""Height of a plot, by how many stand beside each other."""
BETWEEN, AXIS, KEY = 14.0, 30.0, 20.0


@dataclass(frozen=True, kw_only=True)
class Grid:
    """Plots beside and below each other, all of one size, with the same scales."""

    columns: int
    rows: int
    rules: list[str]
    flags: float

    @classmethod
    def of(cls, chart: Chart) -> "Grid":
        count = len(chart.panels)
        columns = 1 if count == 1 else 2
        grid = cls(columns=columns, rows=ceil(count / columns), rules=rules_found(chart.panels), flags=0)
        return cls(columns=columns, rows=grid.rows, rules=grid.rules, flags=_flags_height(chart, width=grid.width))

    @property
    def named(self) -> bool:
        """Whether each plot has a name of its own above it."""
        return self.columns > 1

    @property
    def width(self) -> float:
        """The width of one plot."""
        return FULL / self.columns - LEFT - (NARROW_RIGHT if self.named else RIGHT)

    @property
    def strip(self) -> float:
        return len(self.rules) * ROW

    @property
    def height(self) -> float:
        """The height of one plot, with everything that belongs to it."""
        name = 26.0 if self.named else 0.0
        return name + self.flags + PLOT[self.columns] + 4 + self.strip + AXIS

    @property
    def above(self) -> float:
        """What is above the plot itself."""
        return self.height - PLOT[self.columns] - 4 - self.strip - AXIS


def page_of(chart: Chart) -> Page:
    """Return the page of a chart, with everything on it."""
    grid, head, foot = Grid.of(chart), _head(chart), _foot(chart)
    annotations = annotation_lines(chart, width=FULL)
    texts = sum(len(lines) * size * LINE for lines, size in (*head, (annotations, SMALL), (foot, SMALL)))
    page = Page(height=texts + grid.rows * (grid.height + BETWEEN) + KEY + 6 * 3 + MARGIN)
    _write_head(page, head)
    _draw_grid(page, chart, grid)
    draw_key(page, chart, annotated=bool(annotations))
    page.skip(KEY)
    page.write(annotations, size=SMALL)
    page.skip(6)
    page.write(foot, size=SMALL, color=PALE)
    return page


def _head(chart: Chart) -> list[tuple[list[str], float]]:
    """Return what stands above the plots, with the size of its type: title, kind and unit, findings."""
    title = lines_of(cleaned(chart.title, most=200), width=FULL, size=TITLE * 1.1)
    kind = lines_of(heading_of(chart), width=FULL, size=TEXT)
    found = [line for each in _findings(chart) for line in lines_of(each, width=FULL, size=TEXT)]
    return [(title, TITLE), (kind, TEXT), (found, TEXT)]


def _findings(chart: Chart) -> list[str]:
    """Return what one series says; of several each says it under its own plot."""
    return sentences_of(chart.panels[0]) if len(chart.panels) == 1 else []


def _foot(chart: Chart) -> list[str]:
    return [line for each in remarks_of(chart) for line in lines_of(each, width=FULL, size=SMALL)]


def _write_head(page: Page, head: list[tuple[list[str], float]]) -> None:
    title, kind, found = head
    page.write(title[0], size=title[1], fontweight="bold")
    page.write(kind[0], size=kind[1], color=PALE)
    page.skip(6)
    for line in found[0]:
        page.write([line], size=found[1], fontweight="bold" if line.startswith(NOT_ENOUGH) else "normal")
    page.skip(6)


def _flags_height(chart: Chart, *, width: float) -> float:
    annotations = shown_of(chart)
    if not annotations:
        return 4.0
    first, last = _across(chart)
    rows = flag_rows(annotations, first=first, last=last, width=width)
    return 4.0 + FLAG * min(max(rows) + 1, ROWS)


def _across(chart: Chart) -> tuple[float, float]:
    """Return from when to when the plots go: all that was measured, and all that happened, and a little more."""
    days = [day for panel in chart.panels for day in panel.days] + [each.day for each in shown_of(chart)]
    first, last = (min(days), max(days)) if days else (date(1970, 1, 1), date(1970, 1, 2))
    aside = max((last - first) / 60, timedelta(hours=12)) / timedelta(days=1)
    return at(first) - aside, at(last) + aside


def _up(chart: Chart) -> tuple[float, float]:
    """Return from where to where the plots go: all points and lines, and a little more."""
    levels = [level for panel in chart.panels for level in panel.levels]
    for verdict in (phase.verdict for panel in chart.panels for phase in panel.phases):
        given = (verdict.centre, verdict.judging.target)
        levels += [level for level in given if level is not None]
        levels += [*verdict.limits.lower, *verdict.limits.upper] if verdict.limits else []
    least, most = (min(levels), max(levels)) if levels else (0, 1)
    bottom, top = float(least * chart.scale), float(most * chart.scale)
    aside = (top - bottom) * 0.08 or abs(top) * 0.1 or 1.0
    return (0.0 if 0 <= bottom < aside else bottom - aside), top + aside


def _draw_grid(page: Page, chart: Chart, grid: Grid) -> None:
    across, up = _across(chart), _up(chart)
    for index, panel in enumerate(chart.panels):
        left = MARGIN + LEFT + FULL / grid.columns * (index % grid.columns)
        if index and index % grid.columns == 0:
            page.skip(grid.height + BETWEEN)
        plot = page.plot(left=left, width=grid.width, height=PLOT[grid.columns], down=grid.above)
        plot.set(xlim=across, ylim=up)
        labelled = _draw_series(plot, panel, chart, grid)
        name_lines(plot, labelled, height=PLOT[grid.columns])
        if grid.named:
            _name_panel(page, panel, left=left)
        _draw_strip(page, panel, grid, left=left, across=across)
    page.skip(grid.height + BETWEEN)


def _draw_series(plot: Axes, panel: Panel, chart: Chart, grid: Grid) -> list[Labelled]:
    labelled = draw_panel(plot, panel, scale=chart.scale)
    draw_flags(plot, shown_of(chart), width=grid.width)
    plot.spines[["top", "right"]].set_visible(False)
    plot.yaxis.set_major_locator(MaxNLocator(nbins=6 if grid.columns == 1 else 4))
    plot.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))
    plot.grid(axis="y", color=RULE, linewidth=0.5)
    plot.set_axisbelow(True)
    plot.tick_params(axis="x", labelbottom=False, length=0)
    return labelled


def _name_panel(page: Page, panel: Panel, *, left: float) -> None:
    name, useful = cleaned(panel.name, most=60), panel.phases[-1].verdict.order.runs.useful
    if useful < FEWEST_USEFUL:
        page.text(left, page.reached + 11 + SMALL, f"{NOT_ENOUGH}: {useful} useful observations", size=SMALL)
    page.text(left, page.reached + 9, name, size=TEXT, fontweight="bold")


def _draw_strip(page: Page, panel: Panel, grid: Grid, *, left: float, across: tuple[float, float]) -> None:
    down = grid.above + PLOT[grid.columns] + 4
    strip = page.plot(left=left, width=grid.width, height=max(grid.strip, 1.0), down=down)
    strip.set_xlim(*across)
    draw_strip(strip, panel, grid.rules, width=grid.width)
    locator = AutoDateLocator(minticks=3, maxticks=9 if grid.columns == 1 else 4)
    strip.xaxis.set_major_locator(locator)
    strip.xaxis.set_major_formatter(DayFormatter())
