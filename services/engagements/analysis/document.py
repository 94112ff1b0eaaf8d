"""A verdict as a document: what `analyse` prints and a run chart is asked for as JSON."""

from collections.abc import Iterable
from decimal import Decimal

from services.engagements.analysis.critical_values import DIFFERENTLY_PRINTED, FEWEST_USEFUL, RUN_LIMITS
from services.engagements.analysis.limits import Chart, Limits
from services.engagements.analysis.verdict import Runs, Verdict

Document = dict[str, object]
ENOUGH_FOR_LIMITS = 12
"""Points below which limits are trial limits (Wheeler)."""


def document_of(verdict: Verdict) -> Document:
    """Return a verdict as plain values: positions from 1, inclusive; numbers as they are printed."""
    order, judging = verdict.order, verdict.judging
    anhoej = order.longest_run_and_crossings
    return {
        "rules": {"name": judging.rules.name, "version": judging.rules.version},
        "chart": judging.chart,
        "centre": _number(verdict.centre),
        "baseline_points": judging.baseline,
        "points": verdict.points,
        "useful_points": order.runs.useful,
        "runs": _runs(order.runs),
        "shifts": [{"side": run.side, **_span(run.positions)} for run in order.shifts],
        "trends": [{"direction": trend.direction, **_span(trend.positions)} for trend in order.trends],
        "anhoej": {
            "longest_run_max": anhoej.longest_run_max,
            "crossings_min": anhoej.crossings_min,
            "signal": anhoej.signal,
        },
        "sustained_shifts": [
            {"side": each.side, "first": each.first, "last": each.last, "centre": _number(each.centre)}
            for each in order.sustained_shifts
        ],
        "limits": _limits(verdict, verdict.limits) if verdict.limits else None,
        "marks": [{"position": at.position, "rule": at.rule, "verdict": at.meaning} for at in verdict.marks],
        "target": _target(verdict),
        "notes": list(notes_of(verdict)),
        "judged": verdict.judged,
    }


def _runs(runs: Runs) -> Document:
    return {
        "count": len(runs.runs),
        "lengths": runs.lengths,
        "longest": max(runs.lengths, default=0),
        "crossings": runs.crossings,
        "lower": runs.lower,
        "upper": runs.upper,
        "verdict": runs.verdict,
    }


def _span(positions: tuple[int, ...]) -> Document:
    return {"first": positions[0], "last": positions[-1], "length": len(positions)}


def _limits(verdict: Verdict, limits: Limits) -> Document:
    """Return limits as one number where they are the same at each point, else at each position."""
    steady = len(set(limits.lower)) == len(set(limits.upper)) == 1
    return {
        "mean": _number(limits.centre),
        "average_moving_range": _number(limits.average_moving_range),
        "lower": _number(limits.lower[0]) if steady else None,
        "upper": _number(limits.upper[0]) if steady else None,
        "stepped": None if steady else {"lower": _numbers(limits.lower), "upper": _numbers(limits.upper)},
        "moving_range_upper": _number(limits.moving_range_upper),
        "outside": list(verdict.outside),
    }


def _target(verdict: Verdict) -> Document | None:
    if verdict.judging.target is None:
        return None
    return {"value": _number(verdict.judging.target), "assurance": verdict.assurance}


def notes_of(verdict: Verdict) -> Iterable[str]:
    """Yield what a reader must know before they believe a verdict."""
    useful = verdict.order.runs.useful
    if useful < FEWEST_USEFUL:
        yield f"Not enough data yet: {useful} useful observations, and rules about runs need {FEWEST_USEFUL}."
    if verdict.judging.rules.run_limits and useful in DIFFERENTLY_PRINTED:
        yield f"For {useful} useful observations, the limits of the number of runs differ by one between printings."
    if verdict.judging.rules.run_limits and useful > max(RUN_LIMITS):
        yield f"The table of the number of runs ends at {max(RUN_LIMITS)} useful observations; there are {useful}."
    if verdict.judging.chart is not Chart.RUN and 0 < verdict.points < ENOUGH_FOR_LIMITS:
        yield f"Trial limits: they are computed from fewer than {ENOUGH_FOR_LIMITS} points."


def _number(value: Decimal | None) -> float | int | None:
    """Return a number as JSON has it: nothing is decided on it any more."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _numbers(values: Iterable[Decimal]) -> list[float | int | None]:
    return [_number(value) for value in values]
