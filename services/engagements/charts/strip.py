"""The strip below a plot: a row for each rule that found something, a bar for each signal, its meaning in it."""

from collections.abc import Iterable

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from services.engagements.analysis.verdict import Meaning
from services.engagements.charts.chart import Panel, Phase
from services.engagements.charts.findings import RULES, Finding
from services.engagements.charts.plot import at
from services.engagements.charts.style import COLOURS, INK, SHAPES, SMALL, Look
from services.engagements.charts.wording import width_of

WORDS = SMALL - 1.5
ROW = 13.0
"""Height of a row, in points."""
MOST_WORDS = 60
"""Bars beyond which none has its meaning in words: there is no room for them."""


def rules_found(panels: Iterable[Panel]) -> list[str]:
    """Return the rules by which there are signals, in the order of their rows."""
    found = {each.rule for panel in panels for phase in panel.phases for each in phase.findings}
    return [rule for rule in RULES if rule in found]


def draw_strip(axes: Axes, panel: Panel, rules: list[str], *, width: float) -> None:
    """Draw the signals of a series into axes that have the plot's scale across."""
    axes.set_ylim(len(rules), 0)
    axes.set_yticks([row + 0.5 for row in range(len(rules))], [RULES[rule] for rule in rules], fontsize=WORDS)
    axes.tick_params(axis="y", length=0)
    axes.set_frame_on(False)
    found = [(phase, each) for phase in panel.phases for each in phase.findings]
    for meaning in Meaning:
        _bars(axes, [pair for pair in found if pair[1].meaning is meaning], rules, meaning)
    if len(found) <= MOST_WORDS:
        for row, rule in enumerate(rules):
            if of_rule := [pair for pair in found if pair[1].rule == rule]:
                _name_bars(axes, of_rule, row, width=width)


def _bars(axes: Axes, found: list[tuple[Phase, Finding]], rules: list[str], meaning: Meaning) -> None:
    places = [_place(phase, each, rules) for phase, each in found]
    bars = [[(start, row), (end, row)] for start, end, row in places if start < end]
    axes.add_collection(LineCollection(bars, colors=COLOURS[meaning], linewidths=2.2, gid=f"part-{meaning}-spans"))
    size = 4.5 if len(found) <= MOST_WORDS else 2.5
    how: Look = {"linestyle": "none", "marker": SHAPES[meaning], "color": COLOURS[meaning], "markersize": size}
    axes.plot([(start + end) / 2 for start, end, _ in places], [row for _, _, row in places], **how)


def _place(phase: Phase, found: Finding, rules: list[str]) -> tuple[float, float, float]:
    start, end = at(phase.days[found.first - 1]), at(phase.days[found.last - 1])
    return start, end, rules.index(found.rule) + 0.5


def _name_bars(axes: Axes, found: list[tuple[Phase, Finding]], row: int, *, width: float) -> None:
    """Write the meaning of each bar behind it, or before it, where there is room; its shape says it everywhere."""
    first, last = axes.get_xlim()
    points = width / (last - first)
    ends = [(at(phase.days[each.first - 1]), at(phase.days[each.last - 1])) for phase, each in found]
    taken, following_starts = first, [*(start for start, _ in ends), last][1:]
    for (start, end), (_, each), following in zip(ends, found, following_starts, strict=True):
        needed = (width_of(each.meaning, size=WORDS) + 12) / points
        if following - end > needed:
            _write(axes, each.meaning, end, row, 6)
            end += needed
        elif start - taken > needed:
            _write(axes, each.meaning, start, row, -6)
        taken = end


def _write(axes: Axes, meaning: Meaning, place: float, row: int, aside: int) -> None:
    where: Look = {"xytext": (aside, 0), "textcoords": "offset points", "va": "center_baseline"}
    side = "left" if aside > 0 else "right"
    axes.annotate(str(meaning), (place, row + 0.5), fontsize=WORDS, color=INK, ha=side, **where)
