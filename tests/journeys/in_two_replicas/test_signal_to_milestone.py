"""Loops 2 and 3: data propose a milestone, a person confirms it, coaching follows; a late correction takes it all back.

Every service runs in two processes, and one of those concerned is killed before each step.
"""

from datetime import date, timedelta
from typing import Any

import pytest

from cli.local.instance import Instance
from tests.journeys.platform_driver import PlatformDriver
from tests.waiting import eventually

pytestmark = pytest.mark.slow
BEFORE, SINCE = (12, 14, 13, 15, 14, 16, 12), (9, 8, 10, 7, 9, 8)
"""The first worked example of the reference: the last six are a shift below the median."""
FIRST_WEEK = date(2026, 1, 12)


class Story:
    """One partner whose infections are to decrease, and a milestone that a favourable shift proposes."""

    def __init__(self, instance: Instance) -> None:
        self.platform = PlatformDriver(instance)
        self.api = self.platform.api
        self.partner = self.platform.admitted_partner()
        self.platform.camp_inviting()
        engagement = self.platform.active_engagement(self.partner["id"])
        self.engagement_id, self.coach_id = engagement["id"], engagement["lead_coach_id"]
        self.measure = self.api.post("/v1/measures", {
            "engagement_id": self.engagement_id, "title": "Infections", "kind": "outcome", "improvement": "decrease",
            "unit": "infections", "frequency": "weekly", "definition": {"numerator": "Infections"},
        }).body  # fmt: skip
        self.milestone_id = self.api.post("/v1/milestones", {
            "engagement_id": self.engagement_id, "kind": "aim_target", "title": "Infections halved",
            "due_on": "2099-09-01",
            "evidence_rule": {"kind": "favourable_shift", "measure_id": self.measure["id"]},
        }).body["id"]  # fmt: skip
        self.points: list[Any] = []

    def record(self, *values: int) -> None:
        path = f"/v1/measures/{self.measure['id']}/data-points"
        for value in values:
            on = (FIRST_WEEK + timedelta(weeks=len(self.points))).isoformat()
            self.points.append(self.api.post(path, {"on": on, "value": value}).body)

    def correct(self, number: int, value: int) -> None:
        point = self.points[number - 1]
        self.api.transition(
            f"/v1/data-points/{point['id']}", "corrected", version=point["version"], value=value,
            reason="Cases were reported late",
        )  # fmt: skip

    def milestone(self, state: str) -> Any:
        """The milestone, once it is in this state."""
        path = f"/v1/milestones/{self.milestone_id}"
        eventually(lambda: self.api.get(path)["state"] == state)
        return self.api.get(path)

    def follow_up(self, state: str) -> Any:
        eventually(lambda: [each["state"] for each in self.follow_ups()] == [state])
        return self.follow_ups()[0]

    def follow_ups(self) -> list[Any]:
        return self.platform.follow_ups(self.milestone_id)

    def told(self, category: str, people: int) -> None:
        """Wait until so many have a letter of a category; nobody has two."""
        where = {"category": category, "partner_id": self.partner["id"]}
        eventually(lambda: len(self._settled(**where)) == people)
        assert len({each["recipient_id"] for each in self._settled(**where)}) == people

    def _settled(self, **where: str) -> list[Any]:
        return [each for each in self.platform.letters(**where) if each["state"] in ("sent", "uncertain")]

    def invitation(self, state: str) -> None:
        eventually(lambda: [each["state"] for each in self.platform.invitations(self.partner["id"])] == [state])

    def signals(self) -> list[Any]:
        found = self.api.get("/v1/signals", measure_id=self.measure["id"], limit=100)["items"]
        return [(each["rule"], each["state"]) for each in found if each["rule"] == "shift"]


def test_a_shift_proposes_a_person_confirms_coaching_answers_and_a_late_correction_takes_everything_back(
    replicas: Instance,
) -> None:
    story = Story(replicas)
    story.record(*BEFORE)
    story.platform.crash("engagements")
    story.record(*SINCE)

    proposed = story.milestone("proposed")
    story.platform.crash("notifications")
    story.told("milestone_proposed", 2)
    assert "favourable shift of 6 data points" in proposed["proposal"]["finding"]
    assert story.signals() == [("shift", "detected")]

    story.platform.crash("camps.2", "notifications.2")
    story.platform.reach(proposed)
    story.follow_up("planned")
    story.invitation("issued")
    story.platform.crash("engagements.2")
    session = story.api.post("/v1/coaching-sessions", {
        "engagement_id": story.engagement_id, "milestone_id": story.milestone_id,
        "held_at": "2026-06-10T14:00:00+02:00", "zone": "Europe/Stockholm",
    }).body  # fmt: skip
    story.api.transition(
        f"/v1/coaching-sessions/{session['id']}",
        "held",
        version=session["version"],
        held_on="2026-06-10",
        notes="Seen the wards",
    )
    story.follow_up("completed")
    chart = story.api.get(f"/v1/measures/{story.measure['id']}/run-chart")
    assert {each["kind"] for each in chart["annotations"]} == {"milestone_reached", "coaching_held"}

    story.platform.crash("engagements", "camps")
    story.correct(10, 13)
    story.milestone("reopened")
    story.platform.crash("notifications")
    story.invitation("withdrawn")
    assert story.signals() == [("shift", "withdrawn")]
    story.told("milestone_reopened", 2)


def test_an_answered_follow_up_aside_a_withdrawn_signal_leaves_what_would_be_there_had_it_never_been(
    replicas: Instance,
) -> None:
    story = Story(replicas)
    story.record(*BEFORE, *SINCE)
    story.platform.reach(story.milestone("proposed"))
    story.follow_up("planned")
    story.told("invitation", 1)

    story.platform.crash("engagements", "notifications.2")
    story.correct(10, 13)

    story.milestone("reopened")
    story.follow_up("cancelled")
    story.invitation("withdrawn")
    assert story.api.get("/v1/sessions", partner_id=story.partner["id"])["items"] == []
    story.told("invitation_withdrawn", 1)
