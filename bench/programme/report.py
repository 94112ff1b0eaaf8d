"""What the figures of a large programme say."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bench.reporting.charts import Dots
from bench.reporting.figures import spread
from bench.reporting.report import AT_MOST, Promise, Report
from bench.reporting.results import table

MANY_SESSIONS, MANY_DELEGATES = 200, 400
MOST_MS, MOST_READS, MOST_MEMORY = 1000, 1.5, 1.05
BEFORE, TELLING = 0, 1
Ratios = Mapping[str, Sequence[float]]


def report(kept: Mapping[str, Any]) -> Report:
    """Report the time to find conflicts, memory while many are told against few, and reads meanwhile against rest."""
    figures, in_full = kept["figures"], kept["sessions"] >= MANY_SESSIONS and kept["delegates"] >= MANY_DELEGATES
    found, memory, reads = figures["conflicts"], _memory(*figures["told"]), _reads(kept)
    promises = [
        _slowest(found, in_full=in_full),
        _worst(f"memory of each while {MANY_DELEGATES} are told, against a fourth", MOST_MEMORY, memory, in_full),
        _worst(f"a read's p95 while {MANY_DELEGATES} are told, against rest", MOST_READS, reads, in_full),
    ]
    return Report(
        title=f"A programme of {kept['sessions']} sessions, released to {kept['delegates']} delegates",
        promises=promises,
        panels=[
            Dots(heading="ms until the conflicts are there", digits=0, promised={f"{AT_MOST} {MOST_MS} ms": MOST_MS},
                 rows={name: each["ms"] for name, each in found.items()}),
            Dots(heading="most memory, many told ÷ few told", rows=memory,
                 promised={f"{AT_MOST} {MOST_MEMORY} ×": MOST_MEMORY}),
            Dots(heading="a read's p95, while all are told ÷ at rest", rows=reads,
                 promised={f"{AT_MOST} {MOST_READS} ×": MOST_READS}),
        ],
        details="\n\n".join(_details(kept)),
    )  # fmt: skip


def _slowest(found: Mapping[str, Any], *, in_full: bool) -> Promise:
    """The slowest of all rounds keeps the limit, however the sessions are arranged."""
    slowest = max(found, key=lambda name: max(found[name]["ms"]))
    most = max(found[slowest]["ms"])
    return Promise(
        what=f"conflicts of {MANY_SESSIONS} sessions found, each request", bound=AT_MOST, limit=MOST_MS, unit="ms",
        found=most, measured=f"{spread(found[slowest]['ms']).shown(0)} ms ({slowest})", in_full=in_full,
    )  # fmt: skip


def _worst(what: str, limit: float, ratios: Ratios, in_full: bool) -> Promise:
    found = {name: spread(each) for name, each in ratios.items()}
    worst = max(found, key=lambda name: found[name].median)
    return Promise(what=what, bound=AT_MOST, limit=limit, unit="×", found=found[worst].median,
                   measured=f"{found[worst].shown(2)} × ({worst})", in_full=in_full)  # fmt: skip


def _memory(few: Sequence[Mapping[str, Any]], many: Sequence[Mapping[str, Any]]) -> Ratios:
    """Give, by process, the most memory of each round while many are told, against that while few are."""
    pairs = list(zip(few, many, strict=True))
    return {
        name: [large["memory"][name][TELLING] / small["memory"][name][TELLING] for small, large in pairs]
        for name in many[0]["memory"]
    }


def _reads(kept: Mapping[str, Any]) -> Ratios:
    return {
        f"{told[0]['delegates']} delegates": [each["reads"][TELLING] / each["reads"][BEFORE] for each in told]
        for told in kept["figures"]["told"]
    }


def _details(kept: Mapping[str, Any]) -> Iterator[str]:
    figures = kept["figures"]
    yield table(
        ("the sessions are", "conflicts", "ms until they are there"),
        [[name, str(each["conflicts"]), spread(each["ms"]).shown(0)] for name, each in figures["conflicts"].items()],
    )
    yield table(
        (
            "a release to",
            "s until each letter is sent",
            "MB before",
            "MB at most",
            "p95 ms at rest",
            "p95 ms meanwhile",
        ),
        [_row(told) for told in figures["told"]],
    )


def _row(told: Sequence[Mapping[str, Any]]) -> list[str]:
    seconds, names = spread(each["seconds"] for each in told), told[0]["memory"]
    memory = [
        ", ".join(f"{name} {spread(each['memory'][name][when] for each in told).shown(0)}" for name in names)
        for when in (BEFORE, TELLING)
    ]
    reads = [spread(each["reads"][when] for each in told).shown(1) for when in (BEFORE, TELLING)]
    return [f"{told[0]['delegates']} delegates", seconds.shown(1), *memory, *reads]
