"""Finding the conflicts of a large programme, and telling everybody of its release while others read."""

import time
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any

from bench.parts import versions
from bench.programme.large_camp import LargeCamp, Slots, large_camp
from bench.programme.report import report
from bench.programme.telling import Teller, is_quiet, wait_until
from bench.reporting.results import keep, load, print_line
from bench.target import target_running

FEWER = 4
"""Beside the large camp there is one with as many sessions, and one delegate for each four of the large one."""


def run(*, rounds: int, releases: int, sessions: int, delegates: int) -> int:
    """Find conflicts and release programmes in turn; gives 0 if every promise holds."""
    before = load()
    with target_running("programme") as target:
        sizes = {"sessions": sessions, "delegates": delegates, "rounds": rounds, "releases": releases}
        about = {**sizes, **versions(target.instance.parts)}
        year = datetime.now(UTC).year + 2
        made = partial(large_camp, target.api, sessions=sessions)
        small, large = made(year=year, delegates=delegates // FEWER), made(year=year + 1, delegates=delegates)
        wait_until(partial(is_quiet, target))
        print_line(f"{sessions} sessions and {delegates} delegates, load {load()}")
        conflicts = _conflicts(large, rounds)
        told = _told([Teller(target=target, camp=camp) for camp in (small, large)], releases)
    return keep("programme", report, figures={"conflicts": conflicts, "told": told}, about=about, load_before=before)


def _conflicts(camp: LargeCamp, rounds: int) -> Mapping[str, Any]:
    """Give how many conflicts each arrangement has, and the milliseconds in which each request found them."""
    arranged: Mapping[str, Slots] = {
        "side by side": camp.side_by_side(),
        "every room taken twice": camp.crowded(),
        "all at once in one room": camp.all_at_once(),
    }
    return {name: _found(camp, slots, rounds) for name, slots in arranged.items()}


def _found(camp: LargeCamp, slots: Slots, rounds: int) -> Mapping[str, Any]:
    camp.arrange(slots)
    found, took = camp.conflicts(), list[float]()
    for _ in range(rounds):
        begun = time.perf_counter()
        camp.conflicts()
        took.append(1000 * (time.perf_counter() - begun))
    return {"conflicts": found, "ms": took}


def _told(tellers: list[Teller], releases: int) -> list[list[Mapping[str, Any]]]:
    """Give what was measured of each release, for each camp in turn; the first of each is for warming up."""
    told: list[list[Mapping[str, Any]]] = [[] for _ in tellers]
    for number in range(releases + 1):
        print_line(f"release {number} of {releases}, load {load()}" if number else "warming up")
        for teller, kept in zip(tellers, told, strict=True):
            measured = teller.tell()
            if number:
                kept.append(measured)
    return told
