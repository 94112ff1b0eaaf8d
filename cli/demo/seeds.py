"""The seed data of an empty instance: the thirteen partners, their leaders, the institute's coaches, a camp."""

import json
import time
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from cli.connection.api import Api
from cli.demo.story import Missing, StoryRunner, TraceOf, add_people, admit
from cli.local.process import REPOSITORY, PrintFrom

SEEDS = REPOSITORY / "services" / "partners" / "reference" / "partners.json"
CAMP_SEATS = 400
CAMP_YEARS_AHEAD = range(1, 4)


def is_empty(api: Api) -> bool:
    """Whether the instance has no partners."""
    return not api.get("/v1/partners", limit=1)["items"]


def is_half_filled(api: Api) -> bool:
    """Whether the instance has only some of the seeded partners: loading them was interrupted."""
    partners, seeds = api.get("/v1/partners", limit=100)["items"], {partner["name"] for partner in read()["partners"]}
    admitted = {partner["name"] for partner in partners if partner["state"] != "proposed"}
    return {partner["name"] for partner in partners} <= seeds and admitted != seeds


def read() -> Mapping[str, Any]:
    """Read the thirteen partners and the coaches from the reference data of the partners service."""
    seeds: Mapping[str, Any] = json.loads(SEEDS.read_text())
    return seeds


def load(api: Api, *, trace_of: TraceOf, print_from: PrintFrom) -> None:
    """Load the seed data through the gateway, like any client; raises story.Missing.

    What an interrupted run has loaded is not loaded again.
    """
    seeds, today = read(), datetime.now(UTC).date()
    teller = StoryRunner(print_line=lambda _: None, trace_of=trace_of)
    add_people(api, seeds["coaches"], role="coach")
    open_camp(api, today=today)
    there = {partner["name"]: partner for partner in api.get("/v1/partners", limit=100)["items"]}
    for partner in seeds["partners"]:
        begun, leaders = time.monotonic(), partner.pop("leaders")
        known = there.get(partner["name"], partner)
        if known.get("state", "proposed") == "proposed":
            teller.play(admit(api, partner=known, leaders=leaders, today=today))
        done = "admitted, engagement drafted, leaders welcomed"
        print_from(
            "seeds", f"{partner['name']} ({partner['country']}): {done}, {(time.monotonic() - begun) * 1000:.0f} ms"
        )


def open_camp(api: Api, *, today: date) -> Any:
    """Give the next Summer Camp that invites, is announced, or is not on record: announce it, and open it."""
    for starts in (date(today.year + years, 6, 15) for years in CAMP_YEARS_AHEAD):
        known = api.get("/v1/camps", season="summer", year=starts.year)["items"]
        camp = known[0] if known else api.post("/v1/camps", _camp(starts)).body
        if camp["state"] == "announced":
            answer_by = str(starts - timedelta(days=60))
            camp = api.transition(f"/v1/camps/{camp['id']}", "inviting", version=camp["version"], answer_by=answer_by)
        if camp["state"] == "inviting":
            return camp
    raise Missing(f"a Summer Camp to invite to: those of the next {len(CAMP_YEARS_AHEAD)} years are past that")


def _camp(starts: date) -> Mapping[str, Any]:
    return {
        "season": "summer",
        "year": starts.year,
        "title": f"Summer Camp {starts.year}",
        "place": "Jönköping, Sweden",
        "mode": "hybrid",
        "venue": {"name": "The House by the Lake", "address": "Strandgatan 1"},
        "zone": "Europe/Stockholm",
        "starts_on": str(starts),
        "ends_on": str(starts + timedelta(days=3)),
        "capacity": CAMP_SEATS,
    }
