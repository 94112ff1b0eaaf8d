"""The plot of one series: points, centre, limits, target, phases, and which points belong to a signal."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from math import ceil, nan
from typing import Any

import numpy
from matplotlib.axes import Axes

from services.engagements.analysis.verdict import Meaning
from services.engagements.charts.chart import Panel, Phase
from services.engagements.charts.findings import centre_name
from services.engagements.charts.style import COLOURS, DASHES, FAINT, INK, PALE, SHAPES, SMALL, Look
from services.engagements.charts.wording import UPPER, cleaned, number

EPOCH = date(1970, 1, 1).toordinal()
MOST_DOTS = 500
"""Points beyond which single ones cannot be seen, and only the line between them is drawn, and the signals."""
STRETCHES = 1200
"""Into how many stretches a line of many steps is divided; a plot is 600 points wide."""
LABEL_HEIGHT = 11.0


@dataclass(frozen=True, kw_only=True)
class Labelled:
    """A line with a name at its right end."""

    value: float
    name: str
    is_level: bool = True
    """Whether it has one value only, which is then told."""


def at(day: date) -> float:
    """Return where a day is, in days, as matplotlib counts them."""
    return float(day.toordinal() - EPOCH)


def scaled(level: Decimal | None, scale: Decimal) -> float:
    return nan if level is None else float(level * scale)


def draw_panel(axes: Axes, panel: Panel, *, scale: Decimal) -> list[Labelled]:
    """Draw a series; return the lines that need a name, those of its last phase."""
    labelled: list[Labelled] = []
    for phase in panel.phases:
        if phase.days:
            labelled = [*_lines(axes, phase, scale=scale)]
            _points(axes, phase, scale=scale, dots=len(panel.days) <= MOST_DOTS)
    for before, after in pairwise(panel.phases):
        _boundary(axes, before, after)
        _name_centre(axes, before, scale=scale)
    _name_phases(axes, panel)
    return labelled


def _lines(axes: Axes, phase: Phase, *, scale: Decimal) -> Iterator[Labelled]:
    verdict, (first, last) = phase.verdict, _ends(phase)
    if verdict.centre is not None:
        yield _centre(axes, phase, scale=scale)
    if verdict.limits:
        yield from _limits(axes, phase, scale=scale)
    if verdict.judging.target is not None:
        value = scaled(verdict.judging.target, scale)
        how: Look = {"linewidth": 0.9, "linestyle": DASHES["target"], "gid": "part-target", "zorder": 3}
        axes.plot((first, last), (value, value), color=INK, **how)
        yield Labelled(value=value, name="target")


def _centre(axes: Axes, phase: Phase, *, scale: Decimal) -> Labelled:
    """Draw the centre: unbroken where it was computed, in dashes where it is only carried on."""
    verdict, (first, last) = phase.verdict, _ends(phase)
    value = scaled(verdict.centre, scale)
    frozen = verdict.judging.baseline
    until = at(phase.days[frozen - 1]) if frozen else last
    axes.plot((first, until), (value, value), color=INK, linewidth=1.1, gid="part-centre", zorder=3)
    if until < last:
        how: Look = {"linestyle": DASHES["extended"], "gid": "part-centre", "zorder": 3}
        axes.plot((until, last), (value, value), color=INK, linewidth=1.1, **how)
    return Labelled(value=value, name=centre_name(verdict))


def _limits(axes: Axes, phase: Phase, *, scale: Decimal) -> Iterator[Labelled]:
    limits = phase.verdict.limits
    assert limits is not None
    across = _edges(phase)
    for name, levels in (("upper limit", limits.upper), ("lower limit", limits.lower)):
        values = [scaled(level, scale) for level in levels]
        how: Look = {"color": PALE, "linewidth": 0.8, "linestyle": DASHES["limit"], "gid": "part-limit", "zorder": 3}
        if len(set(levels)) == 1:
            axes.plot((across[0], across[-1]), (values[0], values[0]), **how)
        else:
            axes.plot(*thinned(*_steps(across, values)), **how)
        yield Labelled(value=values[-1], name=name, is_level=len(set(levels)) == 1)


def _edges(phase: Phase) -> list[float]:
    """Return where the stretch of each point begins, halfway to its neighbour, and where the last one ends."""
    places = [at(day) for day in phase.days]
    return [places[0], *((one + other) / 2 for one, other in pairwise(places)), places[-1]]


def _steps(edges: list[float], values: list[float]) -> tuple[list[float], list[float]]:
    """Return a stepped line, without the points at which it goes on as it was."""
    across, up = [edges[0]], [values[0]]
    for place, (before, now) in zip(edges[1:-1], pairwise(values), strict=True):
        if now != before:
            across += [place, place]
            up += [before, now]
    return [*across, edges[-1]], [*up, values[-1]]


def thinned(across: list[float], up: list[float]) -> tuple[list[float], list[float]]:
    """Return a line as it looks on paper: of stretches too narrow to be seen, the first, least, most and last."""
    if len(across) <= 4 * STRETCHES:
        return across, up
    length = ceil(len(across) / STRETCHES)
    stretches = [range(begin, min(begin + length, len(across))) for begin in range(0, len(across), length)]
    ends = [(each[0], min(each, key=up.__getitem__), max(each, key=up.__getitem__), each[-1]) for each in stretches]
    kept = sorted({place for each in ends for place in each})
    return [across[place] for place in kept], [up[place] for place in kept]


def _points(axes: Axes, phase: Phase, *, scale: Decimal, dots: bool) -> None:
    across = numpy.array([at(day) for day in phase.days])
    up = numpy.array([scaled(level, scale) for level in phase.levels])
    size, marked = _size(len(across)), _meanings(phase)
    how: Look = {"color": PALE, "linewidth": 0.9} if dots else {"color": FAINT, "linewidth": 0.4}
    axes.plot(across, up, gid="part-line", **how)

    def draw(places: list[int], part: str, **looks: Any) -> None:
        axes.plot(across[places], up[places], linestyle="none", gid=f"part-{part}", zorder=4, clip_on=False, **looks)

    if dots:
        common = [place for place in range(len(across)) if place + 1 not in marked]
        draw(common, "points", marker="o", color=INK, markersize=size)
    for meaning, shape in SHAPES.items():
        places = [position - 1 for position, found in marked.items() if found is meaning]
        draw(places, meaning, marker=shape, color=COLOURS[meaning], markersize=size * 1.6)
    beyond, ring = [position - 1 for position in phase.verdict.outside], size * 1.6 + (6 if dots else 2.5)
    draw(beyond, "outside", marker="o", fillstyle="none", color=INK, markeredgewidth=0.9, markersize=ring)


def _size(points: int) -> float:
    """Return the size of a dot: smaller where there are many."""
    return 4.0 if points <= 60 else 3.0 if points <= 200 else 1.8


def _meanings(phase: Phase) -> dict[int, Meaning]:
    """Return the meaning of each position that belongs to a signal; a concern prevails, and then an improvement."""
    order = (Meaning.NEUTRAL, Meaning.IMPROVEMENT, Meaning.CONCERN)
    found: dict[int, Meaning] = {}
    marks = [(mark.position, mark.meaning) for mark in phase.verdict.marks]
    sustained = [each for each in phase.findings if each.rule == "sustained_shift"]  # marked at its last point only
    spans = [(position, each.meaning) for each in sustained for position in range(each.first, each.last + 1)]
    for position, meaning in [*marks, *spans]:
        found[position] = max(meaning, found.get(position, meaning), key=order.index)
    return found


def _ends(phase: Phase) -> tuple[float, float]:
    return at(phase.days[0]), at(phase.days[-1])


def _boundary(axes: Axes, before: Phase, after: Phase) -> None:
    """Draw where one phase ends and the next one begins."""
    if before.days and after.days:
        place = (at(before.days[-1]) + at(after.days[0])) / 2
        axes.axvline(place, color=PALE, linewidth=0.8, linestyle=DASHES["phase"], gid="part-phase")


def _name_phases(axes: Axes, panel: Panel) -> None:
    first, last = axes.get_xlim()
    for phase in (each for each in panel.phases if each.days and each.name):
        start, end = _ends(phase)
        room = (end - start) / (last - first) * axes.bbox.width
        name = cleaned(phase.name, most=max(int(room / (SMALL * UPPER)), 3))
        where: Look = {"xycoords": ("data", "axes fraction"), "xytext": (2, -8), "textcoords": "offset points"}
        box: Look = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}
        axes.annotate(name, (start, 1), fontsize=SMALL - 0.5, color=PALE, style="italic", bbox=box, zorder=5, **where)


def _name_centre(axes: Axes, phase: Phase, *, scale: Decimal) -> None:
    """Write the height of the centre over it, where another phase follows."""
    if phase.days and phase.verdict.centre is not None:
        value = scaled(phase.verdict.centre, scale)
        where: Look = {"xytext": (2, 3), "textcoords": "offset points", "fontsize": SMALL - 0.5, "zorder": 5}
        box: Look = {"facecolor": "white", "edgecolor": "none", "pad": 0.5}
        axes.annotate(f"{centre_name(phase.verdict)} {number(value)}", (at(phase.days[0]), value), bbox=box, **where)


def name_lines(axes: Axes, labelled: list[Labelled], *, height: float) -> None:
    """Write the names of lines at their right end, so that none covers another."""
    bottom, top = axes.get_ylim()
    places = _apart([(each.value - bottom) / (top - bottom) * height for each in labelled], least=LABEL_HEIGHT)
    for each, place in zip(labelled, places, strict=True):
        where: Look = {"xycoords": ("axes fraction", "axes fraction"), "xytext": (6, 0), "textcoords": "offset points"}
        text = f"{each.name} {number(each.value)}" if each.is_level else each.name
        axes.annotate(text, (1, place / height), va="center", fontsize=SMALL, color=INK, **where)


def _apart(places: list[float], *, least: float) -> list[float]:
    """Return places that are moved upwards until they are far enough from each other."""
    moved, before = dict.fromkeys(range(len(places)), 0.0), float("-inf")
    for index in sorted(range(len(places)), key=places.__getitem__):
        before = moved[index] = max(places[index], before + least)
    return list(moved.values())
