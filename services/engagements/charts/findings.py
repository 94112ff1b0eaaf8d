"""The signals of a verdict, each with its first and its last point, its meaning, and what it is in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from services.engagements.analysis.critical_values import FEWEST_USEFUL
from services.engagements.analysis.limits import Chart as Kind
from services.engagements.analysis.marks import meaning_of
from services.engagements.analysis.rule_sets import Centre
from services.engagements.analysis.verdict import Meaning, Verdict

RULES = {
    "shift": "shift",
    "trend": "trend",
    "sustained_shift": "sustained shift",
    "outside": "outside limits",
    "two_of_three": "2 of 3 near limit",
}
"""The rules of marks, as they are called, in the order in which they are shown."""


@dataclass(frozen=True)
class Finding:
    """A signal from its first to its last point."""

    rule: str
    meaning: Meaning
    first: int
    last: int
    what: str


def findings_of(verdict: Verdict) -> tuple[Finding, ...]:
    """Return the signals of a verdict, by rule and then in the order of time."""
    found = [*_outside(verdict), *_near(verdict)]
    if verdict.order.runs.useful >= FEWEST_USEFUL:
        found += [*_of_order(verdict), *_sustained(verdict)]
    order = list(RULES)
    return tuple(sorted(found, key=lambda each: (order.index(each.rule), each.first)))


def _of_order(verdict: Verdict) -> Iterator[Finding]:
    centre, improvement = centre_name(verdict), verdict.judging.improvement
    for shift in verdict.order.shifts:
        what = f"shift of {len(shift.positions)} points {shift.side} the {centre}"
        yield Finding("shift", meaning_of(shift.side, improvement), shift.positions[0], shift.positions[-1], what)
    for trend in verdict.order.trends:
        what = f"trend of {len(trend.positions)} {trend.direction} points"
        yield Finding("trend", meaning_of(trend.direction, improvement), trend.positions[0], trend.positions[-1], what)


def _sustained(verdict: Verdict) -> Iterator[Finding]:
    if verdict.judging.rules.sustained:
        for each in verdict.order.sustained_shifts:
            what = f"sustained shift {each.side} the {centre_name(verdict)}"
            meaning = meaning_of(each.side, verdict.judging.improvement)
            yield Finding("sustained_shift", meaning, each.first, each.last, what)


def _outside(verdict: Verdict) -> Iterator[Finding]:
    for mark in verdict.marks:
        if mark.rule == "outside":
            yield Finding("outside", mark.meaning, mark.position, mark.position, "point outside the limits")


def _near(verdict: Verdict) -> Iterator[Finding]:
    near = [(mark.position - at, mark) for at, mark in enumerate(m for m in verdict.marks if m.rule == "two_of_three")]
    for _, together in groupby(near, key=lambda each: (each[0], each[1].meaning)):
        marks = [mark for _, mark in together]
        what = "two of three points near a limit"
        yield Finding("two_of_three", marks[0].meaning, marks[0].position, marks[-1].position, what)


def centre_name(verdict: Verdict) -> str:
    """Return what the centre is: given, the median or the mean."""
    if verdict.judging.centre is not None:
        return "given centre"
    is_median = verdict.judging.chart is Kind.RUN and verdict.judging.rules.centre is Centre.MEDIAN
    return "median" if is_median else "mean"
