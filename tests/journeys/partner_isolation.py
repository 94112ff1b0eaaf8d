"""Two partners with everything a partner can have, and a caller of every kind, to test whose data each can see."""

import json
from collections.abc import Mapping
from typing import Any

from cli.connection.api import Api, Refused
from cli.connection.services import services
from tests.journeys.initiatives import planned_cycle, started_initiative
from tests.journeys.platform_driver import PlatformDriver
from tests.waiting import eventually

CALLERS = ("owner", "other", "staff", "coach", "faculty", "auditor", "integrator")


class PartnerData:
    """An active partner with one of everything; `ids` has them by the names that routes give them."""

    def __init__(self, platform: PlatformDriver) -> None:
        proposed = platform.proposed()
        leader = platform.person("leader", partner_id=proposed["id"])
        self.id = proposed["id"]
        platform.admit(proposed)
        engagement = platform.active_engagement(self.id)
        self.coach_id = engagement["lead_coach_id"]
        milestone = platform.planned_milestone(engagement["id"])
        platform.planned_milestone(engagement["id"])
        platform.reach(milestone)
        initiative = started_initiative(platform.api, engagement, sponsor_id=leader["id"])
        (invitation,) = eventually(lambda: platform.invitations(self.id))
        (follow_up,) = eventually(lambda: platform.follow_ups(milestone["id"]))
        (letter, *_) = eventually(lambda: platform.letters(partner_id=self.id, about_id=invitation["id"]))
        self.ids: Mapping[str, str] = {
            "partner_id": self.id,
            "person_id": leader["id"],
            "assessment_id": _assessed(platform.api, self.id),
            "engagement_id": engagement["id"],
            "milestone_id": milestone["id"],
            **_measured(platform.api, engagement["id"]),
            "initiative_id": initiative["id"],
            "cycle_id": planned_cycle(platform.api, initiative)["id"],
            "session_id": _coached(platform.api, engagement["id"]),
            "camp_id": invitation["camp_id"],
            "invitation_id": invitation["id"],
            "follow_up_id": follow_up["id"],
            "delivery_id": letter["id"],
        }

    def is_seen_in(self, answer: Any) -> bool:
        """Whether an answer contains an id of this partner's data."""
        own = [id for name, id in self.ids.items() if name != "camp_id"]
        return any(id in json.dumps(answer) for id in own)


class TwoTenants:
    """The partner whose data is asked for, another one, and the callers."""

    def __init__(self, platform: PlatformDriver) -> None:
        platform.camp_inviting()
        self.one, self.another = PartnerData(platform), PartnerData(platform)
        self._dead_letters = {service: _dead_letter(platform, service) for service in services()}
        api = platform.instance.api
        self.callers: Mapping[str, Api] = {
            "owner": api(subject="owner", organisation=self.one.id, roles=("partner_lead",)),
            "other": api(subject="other", organisation=self.another.id, roles=("partner_lead",)),
            "staff": api(subject="staff"),
            "coach": api(subject="coach", roles=("faculty",), person=self.one.coach_id),
            "faculty": api(subject="faculty", roles=("faculty",), person=self.another.coach_id),
            "auditor": api(subject="auditor", roles=("auditor",)),
            "integrator": api(subject="a program", organisation=self.one.id, roles=("integrator",)),
        }

    def path(self, pattern: str) -> str:
        """The path of a route, with the ids of the first partner's data."""
        service = pattern.split("/")[3] if pattern.startswith("/v1/dead-letters/") else ""
        ids = {**self.one.ids, "dead_letter_id": self._dead_letters.get(service, "")}
        return pattern.replace("<", "{").replace(">", "}").format(**ids)


def status(api: Api, method: str, path: str, body: Mapping[str, Any] | None = None, **headers: str) -> int:
    try:
        return api.call(method, path, body=body, headers=headers).status
    except Refused as refused:
        return refused.status


def _assessed(api: Api, partner_id: str) -> str:
    return str(api.post(f"/v1/partners/{partner_id}/assessments", assessment()).body["id"])


def assessment() -> Mapping[str, Any]:
    criteria = (
        "reach", "committed_leaders", "aligned_mission", "population_health", "improvement_experience",
        "desire_to_test", "willingness_to_share",
    )  # fmt: skip
    return {"judgements": [{"characteristic": code, "verdict": "strong", "evidence": "Seen"} for code in criteria]}


def _coached(api: Api, engagement_id: str) -> str:
    session = {"engagement_id": engagement_id, "held_at": "2026-03-02T10:00:00+01:00", "zone": "Europe/Stockholm"}
    return str(api.post("/v1/coaching-sessions", session).body["id"])


def _measured(api: Api, engagement_id: str) -> Mapping[str, str]:
    """A measure whose last six days are below those before: the data have a signal."""
    described = {"title": "Infections", "kind": "outcome", "improvement": "decrease", "unit": "infections",
                 "frequency": "daily", "definition": {"numerator": "Infections"}}  # fmt: skip
    measure = api.post("/v1/measures", {"engagement_id": engagement_id, **described}).body
    path = f"/v1/measures/{measure['id']}/data-points"
    days = [f"2026-03-{number:02}" for number in range(1, 14)]
    values = (9, 8, 9, 8, 9, 8, 9, 1, 2, 1, 2, 1, 2)
    points = [api.post(path, {"on": on, "value": value}).body for on, value in zip(days, values, strict=True)]
    (signal, *_) = eventually(lambda: api.get("/v1/signals", measure_id=measure["id"])["items"])
    return {"measure_id": measure["id"], "data_point_id": points[0]["id"], "signal_id": signal["id"]}


def _dead_letter(platform: PlatformDriver, service: str) -> str:
    platform.publish_dead_letter(service, queue="dead")
    (found, *_) = eventually(lambda: platform.api.get(f"/v1/dead-letters/{service}", state="open")["items"])
    return str(found["id"])
