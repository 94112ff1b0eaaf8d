"""The cost of one more data point in a long series, against a short one; and of a hundred thousand in one file."""

import json
import time
import urllib.request
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from bench.memory import MemoryCurve, thinned
from bench.parts import versions
from bench.processes import resident_megabytes
from bench.reporting.charts import Dots, Lines
from bench.reporting.figures import percentile, spread
from bench.reporting.report import AT_MOST, Promise, Report
from bench.reporting.results import keep, load, print_line, table
from bench.target import Target, target_running
from cli.connection.api import Api

SHORT, LONG, MANY_ROWS, STRATA = 10, 10_000, 100_000, 50
MOST_TIMES, MOST_MEGABYTES, FLAT_MEGABYTES = 2, 160, 5
REQUESTS = 20
"""Data points of each series in each round."""
JUDGED_LATER = {"JUDGE_LOOP_SECONDS": "3600"}
POLL_SECONDS, TIMEOUT_SECONDS = 0.2, 600
FILE_SECONDS = 300.0
WATCHED = ("engagements", "gateway")


@dataclass(kw_only=True)
class Series:
    """A measure of each day with one series, and the first of its days that has no data point."""

    target: Target
    measure_id: str
    free: Iterator[date]

    def record(self) -> float:
        """Record one more data point; gives the seconds until the answer."""
        point = {"on": str(next(self.free)), "value": "3"}
        begun = time.perf_counter()
        self.target.api.post(f"/v1/measures/{self.measure_id}/data-points", point)
        return time.perf_counter() - begun


def run(*, rounds: int, points: int, rows: int) -> int:
    """Record single points and one file; gives 0 if every promise holds."""
    before = load()
    with target_running("recording", also=JUDGED_LATER) as target:
        about = {"points": points, "rounds": rounds, "rows": rows, **versions(target.instance.parts)}
        figures: dict[str, Any] = {"command alone": _took(target, rounds, points), "read": _read(target, points)}
    with target_running("recording") as target:
        figures["judged beside it"] = _took(target, rounds, points)
        figures["file"] = _file(target, rows)
    return keep("recording", report, figures=figures, about=about, load_before=before)


def report(kept: Mapping[str, Any]) -> Report:
    """Report the ratio of times, the documents read, and the memory while a file is taken."""
    figures, in_full = kept["figures"], kept["points"] >= LONG
    ratios = {
        name: [long / short for short, long in zip(*figures[name], strict=True)]
        for name in ("command alone", "judged beside it")
    }
    curves = {name: MemoryCurve(seen=seen) for name, seen in figures["file"]["memory"].items()}
    promises = [
        *(_ratio(name, each, in_full=in_full) for name, each in ratios.items()),
        *_memory(curves, kept["rows"]),
    ]
    return Report(
        title=f"One more data point in a series of {kept['points']:,}, and {kept['rows']:,} in one file",
        promises=promises,
        panels=[
            Dots(heading="time, long ÷ short", rows=ratios, promised={f"{AT_MOST} {MOST_TIMES} ×": MOST_TIMES}),
            _lines(curves, kept["rows"]),
        ],
        details=_details(kept),
    )


def _ratio(name: str, ratios: list[float], *, in_full: bool) -> Promise:
    found = spread(ratios)
    return Promise(
        what=f"one more data point in a series of {LONG:,}, against {SHORT} ({name})", bound=AT_MOST, limit=MOST_TIMES,
        unit="×", found=found.median, measured=f"{found.shown(2)} ×", in_full=in_full,
    )  # fmt: skip


def _memory(curves: Mapping[str, MemoryCurve], rows: int) -> Iterator[Promise]:
    largest, growing = (
        max(curves, key=lambda name: curves[name].most),
        max(curves, key=lambda name: curves[name].growth),
    )
    most, growth, in_full = curves[largest].most, curves[growing].growth, rows >= MANY_ROWS
    yield Promise(
        what=f"memory of each process while {MANY_ROWS:,} rows are taken and judged", bound=AT_MOST,
        limit=MOST_MEGABYTES, unit="MB", found=most, measured=f"{most:.0f} MB ({largest})", in_full=in_full,
    )  # fmt: skip
    yield Promise(
        what=f"memory is flat while {MANY_ROWS:,} rows are taken: its growth", bound=AT_MOST, limit=FLAT_MEGABYTES,
        unit="MB", found=growth, measured=f"{growth:+.1f} MB ({growing})", in_full=in_full,
    )  # fmt: skip


def _lines(curves: Mapping[str, MemoryCurve], rows: int) -> Lines:
    return Lines(
        heading="MB resident while one file is taken",
        across="rows taken",
        lines={
            f"{name}: {curve.most:.0f} MB": [(share * rows, memory) for share, memory in curve.seen]
            for name, curve in curves.items()
        },
        promised={f"{AT_MOST} {MOST_MEGABYTES} MB": [(0, MOST_MEGABYTES), (rows, MOST_MEGABYTES)]},
    )


def _details(kept: Mapping[str, Any]) -> str:
    figures, points = kept["figures"], kept["points"]
    times = table(
        ("median ms of one", f"{SHORT} points", f"{points:,} points"),
        [[name, *(spread(of).shown(1) for of in figures[name])] for name in ("command alone", "judged beside it")],
    )
    short, long = figures["read"]
    file = figures["file"]
    read = f"Documents that the database looked at for one: {short:g} in the short series, {long:g} in the long one."
    taken = f"The file of {kept['rows']:,} rows in {STRATA} strata was answered after {file['answered_s']:.0f} s."
    judged = f"All of it was judged after {file['judged_s']:.0f} s."
    return f"{times}\n\n{read} {taken} {judged}"


def _took(target: Target, rounds: int, points: int) -> list[list[float]]:
    """Give the median milliseconds of each round, for the short and the long series in turn."""
    both = [_series(target, many, spare=(rounds + 1) * REQUESTS) for many in (SHORT, points)]
    took: list[list[float]] = [[], []]
    for number in range(rounds + 1):
        print_line(f"round {number} of {rounds}, load {load()}" if number else "warming up")
        for series, kept in zip(both, took, strict=True):
            milliseconds = percentile([series.record() for _ in range(REQUESTS)], 0.5) * 1000
            if number:
                kept.append(milliseconds)
    return took


def _read(target: Target, points: int) -> list[float]:
    """Give how many documents the database looks at for one data point of each, nothing else being done."""
    return [_looked_at(_series(target, many, spare=REQUESTS)) for many in (SHORT, points)]


def _looked_at(series: Series) -> float:
    before = _scanned(series.target)
    for _ in range(REQUESTS):
        series.record()
    return (_scanned(series.target) - before) / REQUESTS


def _scanned(target: Target) -> int:
    found = target.client.admin.command("serverStatus")["metrics"]["queryExecutor"]["scannedObjects"]
    return int(found)


def _series(target: Target, many: int, *, spare: int) -> Series:
    """Define a measure with so many data points, and so many days after them that have none."""
    first = datetime.now(UTC).date() - timedelta(days=many + spare + 1)
    measure_id = _measure(target)
    _send(target.api, measure_id, _csv(f"{day},{number % 7},," for number, day in enumerate(_days(first, many))))
    after = first + timedelta(days=many)
    return Series(target=target, measure_id=measure_id, free=(after + timedelta(days=each) for each in count()))


def _measure(target: Target, *, strata: int = 0) -> str:
    described = {
        "engagement_id": target.engagements[0], "title": "Falls", "kind": "outcome", "improvement": "decrease",
        "unit": "falls", "frequency": "daily", "definition": {"numerator": "Falls"},
    }  # fmt: skip
    wards = [{"code": f"ward_{each}", "dimension": "ward", "value": f"Ward {each}"} for each in range(strata)]
    made: str = target.api.post("/v1/measures", {**described, **({"strata": wards} if wards else {})}).body["id"]
    return made


def _days(first: date, many: int) -> Iterator[date]:
    return (first + timedelta(days=each) for each in range(many))


def _csv(rows: Iterator[str]) -> bytes:
    return "\n".join(["on,value,denominator,stratum", *rows, ""]).encode()


def _send(api: Api, measure_id: str, file: bytes) -> Any:
    path = f"{api.gateway}/v1/measures/{measure_id}/data-point-batches"
    named = {"Authorization": f"Bearer {api.token}", "Content-Type": "text/csv"}
    asked = urllib.request.Request(path, data=file, headers=named, method="POST")
    with urllib.request.urlopen(asked, timeout=FILE_SECONDS) as answer:
        return json.loads(answer.read())


def _file(target: Target, rows: int) -> dict[str, Any]:
    """Send one file of many strata, and watch the memory of who takes it until all of it is judged."""
    measure_id, begun = _measure(target, strata=STRATA), time.monotonic()
    with ThreadPoolExecutor(1) as aside:
        sent = aside.submit(_answered_at, target.api, measure_id, _rows_of_strata(rows // STRATA))
        curves = _watched(target, measure_id, rows, sent)
        return {
            "answered_s": sent.result() - begun,
            "judged_s": time.monotonic() - begun,
            "memory": {name: thinned(curve.seen) for name, curve in curves.items()},
        }


def _rows_of_strata(each: int) -> bytes:
    first = datetime.now(UTC).date() - timedelta(days=each + 1)
    days = list(enumerate(_days(first, each)))
    return _csv(f"{day},{number % 7},,ward_{ward}" for ward in range(STRATA) for number, day in days)


def _answered_at(api: Api, measure_id: str, file: bytes) -> float:
    _send(api, measure_id, file)
    return time.monotonic()


def _watched(target: Target, measure_id: str, rows: int, sent: Future[float]) -> Mapping[str, MemoryCurve]:
    """Note the memory of each process, by the share of rows that are stored; raises TimeoutError."""
    pids, stored = target.instance.parts.supervisor.pids(), target.client["engagements"]["data_points"]
    curves = {name: MemoryCurve() for name in WATCHED}
    begun = time.monotonic()
    while not (sent.done() and (sent.exception() or _is_judged(target, measure_id))):
        if time.monotonic() > begun + TIMEOUT_SECONDS:
            raise TimeoutError(f"the file was not taken and judged within {TIMEOUT_SECONDS} s")
        share = stored.count_documents({"measure_id": measure_id}) / rows
        for name, curve in curves.items():
            curve.seen.append((share, resident_megabytes(pids[name])))
        time.sleep(POLL_SECONDS)
    return curves


def _is_judged(target: Target, measure_id: str) -> bool:
    charts = target.client["engagements"]["charts"]
    judged = {"measure_id": measure_id, "judged": {"$ne": None}, "awaits_judgement_since": None}
    return charts.count_documents(judged) == STRATA
