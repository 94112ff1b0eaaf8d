"""Stores figures as data, with the machine and its load, and as pages."""

import json
import os
import platform
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench.reporting.charts import picture
from bench.reporting.report import HEAD, Report, Reporting

FOLDER = Path(__file__).resolve().parents[1] / "results"
_LIBRARIES = ("nameko", "eventlet", "kombu", "amqp", "pymongo", "orjson", "marshmallow")


def machine() -> dict[str, Any]:
    """Describe this machine."""
    models = {line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")}
    return {
        "cores": os.cpu_count(),
        "processor": ", ".join(sorted(models)) or platform.processor(),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "kernel": platform.release(),
        "python": platform.python_version(),
    }


def own_versions() -> dict[str, str]:
    """Give the versions of the libraries that ours and stock nameko use."""
    return {name: version(name) for name in _LIBRARIES}


def load() -> float:
    """Give the load average of the last minute."""
    return round(os.getloadavg()[0], 2)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Format a Markdown table with aligned columns."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    lines = [" | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in (head, *rows)]
    lines.insert(1, " | ".join("-" * width for width in widths))
    return "\n".join(f"| {line} |" for line in lines)


def keep(name: str, reporting: Reporting, *, figures: Any, about: Mapping[str, Any], load_before: float) -> int:
    """Store the figures and print the report; `about` describes the run. Gives 0 if every promise holds."""
    measured = {
        "at": datetime.now().astimezone().isoformat(timespec="seconds"),
        "machine": machine(),
        "load": {"before": load_before, "after": load()},
        **about,
    }
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{name}.json").write_text(json.dumps({**measured, "figures": figures}, indent=1) + "\n")
    found = kept(name)
    report = reporting(found)
    print(shown(name, report, found)[f"{name}.md"], flush=True)
    return 1 if report.missed else 0


def kept(name: str) -> Mapping[str, Any]:
    """Give the stored figures of a benchmark; empty if it has never run."""
    path = FOLDER / f"{name}.json"
    found: Mapping[str, Any] = json.loads(path.read_text()) if path.exists() else {}
    return found


def shown(name: str, report: Report, found: Mapping[str, Any]) -> Mapping[str, str]:
    """Give the page and the chart of a benchmark, by the names of their files."""
    promises = table(HEAD, [each.row() for each in report.promises])
    page = [f"# {name}", promises, f"![{report.title}]({name}.svg)", report.details, _described(found)]
    return {f"{name}.md": "\n\n".join(page) + "\n", f"{name}.svg": picture(report.title, *report.panels)}


def write(files: Mapping[str, str]) -> None:
    """Write files into the folder of the figures."""
    for name, text in files.items():
        (FOLDER / name).write_text(text)


def print_line(line: str) -> None:
    """Print progress to standard error."""
    print(line, file=sys.stderr, flush=True)


def _described(measured: Mapping[str, Any]) -> str:
    lines = [f"- {what}: {_in_words(value)}" for what, value in measured.items() if what != "figures"]
    return "\n".join(["How it was measured:\n", *lines])


def _in_words(value: Any) -> str:
    return ", ".join(f"{name} {each}" for name, each in value.items()) if isinstance(value, Mapping) else str(value)


def _lines(path: str) -> list[str]:
    return Path(path).read_text().splitlines()
