"""The command for analysts: judge the series of a file, without an instance."""

import json
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated

import typer

from cli.commands.arguments import path_of_caller
from services.engagements.analysis.limits import Chart
from services.engagements.analysis.rule_sets import RULE_SETS, RuleSet
from services.engagements.analysis.verdict import Improvement

analysis = typer.Typer()


def _rule_set(name: str) -> RuleSet:
    if name not in RULE_SETS:
        raise typer.BadParameter(f"{name!r} is no rule set; there are {', '.join(RULE_SETS)}")
    return RULE_SETS[name]


def _number(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise typer.BadParameter(f"{text!r} is not a number; write one as 12 or 3.5") from None
    if not number.is_finite():
        raise typer.BadParameter(f"{text!r} is not a number that a series can have")
    return number


@analysis.command()
def analyse(  # noqa: PLR0913  each option is an argument
    file: Annotated[Path, typer.Argument(help="CSV: date,value[,denominator]", parser=path_of_caller)],
    rules: Annotated[RuleSet, typer.Option(parser=_rule_set, help=", ".join(RULE_SETS))] = "perla_2011",  # type: ignore[assignment]  # typer parses a default, too
    chart: Annotated[Chart | None, typer.Option(help="else the one that belongs to the rules")] = None,
    baseline: Annotated[int | None, typer.Option(help="freeze centre and limits on the first so many points")] = None,
    centre: Annotated[Decimal | None, typer.Option(parser=_number, help="the centre itself")] = None,
    screen: Annotated[bool, typer.Option("--screen", help="leave extreme moving ranges out of the limits")] = False,
    improvement: Annotated[Improvement, typer.Option(help="where the measure is to go")] = Improvement.NEUTRAL,
    target: Annotated[Decimal | None, typer.Option(parser=_number, help="where it is to arrive")] = None,
    svg: Annotated[
        Path | None, typer.Option(help="write the chart there, too", metavar="OUT", parser=path_of_caller)
    ] = None,
    title: Annotated[str | None, typer.Option(help="of the chart; else the name of FILE")] = None,
    unit: Annotated[str | None, typer.Option(help="of the values, as the chart shows it")] = None,
    source: Annotated[str, typer.Option(help="where the values come from, as the chart shows it")] = "",
) -> None:
    """Judge the series of a file by the rules of run charts or control charts, and print the verdict as JSON."""
    from cli.analysis.series_file import read_series
    from services.engagements.analysis.document import document_of
    from services.engagements.analysis.judge import judge
    from services.engagements.analysis.verdict import Judging

    dated = read_series(file)
    judging = Judging(rules, chart or rules.chart, baseline, centre, screen, improvement, target)
    verdict = judge(dated.series, judging)
    if svg:
        from cli.analysis.chart_file import write_chart

        write_chart(svg, dated, verdict, title=title or file.stem, unit=unit, source=source)
    print(json.dumps(document_of(verdict), indent=2, ensure_ascii=False))
