"""The time to judge a measure of 10,000 points and to draw its chart, on one core."""

import gc
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from importlib.metadata import version
from math import sqrt
from typing import Any

from bench.reporting.charts import Dots
from bench.reporting.figures import spread
from bench.reporting.report import AT_MOST, Promise, Report
from bench.reporting.results import keep, load, print_line, table
from chassis.runtime.garbage import collect_seldom
from cli.local.process import REPOSITORY
from services.engagements.analysis.judge import judge
from services.engagements.analysis.limits import Chart as Kind
from services.engagements.analysis.rule_sets import ANHOEJ_2014, MDC_NHS, PERLA_2011, RuleSet
from services.engagements.analysis.series import Observation, Series
from services.engagements.analysis.verdict import Improvement, Judging
from services.engagements.charts.chart import Chart, Panel, Phase

MANY_POINTS, MOST_JUDGING, MOST_DRAWING = 10_000, 50, 500
"""What is promised: for so many points, in milliseconds of one core."""
SEED = 1931
SHAPES = {"judged": MOST_JUDGING, "drawn": MOST_DRAWING}
FIRST = "import resource as r, services.engagements.charts.svg; print(r.getrusage(r.RUSAGE_SELF).ru_maxrss)"


@dataclass(frozen=True, kw_only=True)
class Case:
    """A measure, by how it is judged."""

    rules: RuleSet
    kind: Kind
    points: list[Observation]


def run(*, rounds: int, points: int) -> int:
    """Judge and draw every case in each round; gives 0 if both promises hold."""
    before = load()
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    cases = _cases(points)
    from services.engagements.charts.svg import svg_of  # here, since other benchmarks do not need it

    collect_seldom()
    took: dict[str, dict[str, list[float]]] = {what: {name: [] for name in cases} for what in SHAPES}
    for number in range(rounds):
        for name, case in cases.items():
            series, judging = Series(case.points), Judging(case.rules, case.kind, improvement=Improvement.DECREASE)
            took["judged"][name].append(_milliseconds(lambda: judge(Series(case.points), judging)))  # noqa: B023  at once
            chart = _chart(name, series, judging)
            took["drawn"][name].append(_milliseconds(lambda: svg_of(chart)))  # noqa: B023  at once
        print_line(f"round {number + 1} of {rounds}, load {load()}")
    about = {
        "points": points,
        "rounds": rounds,
        "libraries": {name: version(name) for name in ("matplotlib", "numpy")},
        "first": _first_chart(),
        "qicharts2": "at hand, not measured" if shutil.which("Rscript") and _has_qicharts2() else "not at hand",
    }
    return keep("analysis", report, figures=took, about=about, load_before=before)


def report(kept: Mapping[str, Any]) -> Report:
    """Report each case; the slowest must keep the promise."""
    figures, in_full = kept["figures"], kept["points"] >= MANY_POINTS
    promises = [_promise(what, figures[what], limit, in_full=in_full) for what, limit in SHAPES.items()]
    return Report(
        title=f"A measure of {kept['points']:,} points: judged, and drawn as SVG",
        promises=promises,
        panels=[
            Dots(heading=f"{what}, ms", rows=figures[what], promised={promise.promised: limit}, digits=1)
            for (what, limit), promise in zip(SHAPES.items(), promises, strict=True)
        ],
        details=_details(kept),
    )


def _promise(what: str, took: Mapping[str, list[float]], limit: float, *, in_full: bool) -> Promise:
    slowest = max(took, key=lambda name: spread(took[name]).median)
    found = spread(took[slowest])
    return Promise(
        what=f"{MANY_POINTS:,} points in one measure, {what}", bound=AT_MOST, limit=limit, unit="ms",
        found=found.median, measured=f"{found.shown(1)} ms, the slowest ({slowest})", in_full=in_full,
    )  # fmt: skip


def _details(kept: Mapping[str, Any]) -> str:
    rows = [
        [name, *(spread(kept["figures"][what][name]).shown(1) for what in SHAPES)] for name in kept["figures"]["judged"]
    ]
    first = kept["first"]
    ready = f"A process that draws is ready after {first['import_ms']} ms, with {first['resident_mb']} MB resident."
    beside = f"R's qicharts2 was {kept['qicharts2']}: nothing stands beside ours."
    return f"Processor time. {ready} {beside}\n\n{table(('ms', *SHAPES), rows)}"


def _cases(points: int) -> dict[str, Case]:
    dice = random.Random(SEED)
    values = [Observation(Decimal(str(round(dice.gauss(20, 3), 2)))) for _ in range(points)]
    wholes = dice.sample(range(50_000, 50_000 + 5 * points), points)
    shares = [_counted(dice, whole, Decimal(whole) / 5000) for whole in wholes]
    counts = [Observation(each.value) for each in (_counted(dice, 1, Decimal(16)) for _ in range(points))]
    return {
        "run chart, Perla": Case(rules=PERLA_2011, kind=Kind.RUN, points=values),
        "run chart, Anhøj": Case(rules=ANHOEJ_2014, kind=Kind.RUN, points=values),
        "individuals, NHS": Case(rules=MDC_NHS, kind=Kind.INDIVIDUALS, points=values),
        "p, each its denominator": Case(rules=PERLA_2011, kind=Kind.P, points=shares),
        "u, each its denominator": Case(rules=PERLA_2011, kind=Kind.U, points=shares),
        "c": Case(rules=PERLA_2011, kind=Kind.C, points=counts),
    }


def _counted(dice: random.Random, whole: int, expected: Decimal) -> Observation:
    """Return a count that varies as chance makes it."""
    mean = float(expected)
    return Observation(Decimal(max(0, round(dice.gauss(mean, sqrt(mean))))), Decimal(whole))


def _chart(name: str, series: Series, judging: Judging) -> Chart:
    days = tuple(date(1999, 1, 1) + timedelta(days=index) for index in range(len(series.levels)))
    phase = Phase(days=days, levels=series.levels, verdict=judge(series, judging))
    return Chart(title=name, panels=(Panel(phases=(phase,)),))


def _milliseconds(work: Callable[[], object]) -> float:
    gc.collect()
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1000


def _first_chart() -> dict[str, float]:
    """Return what it costs to be able to draw: a process of its own, the third of three, its modules compiled."""
    for _ in range(3):
        begun = time.monotonic()
        said = subprocess.run([sys.executable, "-c", FIRST], cwd=REPOSITORY, capture_output=True, check=True, text=True)
        took = time.monotonic() - begun
    return {"import_ms": round(took * 1000), "resident_mb": round(int(said.stdout) / 1024)}


def _has_qicharts2() -> bool:
    asked = ["Rscript", "-e", 'quit(status = !requireNamespace("qicharts2", quietly = TRUE))']
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0
