"""The latency of commands and lists with many partners, against few, measured side by side."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from bench.data_set import ids_in, multiply
from bench.parts import versions
from bench.reporting.charts import Dots
from bench.reporting.figures import percentile, spread
from bench.reporting.report import AT_MOST, Promise, Report
from bench.reporting.results import keep, load, print_line, table
from bench.target import Target, target_running
from chassis.persistence.unit_of_work import OUTBOX
from cli.connection.api import Api
from cli.connection.services import services
from cli.demo import story
from cli.operations.trace import Trace

PROMISED = 1.3
SMALL_PARTNERS, MANY_PARTNERS, MANY_EVENTS = 1_000, 100_000, 1_000_000
REQUESTS = 20
"""Requests of each kind in each round."""
PARTNER = {
    "name": "Region Jönköping County", "country": "SE", "zone": "Europe/Stockholm", "language": "sv",
    "kind": "region", "scope_level": "regional", "focus_areas": ["quality_strategies"],
}  # fmt: skip
LEADER = {"name": "Åsa Påhittad", "email": "asa@jonkoping.example", "language": "sv", "zone": "Europe/Stockholm"}
Ask = Callable[[Api], Any]


@dataclass(frozen=True, kw_only=True)
class Size:
    """A programme of some size, and the ids of one partner in it."""

    target: Target
    partner_id: str
    engagement_id: str
    partners: int
    events: int


def run(*, partners: int, rounds: int) -> int:
    """Measure both in turn; gives 0 if the promise holds."""
    before = load()
    with ExitStack() as stack:
        small = grown(stack.enter_context(target_running("growth-small")), partners=SMALL_PARTNERS)
        large = grown(stack.enter_context(target_running("growth-large")), partners=partners)
        about = {"rounds": rounds, "requests each": REQUESTS, **versions(small.target.instance.parts)}
        took = _took([small, large], rounds)
    sizes = {"partners": [small.partners, large.partners], "events": [small.events, large.events]}
    return keep("growth", report, figures=took, about={**about, **sizes}, load_before=before)


def report(kept: Mapping[str, Any]) -> Report:
    """Report the ratio of latencies for each request; the worst median must keep the promise."""
    took: Mapping[str, list[list[float]]] = kept["figures"]
    ratios = {what: [b / a for a, b in zip(*of, strict=True)] for what, of in took.items()}
    found = {what: spread(each) for what, each in ratios.items()}
    worst = max(found, key=lambda what: found[what].median)
    (least, most), events = kept["partners"], kept["events"][1]
    promise = Promise(
        what=f"growth, from {SMALL_PARTNERS:,} partners to {MANY_PARTNERS:,} and {MANY_EVENTS:,} events",
        bound=AT_MOST,
        limit=PROMISED,
        unit="×",
        found=found[worst].median,
        measured=f"{found[worst].shown(2)} × ({worst}; {most:,} partners, {events:,} events)",
        in_full=most >= MANY_PARTNERS and events >= MANY_EVENTS,
    )
    return Report(
        title=f"Commands and lists with {most:,} partners, against {least:,}",
        promises=[promise],
        panels=[Dots(heading="median time, large ÷ small", rows=ratios, promised={promise.promised: PROMISED})],
        details=table(
            ("median ms", f"{least:,} partners", f"{most:,} partners", "ratio"),
            [[what, *(spread(each).shown(1) for each in of), found[what].shown(2)] for what, of in took.items()],
        ),
    )


def grown(target: Target, *, partners: int) -> Size:
    """Run the whole story for one more partner, and copy its documents until there are `partners`."""
    client, names = target.client, list(services())
    older = ids_in(client, names)
    partner_id, engagement_id = _run_whole_story(target)
    copies = partners - target.client["partners"]["partners"].count_documents({})
    begun = time.monotonic()
    multiply(client, names, only=ids_in(client, names) - older, copies=copies)
    events = sum(client[name][OUTBOX].estimated_document_count() for name in names)
    print_line(f"{partners} partners and {events} events, after {time.monotonic() - begun:.0f} s")
    return Size(target=target, partner_id=partner_id, engagement_id=engagement_id, partners=partners, events=events)


def _run_whole_story(target: Target) -> tuple[str, str]:
    databases = {name: target.client[name] for name in services()}
    api, today = target.api, datetime.now(UTC).date()
    teller = story.StoryRunner(print_line=lambda _: None, trace_of=lambda id: Trace(databases, correlation_id=id))
    partner = teller.play(story.admit(api, partner=PARTNER, leaders=[LEADER], today=today))
    coach = api.get("/v1/people", role="coach", limit=1)["items"][0]
    engagement = teller.play(story.activate(api, partner_id=partner["id"], coach_id=coach["id"], today=today))
    milestone = teller.play(story.plan(api, engagement_id=engagement["id"], today=today))
    teller.play(story.reach(api, milestone=milestone, leaders=1, today=today))
    return partner["id"], engagement["id"]


def _asked(size: Size) -> Mapping[str, Ask]:
    """Give the requests that are measured, by name."""
    numbers, tomorrow = count(), str(datetime.now(UTC).date() + timedelta(days=1))
    milestone = {"engagement_id": size.engagement_id, "kind": "aim_target", "title": "Ten wards", "due_on": tomorrow}
    page = f"/v1/partners/{size.partner_id}/page"
    return {
        "propose a partner": lambda api: api.post("/v1/partners", {**PARTNER, "name": f"Region {next(numbers)}"}),
        "plan a milestone": lambda api: api.post("/v1/milestones", milestone),
        "list partners": lambda api: api.get("/v1/partners", limit=20),
        "list partners of a country": lambda api: api.get("/v1/partners", country="SE", limit=20),
        "list a partner's milestones": lambda api: api.get("/v1/milestones", partner_id=size.partner_id),
        "list a partner's invitations": lambda api: api.get("/v1/invitations", partner_id=size.partner_id),
        "list a partner's letters": lambda api: api.get("/v1/deliveries", partner_id=size.partner_id),
        "list a partner's follow-ups": lambda api: api.get("/v1/follow-ups", partner_id=size.partner_id),
        "see a partner's page": lambda api: api.get(page),
    }


def _took(sizes: Sequence[Size], rounds: int) -> dict[str, list[list[float]]]:
    """Give the median milliseconds of each round, by request, for the small and the large programme."""
    asked = [(size.target.api, _asked(size)) for size in sizes]
    took: dict[str, list[list[float]]] = {what: [[] for _ in sizes] for what in asked[0][1]}
    for number in range(rounds + 1):
        print_line(f"round {number} of {rounds}, load {load()}" if number else "warming up")
        for what, rounds_of in took.items():
            for (api, asks), kept in zip(asked, rounds_of, strict=True):
                milliseconds = percentile(list(_timed(api, asks[what])), 0.5) * 1000
                if number:
                    kept.append(milliseconds)
    return took


def _timed(api: Api, ask: Ask) -> Iterator[float]:
    for _ in range(REQUESTS):
        begun = time.perf_counter()
        ask(api)
        yield time.perf_counter() - begun
