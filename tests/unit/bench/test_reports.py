"""What a measure's report says of the figures that are kept; every figure is read off by hand."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from bench import consequences, growth, memory, reactions, recording, relay, rpc, start
from bench.measures import MEASURES, all_shown, not_measured
from bench.programme import report as programme
from bench.reporting.report import AT_LEAST, AT_MOST, Promise, Report
from bench.reporting.results import FOLDER


def promise(bound: str, *, limit: float, found: float, in_full: bool = True) -> Promise:
    return Promise(what="it", bound=bound, limit=limit, found=found, measured="", in_full=in_full)


def verdicts(report: Report) -> list[str]:
    return [each.verdict for each in report.promises]


@pytest.mark.parametrize(
    ("bound", "limit", "found", "holds"),
    [
        (AT_LEAST, 0.6, 0.6, True),
        (AT_LEAST, 0.6, 0.59, False),
        (AT_MOST, 120, 120, True),
        (AT_MOST, 120, 120.5, False),
    ],
)
def test_a_promise_holds_up_to_its_limit(bound: str, limit: float, found: float, holds: bool) -> None:
    assert promise(bound, limit=limit, found=found).holds is holds


def test_a_short_run_may_miss_a_promise_but_is_no_proof_of_it() -> None:
    short = [promise(AT_MOST, limit=1, found=found, in_full=False).verdict for found in (1, 2)]

    assert short == ["holds in a shorter run", "**missed**"]


def test_the_relay_is_judged_by_the_median_of_its_rounds() -> None:
    kept = {"figures": {"relay": [100.0, 50.0, 90.0], "bare": [100.0, 100.0, 100.0]}}

    report = relay.report(kept)

    assert [each.measured for each in report.promises] == ["0.90 (0.50–1.00)"]
    assert verdicts(report) == ["holds"]


def test_reactions_are_judged_against_the_bare_consumer_and_shown_against_the_others() -> None:
    rates = {"ours": 60.0, "bare": 100.0, "stock nameko": 50.0}
    kept = {"figures": {name: [{"events_per_second": rate, "cpu_ms": 1.0}] for name, rate in rates.items()}}

    report = reactions.report(kept)

    assert report.missed == ["reactions, of bare consuming"]
    assert "1.20 (1.20–1.20)" in report.details


def calls(stock: float, peer: float, cpu: float = 1.0) -> Mapping[str, Any]:
    """One round of each: ours makes 100 calls a second at 1 ms of CPU each, of which the database's is not counted."""
    rounds = {"ours": (100.0, 1.0), "stock nameko": (stock, cpu), "FastAPI + FastStream": (peer, cpu)}
    return {
        name: [{"calls_per_second": rate, "p50_ms": 1.0, "p99_ms": 1.0, "cpu_ms": cpu_of(each)}]
        for name, (rate, each) in rounds.items()
    }


def cpu_of(milliseconds: float) -> Mapping[str, float]:
    return {"gateway": milliseconds, "service": 0.0, "broker": 0.0, "database": 7.0}


def test_calls_are_judged_by_the_worst_of_the_cells() -> None:
    cells = [
        {"shape": "call", "operation": "hello", "at_once": 1, "samples": calls(50, 50, 2.0)},
        {"shape": "request", "operation": "find", "at_once": 32, "samples": calls(80, 90, 1.6)},
    ]

    trips, cpu, peer = rpc.report({"figures": cells}).promises

    assert (trips.found, trips.verdict) == (pytest.approx(1.25), "**missed**")
    assert "request · find · 32 at once" in trips.measured
    assert (cpu.found, cpu.verdict) == (pytest.approx(0.625), "**missed**")
    assert (peer.found, peer.verdict) == (pytest.approx(1.11, abs=0.01), "holds")


@pytest.mark.parametrize(
    ("partners", "events", "large", "expected"),
    [
        (100_000, 1_000_000, 12.0, "holds"),
        (100_000, 999_999, 12.0, "holds in a shorter run"),
        (2_000, 24_000, 12.0, "holds in a shorter run"),
        (100_000, 1_000_000, 14.0, "**missed**"),
    ],
)
def test_growth_is_judged_by_what_grew_most(partners: int, events: int, large: float, expected: str) -> None:
    figures = {"list partners": [[10.0], [9.0]], "plan a milestone": [[10.0], [large]]}
    kept = {"figures": figures, "partners": [1_000, partners], "events": [12_000, events]}

    report = growth.report(kept)

    assert verdicts(report) == [expected]
    assert "plan a milestone" in report.promises[0].measured


def test_memory_is_judged_by_the_largest_process_and_by_the_one_that_grows_most() -> None:
    steps = [number / 10 for number in range(11)]
    lives = {"camps": [(share, 121.0) for share in steps], "gateway": [(share, 50 + 10 * share) for share in steps]}

    report = memory.report({"figures": lives, "messages": 100_000})

    assert [each.measured for each in report.promises] == ["121 MB (camps; 100,000 messages)", "+6.0 MB (gateway)"]
    assert verdicts(report) == ["**missed**", "**missed**"]


@pytest.mark.parametrize(("milestones", "p50"), [(600, "holds"), (99, "holds in a shorter run")])
def test_consequences_are_judged_by_their_percentiles(milestones: int, p50: str) -> None:
    stored = {"50": 49.0, "99": 251.0, "100": 400.0}
    most = {"accepted_per_second": 40.0, "stored_per_second": 30.0}
    figures = {"steady": {"all stored": stored}, "most": most}

    report = consequences.report({"pace": "10/s for 60 s", "milestones": milestones, "figures": figures})

    assert verdicts(report) == [p50, "**missed**"]


def test_the_slowest_start_is_what_is_promised() -> None:
    assert verdicts(start.report({"figures": [12.0, 20.4, 13.0]})) == ["**missed**"]


def test_recording_is_judged_by_the_ratio_of_each_round_and_by_memory() -> None:
    steps = [number / 10 for number in range(11)]
    memory_of = {"engagements": [(share, 161.0) for share in steps], "gateway": [(share, 80.0) for share in steps]}
    figures = {
        "command alone": [[5.0, 6.0, 4.0], [6.0, 6.0, 10.0]],
        "judged beside it": [[5.0, 5.0, 5.0], [9.0, 11.0, 12.0]],
        "read": [4.0, 4.0],
        "file": {"answered_s": 40.0, "judged_s": 45.0, "memory": memory_of},
    }

    report = recording.report({"figures": figures, "points": 10_000, "rows": 100_000})

    assert [each.measured for each in report.promises] == [
        "1.20 (1.00–2.50) ×", "2.20 (1.80–2.40) ×", "161 MB (engagements)", "+0.0 MB (engagements)",
    ]  # fmt: skip
    assert verdicts(report) == ["holds", "**missed**", "**missed**", "holds"]


def release(delegates: int, *, memory: float, read: float) -> Mapping[str, Any]:
    """One that camps tells of in so many MB, with a read's p95 of 10 ms at rest."""
    used = {"camps": [80.0, memory], "notifications": [90.0, 90.0]}
    return {"delegates": delegates, "seconds": 5.0, "memory": used, "reads": [10.0, read]}


def test_a_programme_is_judged_by_the_slowest_list_of_conflicts_and_by_what_many_cost_more_than_few() -> None:
    few = [release(100, memory=80.0, read=each) for each in (11.0, 12.0, 13.0)]
    many = [release(400, memory=each, read=15.2) for each in (80.0, 100.0, 88.0)]
    found = {"side by side": {"conflicts": 0, "ms": [60.0, 70.0]}, "crowded": {"conflicts": 9, "ms": [50.0, 1001.0]}}
    kept = {"figures": {"conflicts": found, "told": [few, many]}, "sessions": 200, "delegates": 400}

    report = programme.report(kept)

    assert [each.measured for each in report.promises] == [
        "526 (50–1001) ms (crowded)", "1.10 (1.00–1.25) × (camps)", "1.52 (1.52–1.52) × (400 delegates)",
    ]  # fmt: skip
    assert verdicts(report) == ["**missed**", "**missed**", "**missed**"]


def test_pages_pictures_and_the_table_are_what_the_kept_figures_say() -> None:
    written = {path.name: path.read_text() for path in FOLDER.iterdir() if path.suffix != ".json"}

    assert written == all_shown(), "`./partnerships bench draw` writes them again"


def test_a_measure_that_fails_is_named_and_does_not_keep_the_others_from_being_measured() -> None:
    asked: dict[str, Sequence[str]] = {}

    left_no_figures = not_measured(asked.__setitem__, quick=True)

    assert list(asked) == left_no_figures == list(MEASURES)
    assert all(asked.values())
