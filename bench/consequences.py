"""The time from a reached milestone to its stored consequences at a steady rate, and the maximum rate."""

import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import cycle
from threading import Event, Thread
from typing import Any

from pymongo import MongoClient
from pymongo.collection import Collection

from bench.parts import versions
from bench.reporting.charts import Lines
from bench.reporting.figures import percentile
from bench.reporting.report import AT_MOST, Promise, Report
from bench.reporting.results import keep, load, print_line, table
from bench.target import Target, target_running
from chassis.domain.identity import new_id
from chassis.persistence.unit_of_work import INBOX
from cli.connection.api import Api
from cli.demo.story import come_everywhere

PROMISED_MS = {"50": 50, "99": 250}
MINIMUM_FOR_P99 = 100
"""The p99 of fewer milestones would be the slowest of them."""
WORST = "100"
PERCENTS = ("10", "25", "50", "75", "90", "95", "99", WORST)
Percentiles = Mapping[str, float]
"""Milliseconds, by percentile."""
REACTIONS = {
    "notifications.plan_coaching_follow_up",
    "notifications.congratulate_the_leaders",
    "notifications.stop_alerts",
    "camps.invite_partner",
}
"""The reactions to a reached milestone; its letters are written in their transactions."""
HEARERS = {reaction.partition(".")[0] for reaction in REACTIONS}
CALLERS = 8
TIMEOUT_SECONDS = 120
POLL_SECONDS = 0.01
AWAIT_MILLISECONDS = 200


@dataclass(kw_only=True)
class Watch:
    """Records when the inbox row of each reaction to each request was committed, by change streams."""

    client: MongoClient[dict[str, Any]]
    stored: dict[str, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))

    @contextmanager
    def looking(self) -> Iterator[None]:
        """Watch the change streams for the duration of the `with` statement."""
        over = Event()
        ready = [Event() for _ in HEARERS]
        inboxes = (self.client[service][INBOX] for service in HEARERS)
        threads = [
            Thread(target=self._look, args=(inbox, begun, over)) for inbox, begun in zip(inboxes, ready, strict=True)
        ]
        for thread in threads:
            thread.start()
        for begun in ready:
            begun.wait()
        try:
            yield
        finally:
            over.set()
            for thread in threads:
                thread.join()

    def _look(self, inbox: Collection[dict[str, Any]], begun: Event, over: Event) -> None:
        heard = [{"$match": {"operationType": "insert", "fullDocument.reaction": {"$in": sorted(REACTIONS)}}}]
        with inbox.watch(heard, max_await_time_ms=AWAIT_MILLISECONDS) as changes:
            begun.set()
            while not over.is_set():
                change = changes.try_next()
                if change:
                    row = change["fullDocument"]
                    self.stored[row["correlation_id"]][row["reaction"]] = time.monotonic()

    def all_stored_at(self, request_id: str) -> float | None:
        """Give the time of the last consequence of a request; None while one is missing."""
        found = self.stored.get(request_id, {})
        return max(found.values()) if set(found) >= REACTIONS else None


@dataclass(frozen=True, kw_only=True)
class Reached:
    """One request that a milestone is reached: its id, when it was sent and when it was answered."""

    request_id: str
    sent_at: float
    answered_at: float


def run(*, per_second: float, seconds: float) -> int:
    """Reach milestones at a steady rate, then as fast as possible; gives 0 if every promise holds."""
    before = load()
    count = int(per_second * seconds)
    with target_running("consequences") as target:
        about = {
            "pace": f"{per_second:g}/s for {seconds:g} s",
            "milestones": count,
            **versions(target.instance.parts),
        }
        watch = Watch(client=target.client)
        with watch.looking():
            _paced(target, watch, per_second=per_second, count=int(2 * per_second))  # warm-up
            steady = _paced(target, watch, per_second=per_second, count=count)
            most = _at_once(target, watch, count=count)
    return keep("consequences", report, figures={"steady": steady, "most": most}, about=about, load_before=before)


def report(kept: Mapping[str, Any]) -> Report:
    """Report the latency of consequences at the steady rate, and the maximum rate."""
    steady: Mapping[str, Percentiles] = kept["figures"]["steady"]
    most: Mapping[str, float] = kept["figures"]["most"]
    saturation = "At most {accepted_per_second:.0f} milestones/s are accepted, and {stored_per_second:.0f}/s are stored"
    return Report(
        title=f"Milestone to all consequences stored, {kept['pace']}",
        promises=list(_promises(steady["all stored"], kept["milestones"])),
        panels=[_curves(steady)],
        details=f"{_table(steady)}\n\n{saturation.format(**most)} with all they lead to.",
    )


def _promises(stored: Percentiles, milestones: int) -> Iterator[Promise]:
    for percent, promised in PROMISED_MS.items():
        yield Promise(
            what=f"milestone to all consequences stored, p{percent}", bound=AT_MOST, limit=promised, unit="ms",
            found=stored[percent], measured=f"{stored[percent]:.0f} ms", in_full=milestones >= MINIMUM_FOR_P99,
        )  # fmt: skip


def _curves(steady: Mapping[str, Percentiles]) -> Lines:
    places = {percent: place for place, percent in enumerate(PERCENTS, 1)}
    return Lines(
        heading="milliseconds",
        across="percentile of the milestones",
        lines={name: [(places[percent], ms) for percent, ms in took.items()] for name, took in steady.items()},
        promised={
            f"p{percent} {AT_MOST} {ms} ms": [(places[percent] - 0.4, ms), (places[percent] + 0.4, ms)]
            for percent, ms in PROMISED_MS.items()
        },
        ticks={place: _written(percent) for percent, place in places.items()},
    )


def _table(steady: Mapping[str, Percentiles]) -> str:
    head = ["ms", *map(_written, PERCENTS)]
    return table(head, [[name, *(_shown(took.get(percent)) for percent in PERCENTS)] for name, took in steady.items()])


def _written(percent: str) -> str:
    return "worst" if percent == WORST else f"p{percent}"


def _shown(milliseconds: float | None) -> str:
    return "" if milliseconds is None else f"{milliseconds:.0f}"


def _paced(target: Target, watch: Watch, *, per_second: float, count: int) -> Mapping[str, Percentiles]:
    """Send requests at a steady rate, whether or not earlier ones are answered."""
    planned = list(_planned(target, count))
    print_line(f"{count} milestones at {per_second:g}/s, load {load()}")
    begun = time.monotonic()
    with ThreadPoolExecutor(CALLERS) as callers:
        under_way = []
        for number, milestone in enumerate(planned):
            time.sleep(max(0.0, begun + number / per_second - time.monotonic()))
            under_way.append(callers.submit(_reach, target.api, milestone))
        reached = [each.result() for each in under_way]
    took = [stored - each.sent_at for each, stored in zip(reached, _all_stored(watch, reached), strict=True)]
    answered = [each.answered_at - each.sent_at for each in reached]
    return {"answered": _percentiles(answered), "all stored": _percentiles(took)}


def _percentiles(seconds: Sequence[float]) -> Percentiles:
    return {percent: percentile(seconds, float(percent) / 100) * 1000 for percent in PERCENTS}


def _at_once(target: Target, watch: Watch, *, count: int) -> Mapping[str, float]:
    """Send all requests as fast as possible, and wait until the last consequence is stored."""
    planned = list(_planned(target, count))
    print_line(f"{count} milestones by {CALLERS} callers at once, load {load()}")
    begun = time.monotonic()
    with ThreadPoolExecutor(CALLERS) as callers:
        reached = list(callers.map(lambda milestone: _reach(target.api, milestone), planned))
    accepted, stored = max(each.answered_at for each in reached), max(_all_stored(watch, reached))
    return {"accepted_per_second": count / (accepted - begun), "stored_per_second": count / (stored - begun)}


def _planned(target: Target, count: int) -> Iterator[Any]:
    tomorrow = str(datetime.now(UTC).date() + timedelta(days=1))
    partners = cycle(target.engagements)
    described = {"kind": "aim_target", "title": "Ten wards", "due_on": tomorrow}
    bodies = ({"engagement_id": next(partners), **described} for _ in range(count))
    with ThreadPoolExecutor(CALLERS) as callers:
        answers = callers.map(lambda body: target.api.post("/v1/milestones", body), bodies)
        yield from (answer.body for answer in answers)


def _reach(api: Api, milestone: Mapping[str, Any]) -> Reached:
    request_id, sent_at = new_id("req"), time.monotonic()
    api.transition(
        f"/v1/milestones/{milestone['id']}", "reached", version=milestone["version"], request_id=request_id,
        reached_on=str(come_everywhere(datetime.now(UTC).date())), evidence="A shift of nine points below the median",
    )  # fmt: skip
    return Reached(request_id=request_id, sent_at=sent_at, answered_at=time.monotonic())


def _all_stored(watch: Watch, reached: Sequence[Reached]) -> list[float]:
    """Give the time at which all consequences of each were stored; raises TimeoutError when one is missing."""
    end = time.monotonic() + TIMEOUT_SECONDS
    while missing := [each.request_id for each in reached if watch.all_stored_at(each.request_id) is None]:
        if time.monotonic() > end:
            raise TimeoutError(f"{len(missing)} milestones without all of their consequences, such as {missing[0]}")
        time.sleep(POLL_SECONDS)
    return [stored for each in reached if (stored := watch.all_stored_at(each.request_id)) is not None]
