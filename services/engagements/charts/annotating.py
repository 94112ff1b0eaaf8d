"""What happened when: numbered flags over a plot, and what they mean below it."""

from collections.abc import Sequence

from matplotlib.axes import Axes

from services.engagements.charts.chart import MOST_ANNOTATIONS, Annotation, Chart
from services.engagements.charts.plot import at
from services.engagements.charts.style import INK, PALE, SMALL, Look
from services.engagements.charts.wording import cleaned, day, lines_of

FLAG, ROWS = 14.0, 3
"""How wide and high a flag is, in points; in how many rows those stand that are near each other."""
MOST_CHARACTERS = 160


def shown_of(chart: Chart) -> list[Annotation]:
    """Return the annotations that are drawn, in the order of time."""
    return sorted(chart.annotations, key=lambda each: (each.day, each.text))[:MOST_ANNOTATIONS]


def flag_rows(annotations: Sequence[Annotation], *, first: float, last: float, width: float) -> list[int]:
    """Return the row of each flag: the lowest one in which it covers no other."""
    free = [float("-inf")] * ROWS
    rows = []
    for each in annotations:
        place = (at(each.day) - first) / (last - first) * width
        row = next((row for row in range(ROWS) if free[row] <= place), min(range(ROWS), key=free.__getitem__))
        free[row] = place + FLAG
        rows.append(row)
    return rows


def draw_flags(axes: Axes, annotations: Sequence[Annotation], *, width: float) -> None:
    """Draw a line at the day of each annotation, with its number above the plot."""
    first, last = axes.get_xlim()
    rows = flag_rows(annotations, first=first, last=last, width=width)
    for number, (each, row) in enumerate(zip(annotations, rows, strict=True), 1):
        axes.axvline(at(each.day), color=PALE, linewidth=0.6, linestyle=":", gid="part-annotation")
        box: Look = {"boxstyle": "round,pad=0.25", "facecolor": "white", "edgecolor": PALE, "linewidth": 0.6}
        where: Look = {
            "xycoords": ("data", "axes fraction"),
            "xytext": (0, 8 + FLAG * row),
            "textcoords": "offset points",
        }
        how: Look = {"ha": "center", "va": "center", "fontsize": SMALL - 1, "color": INK, "bbox": box}
        axes.annotate(str(number), (at(each.day), 1), **where, **how)


def annotation_lines(chart: Chart, *, width: float) -> list[str]:
    """Return what each number means, and how many annotations are not drawn."""
    lines = []
    for number, each in enumerate(shown_of(chart), 1):
        text = f"[{number}] {day(each.day)}: {cleaned(each.text, most=MOST_CHARACTERS)}"
        lines += lines_of(text, width=width, size=SMALL)
    more = len(chart.annotations) - MOST_ANNOTATIONS
    return [*lines, f"and {more} more"] if more > 0 else lines
