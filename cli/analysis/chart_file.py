"""The chart of a series, in a file: SVG, drawn in this process."""

from decimal import Decimal
from pathlib import Path

from cli.analysis.errors import CannotBeWritten
from cli.analysis.series_file import DatedSeries
from services.engagements.analysis.limits import Chart as Kind
from services.engagements.analysis.verdict import Verdict
from services.engagements.charts.chart import Chart, Panel, Phase
from services.engagements.charts.svg import svg_of

PER_CENT = Decimal(100)


def write_chart(path: Path, dated: DatedSeries, verdict: Verdict, *, title: str, unit: str | None, source: str) -> None:
    """Draw a series and its verdict into a file, over what is there; raises CannotBeWritten.

    Proportions are shown in per cent, unless they have a unit of their own.
    """
    in_per_cent = verdict.judging.chart is Kind.P and unit is None
    chart = Chart(
        title=title,
        panels=(Panel(phases=(Phase(days=dated.days, levels=dated.series.levels, verdict=verdict),)),),
        unit="%" if in_per_cent else unit or "",
        scale=PER_CENT if in_per_cent else Decimal(1),
        source=source,
    )
    try:
        path.write_text(svg_of(chart), encoding="utf-8", newline="\n")
    except OSError as error:
        raise CannotBeWritten(path, error.strerror or str(error)) from error
