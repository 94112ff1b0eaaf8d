"""RPC round trips on one broker: ours, stock nameko, and FastAPI with FastStream."""

import json
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import product
from typing import Any
from urllib.parse import urlencode

from bench import http_load
from bench.contestants.peer_environment import peer_versions
from bench.parts import bench_parts, versions
from bench.reporting.charts import Dots
from bench.reporting.figures import percentile, spread
from bench.reporting.report import AT_LEAST, AT_MOST, Promise, Report
from bench.reporting.results import keep, load, print_line, table
from bench.rpc_contestants import OURS, PEER, STOCK, THING, Contestant, headers, line_up

OPERATIONS: Mapping[str, Mapping[str, str]] = {"hello": {}, "find": {"id": str(THING["_id"])}}
AT_ONCE = (1, 32)
WARM_UP_SECONDS = 1.0
HEAD = ("", "round trips/s", "p50 ms", "p99 ms", "CPU ms per call", "gateway + service + broker (+ database)")


@dataclass(frozen=True, kw_only=True)
class Compared:
    """The ratio of one of our figures to another contestant's, and its promised limit, if any."""

    named: str
    other: str
    figure: str
    bound: str = ""
    promised: float = 0


TRIPS, CPU = "calls_per_second", "cpu_of_a_call"
COMPARED = (
    Compared(named="round trips ÷ stock nameko", other=STOCK, figure=TRIPS, bound=AT_LEAST, promised=1.7),
    Compared(named="CPU ÷ stock nameko", other=STOCK, figure=CPU, bound=AT_MOST, promised=0.55),
    Compared(named="round trips ÷ FastStream", other=PEER, figure=TRIPS, bound=AT_LEAST, promised=1),
    Compared(named="CPU ÷ FastStream", other=PEER, figure=CPU),
)


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One measured case: with or without HTTP, which operation, and how many concurrent calls."""

    shape: str
    operation: str
    at_once: int


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One contestant in one round of a case; processor milliseconds are per call."""

    calls_per_second: float
    p50_ms: float
    p99_ms: float
    cpu_ms: Mapping[str, float]

    @property
    def cpu_of_a_call(self) -> float:
        """The processor milliseconds of gateway, service and broker; the database does the same for all."""
        return sum(spent for part, spent in self.cpu_ms.items() if part != "database")


Samples = Mapping[Cell, Mapping[str, list[Sample]]]


def run(*, rounds: int, seconds: float) -> int:
    """Measure all cases in each round, the contestants in turn; gives 0 if every promise holds."""
    before = load()
    samples: dict[Cell, dict[str, list[Sample]]] = {cell: {} for cell in _cells()}
    with bench_parts() as parts:
        contestants = line_up(parts)
        about = {"rounds": rounds, "seconds each": seconds, **versions(parts), "peer": peer_versions()}
        for cell, contestant in product(samples, contestants):
            _sample(contestant, cell, WARM_UP_SECONDS)
        for number in range(1, rounds + 1):
            print_line(f"round {number} of {rounds}, load {load()}")
            for cell, contestant in product(samples, contestants):
                samples[cell].setdefault(contestant.name, []).append(_sample(contestant, cell, seconds))
    return keep("rpc", report, figures=_as_data(samples), about=about, load_before=before)


def report(kept: Mapping[str, Any]) -> Report:
    """Report the ratios of our figures to the others', in each round of each case."""
    samples = _from_data(kept["figures"])
    return Report(
        title="A call and its answer, against stock nameko and FastAPI + FastStream",
        promises=[_promise(samples, each) for each in COMPARED if each.bound],
        panels=[_panel(samples, each) for each in COMPARED],
        details=_details(samples),
    )


def _cells() -> Iterator[Cell]:
    for shape, operation, at_once in product(("call", "request"), OPERATIONS, AT_ONCE):
        yield Cell(shape=shape, operation=operation, at_once=at_once)


def _sample(contestant: Contestant, cell: Cell, seconds: float) -> Sample:
    before = contestant.cpu()
    took = (_calls if cell.shape == "call" else _requests)(contestant, cell, seconds)
    spent = {part: after - before[part] for part, after in contestant.cpu().items()}
    return Sample(
        calls_per_second=len(took) / seconds,
        p50_ms=percentile(took, 0.5) * 1000,
        p99_ms=percentile(took, 0.99) * 1000,
        cpu_ms={part: each * 1000 / len(took) for part, each in spent.items()},
    )


def _calls(contestant: Contestant, cell: Cell, seconds: float) -> list[float]:
    asked = urlencode({**OPERATIONS[cell.operation], "at_once": cell.at_once, "seconds": seconds})
    host, port = contestant.address
    request = urllib.request.Request(f"http://{host}:{port}/calls/{cell.operation}?{asked}", headers=headers())
    with urllib.request.urlopen(request, timeout=seconds + 30) as response:
        took: list[float] = json.load(response)["took"]
        return took


def _requests(contestant: Contestant, cell: Cell, seconds: float) -> list[float]:
    path = f"/{cell.operation}?{urlencode(OPERATIONS[cell.operation])}"
    return http_load.timed(contestant.address, path, headers=headers(), at_once=cell.at_once, seconds=seconds)


def _ratios(samples: Samples, cell: Cell, compared: Compared) -> list[float]:
    """Give the ratios within each round, for a disturbance of the machine affects both."""
    pairs = zip(samples[cell][OURS], samples[cell][compared.other], strict=True)
    return [getattr(ours, compared.figure) / getattr(theirs, compared.figure) for ours, theirs in pairs]


def _promise(samples: Samples, compared: Compared) -> Promise:
    """The promise is for every case, so it is checked for the worst."""
    found = {cell: spread(_ratios(samples, cell, compared)) for cell in samples}
    worst = (min if compared.bound == AT_LEAST else max)(found, key=lambda cell: found[cell].median)
    return Promise(
        what=f"calls: {compared.named}",
        bound=compared.bound,
        limit=compared.promised,
        found=found[worst].median,
        measured=f"{found[worst].shown(2)}, the worst ({_named(worst)})",
    )


def _panel(samples: Samples, compared: Compared) -> Dots:
    return Dots(
        heading=compared.named,
        rows={_named(cell): _ratios(samples, cell, compared) for cell in samples},
        promised={f"{compared.bound} {compared.promised}": compared.promised} if compared.bound else {},
    )


def _named(cell: Cell) -> str:
    return f"{cell.shape} · {cell.operation} · {cell.at_once} at once"


def _details(samples: Samples) -> str:
    rows = [[_named(cell), *(spread(_ratios(samples, cell, each)).shown(2) for each in COMPARED)] for cell in samples]
    ratios = table(("", *(each.named for each in COMPARED)), rows)
    details = [f"### {_named(cell)}\n\n{table(HEAD, list(_rows(samples[cell])))}" for cell in samples]
    return "\n\n".join(["Ours as a ratio, within each round; median (least–most).", ratios, *details])


def _rows(by_contestant: Mapping[str, list[Sample]]) -> list[list[str]]:
    return [[name, *_figures(rounds)] for name, rounds in by_contestant.items()]


def _figures(rounds: list[Sample]) -> Iterator[str]:
    yield spread(each.calls_per_second for each in rounds).shown(0)
    yield spread(each.p50_ms for each in rounds).shown(1)
    yield spread(each.p99_ms for each in rounds).shown(1)
    yield spread(each.cpu_of_a_call for each in rounds).shown(2)
    of_part = {part: spread(each.cpu_ms[part] for each in rounds).median for part in rounds[0].cpu_ms}
    yield "{gateway:.2f} + {service:.2f} + {broker:.2f} (+ {database:.2f})".format(**of_part)


def _as_data(samples: Samples) -> Any:
    return [
        {**asdict(cell), "samples": {name: [asdict(each) for each in rounds] for name, rounds in found.items()}}
        for cell, found in samples.items()
    ]


def _from_data(figures: Any) -> Samples:
    return {
        Cell(**{part: each[part] for part in ("shape", "operation", "at_once")}): {
            name: [Sample(**sample) for sample in rounds] for name, rounds in each["samples"].items()
        }
        for each in figures
    }
