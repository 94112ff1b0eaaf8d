"""Runs all benchmarks, and writes one table of what the design promises from the stored figures."""

import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bench import analysis, consequences, growth, memory, reactions, recording, relay, rpc, start
from bench.programme import report as programme
from bench.reporting.report import HEAD, Report, Reporting
from bench.reporting.results import kept, print_line, shown, table
from cli.local.process import REPOSITORY


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One benchmark: its report, and the options of a quick run."""

    report: Reporting
    quick: tuple[str, ...]


MEASURES: Mapping[str, Measure] = {
    "rpc": Measure(report=rpc.report, quick=("--rounds", "3", "--seconds", "0.5")),
    "relay": Measure(report=relay.report, quick=("--rounds", "2", "--events", "3000")),
    "reactions": Measure(report=reactions.report, quick=("--rounds", "2", "--events", "1000")),
    "consequences": Measure(report=consequences.report, quick=("--seconds", "10")),
    "growth": Measure(report=growth.report, quick=("--rounds", "5", "--partners", "2000")),
    "memory": Measure(report=memory.report, quick=("--messages", "3000")),
    "start": Measure(report=start.report, quick=("--rounds", "1")),
    "analysis": Measure(report=analysis.report, quick=("--rounds", "2")),
    "recording": Measure(report=recording.report, quick=("--rounds", "2", "--points", "1000", "--rows", "5000")),
    "programme": Measure(
        report=programme.report, quick=("--rounds", "2", "--releases", "2", "--sessions", "40", "--delegates", "80")
    ),
}
INTRODUCTION = """# What is promised, and what was measured

Each page behind a row has all figures, with the machine, its load, and the versions."""
SHOWN_BY_TESTS = (
    (
        "a command accepted is never lost",
        "0 lost, 0 applied twice",
        "`./partnerships chaos`, and shorter in `tests/journeys/test_fault_run.py`",
    ),
    (
        "rolling restart under load",
        "no failed request beyond retryable 503, nothing handled twice",
        "`tests/journeys/test_stopping_under_load.py`, and in containers `tests/containers/test_the_stack.py`",
    ),
)
Measuring = Callable[[str, Sequence[str]], None]
"""Runs the benchmark of a name with options, and stores its figures."""


def measure_all(*, quick: bool) -> int:
    """Run all benchmarks and print the table; gives 0 if all have run and every promise holds."""
    failed = not_measured(_measure, quick=quick)
    reports = _reports()
    print(_table(reports), flush=True)
    if failed:
        print_line(f"not measured this time: {', '.join(failed)}")
    missed = [each for report in reports.values() for each in report.missed]
    if missed:
        print_line(f"missed: {'; '.join(missed)}")
    return 1 if failed or missed else 0


def not_measured(measure: Measuring, *, quick: bool) -> list[str]:
    """Run all benchmarks in turn, also after a failure, and name those that stored no figures."""
    begun = datetime.now().astimezone().replace(microsecond=0)
    for name, measured in MEASURES.items():
        print_line(f"--- {name}")
        measure(name, measured.quick if quick else ())
    return [name for name in MEASURES if not _is_since(begun, kept(name))]


def all_shown() -> Mapping[str, str]:
    """Give all pages, charts and the table, made from the stored figures, by the names of their files."""
    reports = _reports()
    files = {"README.md": _table(reports)}
    for name, report in reports.items():
        files |= shown(name, report, kept(name))
    return files


def _measure(name: str, options: Sequence[str]) -> None:
    """Run a benchmark in a process of its own, so that none is affected by an earlier one."""
    subprocess.run([sys.executable, "-m", "dev", "bench", name, *options], cwd=REPOSITORY, check=False)


def _is_since(begun: datetime, found: Mapping[str, Any]) -> bool:
    return bool(found) and datetime.fromisoformat(found["at"]) >= begun


def _reports() -> Mapping[str, Report]:
    return {name: measure.report(found) for name, measure in MEASURES.items() if (found := kept(name))}


def _table(reports: Mapping[str, Report]) -> str:
    pictures = "\n".join(f"![{report.title}]({name}.svg)" for name, report in reports.items())
    return f"{INTRODUCTION}\n\n{table((*HEAD, 'measured at'), list(_rows(reports)))}\n\n{pictures}\n"


def _rows(reports: Mapping[str, Report]) -> Iterator[list[str]]:
    for name in MEASURES:
        if name not in reports:
            yield [name, "", "", "not measured", ""]
            continue
        link = f"[{name}]({name}.md), {kept(name)['at']}"
        yield from ([*promise.row(), link] for promise in reports[name].promises)
    yield from ([what, promised, shows, "shown by tests", ""] for what, promised, shows in SHOWN_BY_TESTS)
