"""The key: what each shape and each kind of line means, only those that are drawn."""

from matplotlib.lines import Line2D

from services.engagements.analysis.verdict import Meaning
from services.engagements.charts.chart import Chart
from services.engagements.charts.findings import centre_name
from services.engagements.charts.page import Page
from services.engagements.charts.plot import MOST_DOTS
from services.engagements.charts.style import COLOURS, DASHES, FAINT, INK, MARGIN, PALE, SHAPES, SMALL, WIDTH, Look
from services.engagements.charts.wording import width_of

SAMPLE, GAP = 20.0, 14.0
"""Width of what is explained, and between two entries."""
Entry = tuple[str, Look]


def draw_key(page: Page, chart: Chart, *, annotated: bool) -> None:
    """Draw the key in one line."""
    left, down = MARGIN, page.reached + 8
    for name, how in _entries(chart, annotated=annotated):
        up = 1 - down / page.height
        places = (left + SAMPLE / 2,) if how.get("linestyle") == "none" else (left, left + SAMPLE)
        ends = [place / WIDTH for place in places]
        page.figure.add_artist(Line2D(ends, [up] * len(ends), **how))
        page.text(left + SAMPLE + 4, down + SMALL * 0.35, name, size=SMALL)
        left += SAMPLE + 4 + width_of(name, size=SMALL) + GAP


def _entries(chart: Chart, *, annotated: bool) -> list[Entry]:
    verdicts = [phase.verdict for panel in chart.panels for phase in panel.phases]
    meanings = {each.meaning for panel in chart.panels for phase in panel.phases for each in phase.findings}
    entries: list[Entry] = [("measured", _dot("o", INK, 4) if _has_dots(chart) else {"color": FAINT, "linewidth": 0.9})]
    entries += [(f"{each}", _dot(SHAPES[each], COLOURS[each], 6)) for each in Meaning if each in meanings]
    if any(verdict.outside for verdict in verdicts):
        entries.append(("outside the limits", _dot("o", INK, 9) | {"fillstyle": "none"}))
    entries.append((centre_name(chart.verdict), {"color": INK, "linewidth": 1.1}))
    if any(verdict.judging.baseline for verdict in verdicts):
        entries.append(("carried on", _line("extended", INK)))
    if any(verdict.limits for verdict in verdicts):
        entries.append(("limits", _line("limit", PALE)))
    if any(verdict.judging.target is not None for verdict in verdicts):
        entries.append(("target", _line("target", INK)))
    if any(len(panel.phases) > 1 for panel in chart.panels):
        entries.append(("new phase", _line("phase", PALE)))
    return [*entries, ("what happened", _line("annotation", PALE))] if annotated else entries


def _has_dots(chart: Chart) -> bool:
    return any(len(panel.days) <= MOST_DOTS for panel in chart.panels)


def _dot(shape: str, colour: str, size: float) -> Look:
    return {"linestyle": "none", "marker": shape, "color": colour, "markersize": size}


def _line(kind: str, colour: str) -> Look:
    return {"color": colour, "linewidth": 0.9, "linestyle": DASHES[kind]}
