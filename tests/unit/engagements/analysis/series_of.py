"""Series as one writes them in a sentence: numbers with spaces between, a dash where one is missing."""

from decimal import Decimal

from services.engagements.analysis.judge import judge
from services.engagements.analysis.limits import Chart
from services.engagements.analysis.rule_sets import PERLA_2011, RuleSet
from services.engagements.analysis.series import Observation, Series
from services.engagements.analysis.verdict import Judging, Verdict


def series(text: str) -> Series:
    """Read `12 - 3.5 4/20`: a value, a missing point, a value, and 4 of 20."""
    return Series(_observation(each) for each in text.split())


def _observation(text: str) -> Observation:
    if text == "-":
        return Observation(None)
    value, _, denominator = text.partition("/")
    return Observation(Decimal(value), Decimal(denominator) if denominator else None)


def judged(text: str, rules: RuleSet = PERLA_2011, chart: Chart = Chart.RUN, **how: object) -> Verdict:
    """Judge a series that is written as a text."""
    return judge(series(text), Judging(rules, chart, **how))


def spans(found: tuple) -> list[tuple[str, int, int, int]]:
    """Give shifts or trends as (side or direction, first, last, length)."""
    return [
        (getattr(each, "side", None) or each.direction, each.positions[0], each.positions[-1], len(each.positions))
        for each in found
    ]


def marked(verdict: Verdict, rule: str) -> list[int]:
    """Give the positions that are marked by a rule."""
    return [mark.position for mark in verdict.marks if mark.rule == rule]
