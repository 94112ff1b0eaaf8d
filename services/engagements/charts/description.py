"""A chart in words: what kind it is, what it rests on, and all it shows, for who does not see it."""

from collections.abc import Iterator

from services.engagements.analysis.verdict import Verdict
from services.engagements.charts.chart import Chart, Panel
from services.engagements.charts.findings import centre_name
from services.engagements.charts.sentences import DIRECTIONS, KINDS, period_of, sentences_of
from services.engagements.charts.wording import cleaned, day, days, number


def heading_of(chart: Chart) -> str:
    """Return kind, unit and direction."""
    judging = chart.verdict.judging
    unit = cleaned(chart.unit, most=60)
    parts = [KINDS[judging.chart], *([unit] if unit else []), DIRECTIONS[judging.improvement]]
    return "; ".join(parts)


def remarks_of(chart: Chart) -> list[str]:
    """Return what the chart rests on: definition, source, rules, and how much there is of it."""
    definition, source = cleaned(chart.definition, most=600), cleaned(chart.source, most=300)
    given = [*([f"Definition: {definition}"] if definition else []), *([f"Source: {source}"] if source else [])]
    return [*given, _judged_by(chart)]


def _judged_by(chart: Chart) -> str:
    judging, order = chart.verdict.judging, chart.verdict.order
    rules = f"Judged by {judging.rules.name}, version {judging.rules.version} ({judging.rules.source})"
    if len(chart.panels) > 1:
        return f"{rules}."
    frozen = f", {centre_name(chart.verdict)} frozen on the first {judging.baseline}" if judging.baseline else ""
    expected = f" ({order.runs.lower} to {order.runs.upper} expected)" if order.runs.lower else ""
    runs = f"{len(order.runs.runs)} runs{expected}"
    return f"{rules}: {chart.verdict.points} points, {order.runs.useful} of them useful, {runs}{frozen}."


def description_of(chart: Chart) -> str:
    """Return all that is shown, in sentences, for a screen reader."""
    parts = [f"{heading_of(chart)}."]
    for panel in chart.panels:
        name = cleaned(panel.name, most=60)
        parts += [*([f"{name}:"] if name else []), *_of_panel(panel, chart)]
    happened = sorted(chart.annotations, key=lambda each: (each.day, each.text))
    parts += [f"{day(each.day)}: {cleaned(each.text, most=160).rstrip('.')}." for each in happened]
    return " ".join([*parts, *remarks_of(chart)])


def _of_panel(panel: Panel, chart: Chart) -> Iterator[str]:
    period = period_of(panel)
    count = len(panel.levels)
    yield f"{count} points, {days(*period)}." if period else "No points."
    for phase in panel.phases:
        name = f"{cleaned(phase.name, most=40)}: " if phase.name else ""
        if lines := _lines_of(phase.verdict, chart):
            yield f"{name}{lines}."
    yield from sentences_of(panel)


def _lines_of(verdict: Verdict, chart: Chart) -> str:
    """Return the heights of the lines."""
    lines = {centre_name(verdict): verdict.centre, "target": verdict.judging.target}
    limits = verdict.limits
    if limits and len(set(limits.lower)) == len(set(limits.upper)) == 1:
        lines |= {"lower limit": limits.lower[0], "upper limit": limits.upper[0]}
    return ", ".join(f"{name} {number(value * chart.scale)}" for name, value in lines.items() if value is not None)
