"""The story played against the instance that is running."""

import json
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from cli.connection.api import Api
from cli.connection.instance_address import running_instance
from cli.demo import seeds, story

LEADER = {"name": "A Leader for the Demonstration", "language": "en", "zone": "Europe/London"}
PARTNER = {
    "place": "Everywhere",
    "country": "GB",
    "zone": "Europe/London",
    "language": "en",
    "kind": "health system",
    "scope_level": "regional",
    "focus_areas": ["safer_care"],
}


def demo() -> None:
    """Admit a partner made for the occasion and follow one milestone's way; exits, not 0, when a step is missing."""
    running = running_instance()
    teller = story.Teller(tell=print, trace_of=running.trace_of)
    try:
        if seeds.is_empty(running.api):
            seeds.load(running.api, trace_of=running.trace_of, say=lambda _, line: print(line))
        tell_whole(running.api, teller)
    except story.Missing as missing:
        sys.exit(f"demo: MISSING: {missing}")
    print("demo: every expected consequence was seen")


def show(path: str) -> None:
    """Print what the running instance answers to a GET; raises Refused and Unreachable."""
    print(json.dumps(running_instance().api.get(path), indent=2, ensure_ascii=False))


def tell_whole(api: Api, teller: story.Teller) -> None:
    """From admission to the letters; raises story.Missing."""
    stamp = f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"
    partner = {**PARTNER, "name": f"Demonstration {stamp}"}
    leaders: list[Mapping[str, Any]] = [{**LEADER, "email": f"leader-{stamp}@demonstration.example"}]
    admission = story.admit(api, partner=partner, leaders=leaders, today=_today())
    tell_milestone(api, teller, partner=teller.play(admission), leaders=len(leaders))


def tell_milestone(api: Api, teller: story.Teller, *, partner: Mapping[str, Any], leaders: int) -> None:
    """From the activation of the partner's engagement to the letters; raises story.Missing."""
    coach = api.get("/v1/people", role="coach", limit=1)["items"][0]
    engagement = teller.play(story.activate(api, partner_id=partner["id"], coach_id=coach["id"], today=_today()))
    milestone = teller.play(story.plan(api, engagement_id=engagement["id"], today=_today()))
    teller.play(story.reach(api, milestone=milestone, leaders=leaders, today=_today()))
    for line in story.letters(api, partner_id=partner["id"]):
        print(f"           letter         {line}")


def _today() -> Any:
    return datetime.now(UTC).date()
