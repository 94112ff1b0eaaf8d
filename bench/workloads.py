"""Endless streams of events for each service, made from the examples in the contracts with new ids."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import count
from typing import Any

from bench.events import SampleEvent
from chassis.domain.identity import new_id
from cli.local.process import REPOSITORY

IMPROVERS = 15
"""People between a partner's admission and events that need it, so that these rarely arrive before it."""


def of_engagements() -> Iterator[SampleEvent]:
    """Give events for engagements: admissions of partners."""
    for _ in count():
        yield _event("partners.partner.admitted", partner_id=new_id("prt"))


def of_camps() -> Iterator[SampleEvent]:
    """Give events for camps: admissions, deliveries of other letters, milestones reached."""
    for _ in count():
        partner = new_id("prt")
        yield _event("partners.partner.admitted", partner_id=partner)
        for _ in range(IMPROVERS):
            news = {"delivery_id": new_id("dlv"), "about_kind": "partner", "about_id": partner}
            yield _event("notifications.delivery.settled", partner_id=partner, **news)
        for _ in range(4):
            yield _event("engagements.milestone.reached", partner_id=partner, milestone_id=new_id("mst"))


def of_notifications() -> Iterator[SampleEvent]:
    """Give events for notifications: people, admissions and milestones, which cause letters.

    None about invitations: camps would retry the events about their delivery, for it does not know the invitations.
    """
    for number in count():
        partner, leader, coach = new_id("prt"), new_id("per"), new_id("per")
        yield _person(leader, partner, f"leader-{number}", role="leader")
        yield _person(coach, None, f"coach-{number}", role="coach")
        yield _event("partners.partner.admitted", partner_id=partner, leader_ids=[leader])
        for each in range(IMPROVERS):
            yield _person(new_id("per"), partner, f"improver-{number}-{each}", role="improver")
        yield _event("engagements.milestone.reached", partner_id=partner, milestone_id=new_id("mst"), coach_id=coach)


WORKLOADS = {"engagements": of_engagements, "camps": of_camps, "notifications": of_notifications}
FURTHER_REACTIONS = {"notifications": {"partners.partner.admitted": 1, "engagements.milestone.reached": 2}}
"""How many reactions a service has to an event besides the first."""


def proposals(total: int) -> Iterator[bytes]:
    """Give the bodies of requests that propose `total` partners, the workload of the partners service."""
    proposed = {"country": "SE", "zone": "Europe/Stockholm", "language": "sv", "kind": "region"}
    more = {"scope_level": "regional", "focus_areas": ["quality_strategies"]}
    for number in range(total):
        yield json.dumps({"name": f"Region {number}", **proposed, **more}).encode()


def _person(id: str, partner_id: str | None, name: str, *, role: str) -> SampleEvent:
    email = f"{name}@partner.example"
    return _event("partners.person.joined", person_id=id, partner_id=partner_id, name=name, email=email, role=role)


def _event(type: str, **fresh: Any) -> SampleEvent:
    data = {**_example(type), **fresh}
    return SampleEvent(type=type, subject=next(iter(data.values())), data=data)


@cache
def _example(type: str) -> Mapping[str, Any]:
    """Give a contract's first example; its first field is the event's subject."""
    contract = json.loads((REPOSITORY / "contracts" / "events" / f"{type}.v1.json").read_text())
    example: dict[str, Any] = contract["examples"][0]
    return example
