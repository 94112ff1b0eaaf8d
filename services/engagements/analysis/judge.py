"""Judge a series by a chart and a rule set: the way in to the analysis."""

from collections.abc import Iterator
from decimal import Decimal
from hashlib import sha256

from services.engagements.analysis.critical_values import (
    FEWEST_USEFUL,
    RUN_LIMITS,
    fewest_crossings_expected,
    longest_run_expected,
)
from services.engagements.analysis.exact import median, normalised, rounded
from services.engagements.analysis.limits import Chart, centre_of, limits_of
from services.engagements.analysis.marks import (
    assurance_of,
    marks_of_limits,
    marks_of_order,
    marks_of_sustained,
)
from services.engagements.analysis.rule_sets import Centre, RuleSet
from services.engagements.analysis.runs import (
    Run,
    SustainedShift,
    runs_of,
    shifts_of,
    sustained_shifts_of,
    trends_of,
    useful_of,
)
from services.engagements.analysis.series import Series
from services.engagements.analysis.verdict import (
    CannotBeJudged,
    Judging,
    LongestRunAndCrossings,
    Mark,
    Order,
    Runs,
    RunsVerdict,
    Verdict,
)

COUNTS = (Chart.P, Chart.U, Chart.C)
"""Charts of what is counted."""


def judge(series: Series, judging: Judging) -> Verdict:
    """Judge a series. Raises CannotBeJudged where the series and what is asked about it do not fit together."""
    refuse_what_does_not_fit(series, judging)
    centre = _centre(series, judging)
    return _nothing_measured(series, judging) if centre is None else _judged(series, judging, centre)


def refuse_what_does_not_fit(series: Series, judging: Judging) -> None:
    """Raise CannotBeJudged for a baseline without points, and for counts without what they are counted in."""
    if judging.baseline is not None:
        _refuse_baseline(series, judging.baseline, given=judging.centre is not None)
    if judging.chart in COUNTS:
        _refuse_what_is_not_counted(series, judging.chart)


def _refuse_what_is_not_counted(series: Series, chart: Chart) -> None:
    if chart is Chart.C and any(each.denominator is not None for each in series.observations):
        raise CannotBeJudged("denominator", "a c chart counts in equal areas of opportunity; take a u chart")
    if chart is not Chart.C and any(each.denominator is None for each in series.observations if each.value is not None):
        raise CannotBeJudged("denominator", f"a {chart} chart needs one at each point")
    counts = [(position, each.value) for position, each in enumerate(series.observations, 1) if each.value is not None]
    wrong = {count for count in {count for _, count in counts} if count < 0 or count != count.to_integral_value()}
    for position, count in counts if wrong else ():
        if count in wrong:
            raise CannotBeJudged("value", f"point {position}: {count:f} is not a count, which is a whole number from 0")
    if chart is Chart.P:
        _refuse_more_than_the_whole(series)


def _refuse_more_than_the_whole(series: Series) -> None:
    for position, each in enumerate(series.observations, 1):
        if each.value is not None and each.denominator is not None and each.value > each.denominator:
            more = f"{each.value:f} is more than the {each.denominator:f} that it is a part of"
            raise CannotBeJudged("value", f"point {position}: {more}")


def _refuse_baseline(series: Series, baseline: int, *, given: bool) -> None:
    if given:
        raise CannotBeJudged("centre", "give a baseline or the centre itself, not both")
    if not 1 <= baseline <= len(series.levels):
        raise CannotBeJudged("baseline", f"{baseline} is not a number of points from 1 to {len(series.levels)}")
    if not series.measured_within(baseline):
        raise CannotBeJudged("baseline", f"none of the first {baseline} points was measured")


def _centre(series: Series, judging: Judging) -> Decimal | None:
    """Return the centre with all digits, or None if nothing was measured."""
    levels = [level for _, level in series.measured_within(judging.baseline)]
    if judging.centre is not None or not levels:
        return judging.centre if series.measured else None
    if judging.chart is Chart.RUN and judging.rules.centre is Centre.MEDIAN:
        return median(levels)
    return centre_of(judging.chart, series, first=judging.baseline)


def _judged(series: Series, judging: Judging, precise: Decimal) -> Verdict:
    order = _order(series, judging, rounded(precise))
    limits = limits_of(judging.chart, series, precise, first=judging.baseline, screen=judging.screen)
    outside = tuple(limits.outside(series)) if limits else ()
    marks = marks_of_limits(series, limits, judging, outside=outside) if limits else ()
    return Verdict(
        judging=judging,
        centre=rounded(precise),
        points=len(series.measured),
        order=order,
        limits=limits,
        outside=outside,
        marks=tuple(sorted((*_marks_of_order(judging, order), *marks))),
        assurance=assurance_of(judging, limits),
        judged=hash_of(series, judging),
    )


def _nothing_measured(series: Series, judging: Judging) -> Verdict:
    return Verdict(
        judging=judging,
        centre=None,
        points=0,
        order=_order(series, judging, Decimal(0)),
        limits=None,
        outside=(),
        marks=(),
        assurance=assurance_of(judging, None),
        judged=hash_of(series, judging),
    )


def _order(series: Series, judging: Judging, centre: Decimal) -> Order:
    """Return what the order of points says around a centre."""
    rules, runs = judging.rules, runs_of(series, centre)
    may_break = rules.points_on_the_centre_break and useful_of(runs) < len(series.measured)
    unbroken = runs_of(series, centre, centre_breaks=True) if may_break else runs
    return Order(
        runs=Runs(tuple(runs), *_run_limits(runs, rules)),
        shifts=tuple(shifts_of(unbroken, length=rules.shift)) if rules.shift else (),
        trends=tuple(trends_of(series, length=rules.trend, repeats_break=rules.repeats_break)) if rules.trend else (),
        longest_run_and_crossings=_longest_run_and_crossings(runs),
        sustained_shifts=_sustained_shifts(series, judging, centre),
    )


def _sustained_shifts(series: Series, judging: Judging, centre: Decimal) -> tuple[SustainedShift, ...]:
    if not judging.frozen:
        return ()
    return tuple(sustained_shifts_of(series, centre, after=judging.baseline or 0))


def _run_limits(runs: list[Run], rules: RuleSet) -> tuple[int | None, int | None, RunsVerdict]:
    """Return the fewest and the most runs to be expected, and what is to be said of those there are."""
    expected = RUN_LIMITS.get(useful_of(runs)) if rules.run_limits else None
    if expected is None:
        return None, None, RunsVerdict.NOT_EVALUATED
    fewest, most = expected
    if len(runs) < fewest:
        return fewest, most, RunsVerdict.TOO_FEW
    return fewest, most, RunsVerdict.TOO_MANY if len(runs) > most else RunsVerdict.AS_EXPECTED


def _longest_run_and_crossings(runs: list[Run]) -> LongestRunAndCrossings:
    useful = useful_of(runs)
    if useful < FEWEST_USEFUL:
        return LongestRunAndCrossings(None, None, None)
    longest_expected, fewest = longest_run_expected(useful), fewest_crossings_expected(useful)
    longest = max(len(run.positions) for run in runs)
    return LongestRunAndCrossings(longest_expected, fewest, longest > longest_expected or len(runs) - 1 < fewest)


def _marks_of_order(judging: Judging, order: Order) -> Iterator[Mark]:
    """Yield the marks of what the order of points says; it says nothing before there are ten useful ones."""
    if order.runs.useful >= FEWEST_USEFUL:
        yield from marks_of_order(order.shifts, order.trends, judging.improvement)
        if judging.rules.sustained:
            yield from marks_of_sustained(order.sustained_shifts, judging.improvement)


def hash_of(series: Series, judging: Judging) -> str:
    """Return a SHA-256 of what is judged and how; numbers that are equal make the same hash."""
    how = (judging.rules.name, judging.rules.version, judging.chart, judging.baseline, judging.centre, judging.screen)
    aims = (judging.improvement, judging.target)
    values = map(_number, (each.value for each in series.observations))
    denominators = map(_number, (each.denominator for each in series.observations))
    return sha256("\n".join((*map(_text, (*how, *aims)), *values, "/", *denominators)).encode()).hexdigest()


def _text(value: object) -> str:
    return _number(value) if isinstance(value, Decimal) else str(value)


def _number(value: Decimal | None) -> str:
    """Return a number without an exponent and without zeros at its end, so that equal ones are written alike."""
    text = str(value)
    if "." in text and "E" not in text:
        return text.rstrip("0").rstrip(".")
    return format(normalised(value), "f") if value is not None and "E" in text else text
