"""What each service hears in a long life: the contracts' own examples, told again and again of others."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import count
from typing import Any

from bench.events import SampleEvent
from chassis.domain.identity import new_id
from cli.local.process import REPOSITORY

IMPROVERS = 15
"""So many people between a partner's admission and what needs it: what is heard out of order is not the point here."""


def of_engagements() -> Iterator[SampleEvent]:
    """Partners are admitted."""
    for _ in count():
        yield _said("partners.partner.admitted", partner_id=new_id("prt"))


def of_camps() -> Iterator[SampleEvent]:
    """Partners are admitted, letters about other things arrive, milestones are reached."""
    for _ in count():
        partner = new_id("prt")
        yield _said("partners.partner.admitted", partner_id=partner)
        for _ in range(IMPROVERS):
            news = {"delivery_id": new_id("dlv"), "about_kind": "partner", "about_id": partner}
            yield _said("notifications.delivery.settled", partner_id=partner, **news)
        for _ in range(4):
            yield _said("engagements.milestone.reached", partner_id=partner, milestone_id=new_id("mst"))


def of_notifications() -> Iterator[SampleEvent]:
    """People join, partners are admitted and milestones reached; letters are written and sent.

    Not about invitations: that these letters left is told to camps, which waits for invitations it does not know.
    """
    for number in count():
        partner, leader, coach = new_id("prt"), new_id("per"), new_id("per")
        yield _person(leader, partner, f"leader-{number}", role="leader")
        yield _person(coach, None, f"coach-{number}", role="coach")
        yield _said("partners.partner.admitted", partner_id=partner, leader_ids=[leader])
        for each in range(IMPROVERS):
            yield _person(new_id("per"), partner, f"improver-{number}-{each}", role="improver")
        yield _said("engagements.milestone.reached", partner_id=partner, milestone_id=new_id("mst"), coach_id=coach)


LIVES = {"engagements": of_engagements, "camps": of_camps, "notifications": of_notifications}
HEARD_TWICE = {"notifications": {"partners.partner.admitted", "engagements.milestone.reached"}}
"""The events to which a service has two reactions."""


def proposals(total: int) -> Iterator[bytes]:
    """What partners is asked, which hears nothing: the bodies of so many proposals."""
    proposed = {"country": "SE", "zone": "Europe/Stockholm", "language": "sv", "kind": "region"}
    more = {"scope_level": "regional", "focus_areas": ["quality_strategies"]}
    for number in range(total):
        yield json.dumps({"name": f"Region {number}", **proposed, **more}).encode()


def _person(id: str, partner_id: str | None, name: str, *, role: str) -> SampleEvent:
    email = f"{name}@partner.example"
    return _said("partners.person.joined", person_id=id, partner_id=partner_id, name=name, email=email, role=role)


def _said(type: str, **fresh: Any) -> SampleEvent:
    data = {**_example(type), **fresh}
    return SampleEvent(type=type, subject=next(iter(data.values())), data=data)


@cache
def _example(type: str) -> Mapping[str, Any]:
    """What the contract gives as an example; its first field is what it is about."""
    contract = json.loads((REPOSITORY / "contracts" / "events" / f"{type}.v1.json").read_text())
    example: dict[str, Any] = contract["examples"][0]
    return example
