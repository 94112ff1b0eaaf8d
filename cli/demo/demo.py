"""The demonstration: the story, run against the running instance."""

import json
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any

from cli.connection.api import Api
from cli.connection.instance_address import running_instance
from cli.demo import data_story, seeds, story
from cli.demo.correction_story import correct
from cli.demo.example import import_example

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

INVITED = 2
"""The partners that the stories invite."""


def demo() -> None:
    """Run the stories of a milestone and of data; exits with 1 when an expected consequence is missing."""
    running = running_instance()
    teller = story.StoryRunner(print_line=print, trace_of=running.trace_of)
    try:
        if seeds.is_empty(running.api):
            seeds.load(running.api, trace_of=running.trace_of, print_from=lambda _, line: print(line))
        else:
            make_ready(running.api)
        run_story(running.api, teller)
        run_story_of_data(running.api, teller)
    except story.Missing as missing:
        sys.exit(f"demo: MISSING: {missing}")
    print("demo: every expected consequence was seen")


def make_ready(api: Api) -> None:
    """Add what the story needs to an instance in use, and say so; raises story.Missing when the camp has no seats."""
    if not api.get("/v1/people", role="coach", state="present", limit=1)["items"]:
        story.add_people(api, seeds.read()["coaches"][:1], role="coach")
        print("demo: no coach is present: one was added")
    inviting = api.get("/v1/camps", state="inviting", limit=100)["items"]
    if not inviting:
        camp = seeds.open_camp(api, today=_today())
        print(f"demo: no camp invites: {camp['title']} was opened, for the demonstration")
        return
    camp = min(inviting, key=lambda each: each["starts_on"])
    free = api.get(f"/v1/camps/{camp['id']}/seats")["free"]
    print(f"demo: {camp['title']} invites, and has {free} seats free")
    if free < INVITED * camp["seats_per_invitation"]:
        raise story.Missing(f"seats: a partner would wait for those of {camp['title']}; give it more, or a new camp")


def show(path: str) -> None:
    """Print the running instance's answer to a GET request; raises Refused and Unreachable."""
    print(json.dumps(running_instance().api.get("/" + path.lstrip("/")), indent=2, ensure_ascii=False))


def run_story(api: Api, teller: story.StoryRunner) -> None:
    """Run the story from a partner's admission to the letters; raises story.Missing."""
    stamp = _stamp()
    partner = {**PARTNER, "name": f"Demonstration {stamp}"}
    leaders: list[Mapping[str, Any]] = [{**LEADER, "email": f"leader-{stamp}@demonstration.example"}]
    admission = story.admit(api, partner=partner, leaders=leaders, today=_today())
    run_milestone_story(api, teller, partner=teller.play(admission), leaders=len(leaders))


def run_milestone_story(api: Api, teller: story.StoryRunner, *, partner: Mapping[str, Any], leaders: int) -> None:
    """Run the story from the activation of the partner's engagement to the letters; raises story.Missing."""
    coach = api.get("/v1/people", role="coach", state="present", limit=1)["items"][0]
    engagement = teller.play(story.activate(api, partner_id=partner["id"], coach_id=coach["id"], today=_today()))
    milestone = teller.play(story.plan(api, engagement_id=engagement["id"], today=_today()))
    teller.play(story.reach(api, milestone=milestone, leaders=leaders, today=_today()))
    for line in story.letters(api, partner_id=partner["id"]):
        print(f"           letter         {line}")


def run_story_of_data(api: Api, teller: story.StoryRunner) -> None:
    """Import the example, and run the story of its data, and of their correction; raises story.Missing."""
    partner = import_example(api, stamp=_stamp(), print_line=print)
    find = partial(data_story.named, api, partner_id=partner["id"])
    measure = find("measures", data_story.MEASURE)
    milestones = [find("milestones", each) for each in (data_story.PROPOSED, data_story.ALSO_PROPOSED)]
    leaders = len(api.get("/v1/people", partner_id=partner["id"], role="leader")["items"])
    points = teller.play(data_story.record(api, measure=measure, milestones=milestones, told=leaders + 1))
    first, second = milestones
    teller.play(data_story.confirm(api, milestone=first, leaders=leaders, today=_today()))
    teller.play(data_story.coach(api, milestone=first, today=_today()))
    teller.play(data_story.confirm(api, milestone=second, leaders=leaders, today=_today()))
    teller.play(
        correct(api, measure=measure, point=points[-1], milestones=milestones, unanswered=second, told=leaders + 1)
    )


def _stamp() -> str:
    return f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"


def _today() -> Any:
    return datetime.now(UTC).date()
