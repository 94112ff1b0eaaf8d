"""A second computation, by fractions and patterns in text, agrees with the first on 10,000 random series."""

import random
import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import cycle, pairwise
from statistics import median

from services.engagements.analysis.judge import judge
from services.engagements.analysis.limits import Chart
from services.engagements.analysis.rule_sets import MDC_NHS, PERLA_2011
from services.engagements.analysis.verdict import Judging
from tests.unit.engagements.analysis.series_of import series, spans

SERIES = 10_000


def random_texts() -> Iterator[str]:
    """Short series of small numbers: full of ties, of points on the centre, and of gaps."""
    dice = random.Random(1956)
    for _ in range(SERIES):
        levels = dice.choice((["-", "1", "2", "3"], ["-", "0.1", "0.2", "0.3", "1"], ["1/3", "2/6", "1/2", "2/3", "-"]))
        yield " ".join(dice.choices(levels, k=dice.randint(1, 30)))


def fractions(text: str) -> list[Fraction | None]:
    return [None if each == "-" else Fraction(each) for each in text.split()]


def letters(levels: list[Fraction | None], centre: Fraction) -> str:
    """a above, b below, o on the centre, - missing."""
    return "".join("-" if x is None else "o" if x == centre else "a" if x > centre else "b" for x in levels)


def shifts(sides: str) -> list[tuple[str, int, int, int]]:
    found = []
    for letter, side in (("a", "above"), ("b", "below")):
        other = "b" if letter == "a" else "a"
        for match in re.finditer(f"{letter}[^{other}]*", sides):
            span = match.group()
            if span.count(letter) >= 6:
                found.append((side, match.start() + 1, match.start() + span.rindex(letter) + 1, span.count(letter)))
    return sorted(found, key=lambda each: each[1])


def trends(levels: list[Fraction | None]) -> list[tuple[str, int, int, int]]:
    present = [(at, x) for at, x in enumerate(levels, 1) if x is not None]
    steps = "".join("=" if b == a else "u" if b > a else "d" for (_, a), (_, b) in pairwise(present))
    found = []
    for pattern, direction in (("u[u=]*u|u", "rising"), ("d[d=]*d|d", "falling")):
        for match in re.finditer(pattern, steps):
            length = len(match.group().replace("=", "")) + 1
            if length >= 5:
                found.append((direction, present[match.start()][0], present[match.end()][0], length))
    return sorted(found, key=lambda each: each[1])


def test_runs_shifts_and_trends_agree() -> None:
    for text in random_texts():
        levels = fractions(text)
        present = [each for each in levels if each is not None]
        order = judge(series(text), Judging(PERLA_2011, Chart.RUN)).order
        if not present:
            assert order.runs.runs == ()
            continue
        sides = letters(levels, median(present))
        useful = re.sub("[o-]", "", sides)
        assert order.runs.lengths == [len(run.group()) for run in re.finditer("a+|b+", useful)], text
        assert spans(order.shifts) == shifts(sides), text
        assert spans(order.trends) == trends(levels), text


def test_limits_of_individuals_agree() -> None:
    for text in random_texts():
        levels = fractions(text)
        ranges = [abs(b - a) for a, b in pairwise(levels) if a is not None and b is not None]
        limits = judge(series(text), Judging(MDC_NHS, Chart.INDIVIDUALS)).limits
        if not ranges:
            assert limits is None
            continue
        assert limits is not None
        present = [each for each in levels if each is not None]
        centre = sum(present, Fraction(0)) / len(present)
        width = Fraction(266, 100) * sum(ranges, Fraction(0)) / len(ranges)
        outside = [at for at, x in enumerate(levels, 1) if x is not None and abs(x - centre) > width]
        assert limits.outside(series(text)) == outside, text
        assert abs(Fraction(limits.upper[0]) - (centre + width)) < Fraction(1, 10**39), text


def counted_texts() -> Iterator[str]:
    """Short series of counts of few and of many, so that points fall on limits and on two thirds of the way there."""
    dice = random.Random(1924)
    for _ in range(SERIES):
        wholes = dice.choice(([4], [9], [4, 9, 16], [10, 25, 40, 90], [1, 2, 3, 5, 7], [100, 1_000]))
        rows = ((dice.randint(0, whole), whole) for whole in dice.choices(wholes, k=dice.randint(1, 20)))
        yield " ".join(f"{count}/{whole}" if dice.random() < 0.9 else "-" for count, whole in rows)


def deviations(counted: list[tuple[int, int]], chart: Chart) -> Iterator[tuple[int, bool, bool]]:
    """Give each position, whether it is outside and whether near a limit: without a root, by squares."""
    centre = Fraction(sum(count for count, _ in counted), sum(whole for _, whole in counted))
    variance = centre * (1 - centre) if chart is Chart.P else centre
    for at, (count, whole) in enumerate(counted, 1):
        if whole:
            way, squared = Fraction(count, whole) - centre, 9 * variance / whole
            end = centre if way < 0 else 1 - centre if chart is Chart.P else None  # where a limit is cut off
            reach = squared if end is None else min(squared, end**2)
            yield at, way**2 > reach, 9 * way**2 > 4 * reach


def test_what_is_outside_or_near_the_limits_of_counts_agrees() -> None:
    for text, chart in zip(counted_texts(), cycle((Chart.U, Chart.P)), strict=False):
        counted = [(0, 0) if each == "-" else tuple(map(int, each.split("/"))) for each in text.split()]
        limits = judge(series(text), Judging(MDC_NHS, chart)).limits
        if limits is None:
            assert not any(whole for _, whole in counted)
            continue
        found = list(deviations(counted, chart))
        outside = [at for at, is_outside, _ in found if is_outside]
        assert limits.outside(series(text)) == outside, (text, chart)
        near = [at for at, is_outside, is_near in found if is_near and not is_outside]
        assert limits.near(series(text), beyond=outside) == near, (text, chart)
