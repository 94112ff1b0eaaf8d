"""What the data of one series of a measure say: each phase judged by the analysis, in periods instead of positions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from hashlib import sha256
from itertools import chain, groupby, pairwise, starmap

from services.engagements.analysis.critical_values import FEWEST_USEFUL
from services.engagements.analysis.exact import ratio
from services.engagements.analysis.judge import judge
from services.engagements.analysis.marks import meaning_of
from services.engagements.analysis.rule_sets import RULE_SETS
from services.engagements.analysis.runs import Direction, Side
from services.engagements.analysis.series import Observation, Series
from services.engagements.analysis.verdict import Improvement, Judging, Meaning, RunsVerdict, Verdict
from services.engagements.model.measurement.definition import Phase, PhaseCause
from services.engagements.model.measurement.measure import Measure
from services.engagements.model.measurement.periods import next_period

MADE_OF_POINTS = ("outside", "two_of_three")
"""Rules by which each point is a finding of its own."""
STILL_FOUND = ("shift", "sustained_shift")
"""Rules whose findings a rebase does not take away: it says that they are here to stay."""
WHOLE_PHASE = "whole_phase"
"""The side of a finding that is about all points of a phase."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One data point as it is judged: of which period, and what was measured."""

    period: date
    value: Decimal
    denominator: Decimal | None


@dataclass(frozen=True, kw_only=True)
class Finding:
    """More than chance would explain, by a rule: in which periods, and what it means."""

    rule: str
    side: str
    meaning: Meaning
    first: date
    last: date
    length: int


@dataclass(frozen=True, kw_only=True)
class Span:
    """Consecutive data points, by the periods of the first and the last."""

    first: date
    last: date
    length: int


@dataclass(frozen=True, kw_only=True)
class JudgedPhase:
    """One phase of a chart: its periods, those without data too, and what was judged of it."""

    phase: Phase
    periods: list[date]
    series: Series
    verdict: Verdict

    @property
    def is_evaluated(self) -> bool:
        """Whether there are enough useful observations for a signal (Perla 2011: ten)."""
        return self.verdict.order.runs.useful >= FEWEST_USEFUL


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """All that is known of one series; `judged` is a hash of the data and of how they were judged.

    `opening` are those shifts among its findings with which a phase begins: nothing before them was otherwise.
    """

    judged: str
    points: int
    latest: date | None
    phases: list[JudgedPhase]
    findings: list[Finding]
    opening: list[Finding]
    target_met: list[Span]


def judge_series_of(measure: Measure, points: Sequence[Measured]) -> Judgement:
    """Judge the data points of one series, in whichever order they are given."""
    ordered = sorted(points, key=lambda point: point.period)
    phases = [_judged(measure, phase, part) for phase, part in _in_phases(measure.phases, ordered) if part]
    return Judgement(
        judged=_hash(phases),
        points=len(ordered),
        latest=ordered[-1].period if ordered else None,
        phases=phases,
        findings=[
            *chain.from_iterable(map(_findings, phases)),
            *chain.from_iterable(starmap(_beyond, pairwise(phases))),
        ],
        opening=[*chain.from_iterable(map(_opening, phases))],
        target_met=[span for phase in phases for span in _target_met(phase)],
    )


def level_of(measure: Measure, point: Measured) -> Decimal:
    """Return what a chart shows of a data point, with all digits: the value, or the count for so many of it."""
    level = _observation(measure, point, point.period).level
    return point.value if level is None else level


def _in_phases(phases: list[Phase], points: list[Measured]) -> Iterator[tuple[Phase, list[Measured]]]:
    """Divide points at the days on which phases begin."""
    ends = [*(phase.begins_on for phase in phases[1:]), date.max]
    for phase, end in zip(phases, ends, strict=True):
        since = phase.begins_on or date.min
        yield phase, [point for point in points if since <= point.period < (end or date.max)]


def _judged(measure: Measure, phase: Phase, points: list[Measured]) -> JudgedPhase:
    periods = list(_periods(points[0].period, points[-1].period, measure))
    known = {point.period: point for point in points}
    series = Series(_observation(measure, known.get(period), period) for period in periods)
    judging = Judging(
        rules=RULE_SETS[measure.rules],
        chart=measure.chart,
        baseline=_position_of(series, phase.baseline_points),
        improvement=measure.improvement,
        target=measure.target,
    )
    return JudgedPhase(phase=phase, periods=periods, series=series, verdict=judge(series, judging))


def _periods(first: date, last: date, measure: Measure) -> Iterator[date]:
    period = first
    while period <= last:
        yield period
        period = next_period(period, measure.frequency)


def _observation(measure: Measure, point: Measured | None, period: date) -> Observation:
    if point is None:
        return Observation(None)
    multiplier = 1 if point.denominator is None else measure.definition_on(period).multiplier
    if point.denominator is None or multiplier == 1:
        return Observation(point.value, point.denominator)
    return Observation(point.value, ratio(point.denominator, Decimal(multiplier)))


def _position_of(series: Series, points: int | None) -> int | None:
    """Return the position of the last of so many measured points; None while there are not so many."""
    if points is None or len(series.measured) < points:
        return None
    return series.measured[points - 1][0]


def _findings(phase: JudgedPhase) -> Iterator[Finding]:
    if not phase.is_evaluated:
        return
    yield from _findings_of_order(phase)
    yield from _findings_of_points(phase)
    yield from _findings_of_runs(phase)


def _beyond(former: JudgedPhase, rebased: JudgedPhase) -> Iterator[Finding]:
    """Yield what a rebased phase shows against the centre before it: a shift that became the new one is still there."""
    useful = former.verdict.order.runs.useful + rebased.verdict.order.runs.useful
    if rebased.phase.cause is not PhaseCause.REBASE or useful < FEWEST_USEFUL:
        return
    judging = replace(rebased.verdict.judging, baseline=None, centre=former.verdict.centre)
    compared = replace(rebased, verdict=judge(rebased.series, judging))
    yield from (each for each in _findings_of_order(compared) if each.rule in STILL_FOUND)


def _findings_of_order(phase: JudgedPhase) -> Iterator[Finding]:
    order = phase.verdict.order
    for run in order.shifts:
        yield _finding(phase, "shift", run.side, run.positions[0], run.positions[-1], len(run.positions))
    for trend in order.trends:
        side = Side.ABOVE if trend.direction is Direction.RISING else Side.BELOW
        yield _finding(phase, "trend", side, trend.positions[0], trend.positions[-1], len(trend.positions))
    for shift in order.sustained_shifts:
        counted = sum(1 for at, level in phase.series.measured if shift.first <= at <= shift.last)
        yield _finding(phase, "sustained_shift", shift.side, shift.first, shift.last, counted)


def _opening(phase: JudgedPhase) -> Iterator[Finding]:
    """Yield the shifts that lie in the first run of a phase."""
    if phase.is_evaluated:
        last = phase.periods[phase.verdict.order.runs.runs[0].positions[-1] - 1]
        yield from (each for each in _findings_of_order(phase) if each.rule == "shift" and each.last <= last)


def _findings_of_points(phase: JudgedPhase) -> Iterator[Finding]:
    levels, centre = dict(phase.series.measured), phase.verdict.centre
    for mark in phase.verdict.marks:
        if mark.rule in MADE_OF_POINTS and centre is not None:
            side = Side.ABOVE if levels[mark.position] > centre else Side.BELOW
            yield _finding(phase, mark.rule, side, mark.position, mark.position, 1)


def _findings_of_runs(phase: JudgedPhase) -> Iterator[Finding]:
    order, rules = phase.verdict.order, phase.verdict.judging.rules
    if rules.longest_run_and_crossings and order.longest_run_and_crossings.signal:
        yield _about_all(phase, "longest_run_or_crossings")
    if order.runs.verdict in (RunsVerdict.TOO_FEW, RunsVerdict.TOO_MANY):
        yield _about_all(phase, f"{order.runs.verdict}_runs")


def _about_all(phase: JudgedPhase, rule: str) -> Finding:
    first, last = phase.periods[0], phase.periods[-1]
    useful = phase.verdict.order.runs.useful
    return Finding(rule=rule, side=WHOLE_PHASE, meaning=Meaning.NEUTRAL, first=first, last=last, length=useful)


def _finding(phase: JudgedPhase, rule: str, side: Side, first: int, last: int, length: int) -> Finding:
    periods, improvement = phase.periods, phase.verdict.judging.improvement
    return Finding(rule=rule, side=side, meaning=meaning_of(side, improvement), first=periods[first - 1],
                   last=periods[last - 1], length=length)  # fmt: skip


def _target_met(phase: JudgedPhase) -> Iterator[Span]:
    """Yield where consecutive data points, missing ones left out, meet the target."""
    target, improvement = phase.verdict.judging.target, phase.verdict.judging.improvement
    if target is None or improvement is Improvement.NEUTRAL:
        return
    for met, together in groupby(phase.series.measured, key=lambda each: meets(each[1], target, improvement)):
        positions = [at for at, _ in together]
        if met:
            yield Span(first=phase.periods[positions[0] - 1], last=phase.periods[positions[-1] - 1],
                       length=len(positions))  # fmt: skip


def meets(level: Decimal, target: Decimal, improvement: Improvement) -> bool:
    """Whether a level is at a target or beyond it, in the direction in which the measure is to go."""
    return level >= target if improvement is Improvement.INCREASE else level <= target


def _hash(phases: list[JudgedPhase]) -> str:
    parts = [f"{each.periods[0]}:{each.verdict.judged}" for each in phases]
    return sha256("|".join(parts).encode()).hexdigest()
