"""Two partners with everything a partner can have, and a caller of every kind, to test whose data each can see."""

import json
from collections.abc import Mapping
from typing import Any

from cli.connection.api import Api, Refused
from cli.connection.services import services
from tests.journeys.attended_camp import attended_camp
from tests.journeys.initiatives import planned_cycle, started_initiative
from tests.journeys.inquiries import made_inquiry
from tests.journeys.platform_driver import PlatformDriver
from tests.journeys.programme_capacity import programme_carries
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
            "experience_id": _experienced(platform.api, self.id),
            "commitment_id": _promised(platform, self.id, leader["id"]),
            "attendance_id": platform.api.get("/v1/attendances", partner_id=self.id)["items"][0]["id"],
            "session_id": _coached(platform.api, engagement["id"]),
            "camp_session_id": _drafted(platform.api, invitation),
            "camp_id": invitation["camp_id"],
            "lesson_id": _taught(platform.api),
            "programme_id": invitation["camp_id"],
            "release_id": _released(platform, invitation["camp_id"]),
            "invitation_id": invitation["id"],
            "delegate_id": _named(platform, invitation)["id"],
            **_helped(platform, self.id),
            "guest_id": _invited(platform, invitation)["id"],
            "inquiry_id": made_inquiry(platform)["id"],
            "candidate_id": _waiting(platform),
            "faculty_member_id": _nominated(platform.api, leader["id"]),
            "faculty_request_id": _requested(platform.api, self.id),
            "connection_id": _connected(platform, self.id),
            "follow_up_id": follow_up["id"],
            "delivery_id": letter["id"],
        }

    def is_seen_in(self, answer: Any) -> bool:
        """Whether an answer contains an id of this partner's data."""
        not_own = ("camp_id", "lesson_id", "programme_id", "release_id")
        own = [id for name, id in self.ids.items() if name not in not_own]
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
        ids = {**self.one.ids, **self._at_a_camp(pattern), "dead_letter_id": self._dead_letters.get(service, "")}
        return pattern.replace("<", "{").replace(">", "}").format(**ids)

    def _at_a_camp(self, pattern: str) -> Mapping[str, str]:
        """Coaching sessions and those at a camp have the same name in paths."""
        return {"session_id": self.one.ids["camp_session_id"]} if pattern.startswith("/v1/sessions/") else {}


def status(api: Api, method: str, path: str, body: Mapping[str, Any] | None = None, **headers: str) -> int:
    try:
        return api.call(method, path, body=body, headers=headers).status
    except Refused as refused:
        return refused.status


def _requested(api: Api, partner_id: str) -> str:
    asked = {"partner_id": partner_id, "topics": ["safer_care"], "purpose": "Our teams want to learn it"}
    return str(api.post("/v1/faculty-requests", asked).body["id"])


def _waiting(platform: PlatformDriver) -> str:
    """Another partner, on the list of those that wait for a place."""
    asked = {"partner_id": platform.proposed()["id"], "reasons": ["Leaders with the will"]}
    with programme_carries(1, instance=platform.instance):
        return str(platform.api.post("/v1/candidates", asked).body["id"])


def _nominated(api: Api, person_id: str) -> str:
    nomination = {"person_id": person_id, "topics": ["safer_care"], "reason": "She teaches others"}
    return str(api.post("/v1/faculty", nomination).body["id"])


def _connected(platform: PlatformDriver, partner_id: str) -> str:
    """What the partner proposes to a third one."""
    said = {"partner_id": partner_id, "other_partner_id": platform.admitted_partner()["id"], "kind": "buddy",
            "purpose": "To compare huddles"}  # fmt: skip
    return str(platform.api.post("/v1/connections", said).body["id"])


def _assessed(api: Api, partner_id: str) -> str:
    return str(api.post(f"/v1/partners/{partner_id}/assessments", assessment()).body["id"])


def assessment() -> Mapping[str, Any]:
    criteria = (
        "reach", "committed_leaders", "aligned_mission", "population_health", "improvement_experience",
        "desire_to_test", "willingness_to_share",
    )  # fmt: skip
    return {"judgements": [{"characteristic": code, "verdict": "strong", "evidence": "Seen"} for code in criteria]}


def _released(platform: PlatformDriver, camp_id: str) -> str:
    """The release of a camp's programme, in which there is nothing; the first who asks releases it."""
    if not (found := platform.api.get("/v1/programme-releases", camp_id=camp_id)["items"]):
        platform.api.transition(f"/v1/programmes/{camp_id}", "released", version=0)
        found = platform.api.get("/v1/programme-releases", camp_id=camp_id)["items"]
    return str(found[0]["id"])


def _drafted(api: Api, invitation: Mapping[str, Any]) -> str:
    session = {"camp_id": invitation["camp_id"], "partner_id": invitation["partner_id"], "title": "Huddles"}
    return str(api.post("/v1/sessions", session).body["id"])


def _invited(platform: PlatformDriver, invitation: Any) -> Any:
    """A guest of another industry at the camp of an invitation, who is the institute's."""
    who = {"name": "Kim", "email": f"kim@{invitation['partner_id'].replace('_', '-')}.example", "kind": "guest"}
    return platform.api.post("/v1/guests", who | {"camp_id": invitation["camp_id"], "reason": "Learning"}).body


def _named(platform: PlatformDriver, invitation: Any) -> Any:
    """Somebody who comes in a seat of an invitation, which is accepted for that."""
    platform.api.post(f"/v1/invitations/{invitation['id']}/answers", {"answer": "accepted"}, If_Match="*")
    somebody = {"name": "Bo", "email": f"bo@{invitation['partner_id'].replace('_', '-')}.example", "role": "Nurse"}
    return platform.api.post("/v1/delegates", {"invitation_id": invitation["id"], **somebody}).body


def _coached(api: Api, engagement_id: str) -> str:
    session = {"engagement_id": engagement_id, "held_at": "2026-03-02T10:00:00+01:00", "zone": "Europe/Stockholm"}
    return str(api.post("/v1/coaching-sessions", session).body["id"])


def _experienced(api: Api, partner_id: str) -> str:
    told = {"partner_id": partner_id, "kind": "improvement", "title": "A checklist that is read out at night"}
    return str(api.post("/v1/experiences", told).body["id"])


def _promised(platform: PlatformDriver, partner_id: str, owner_id: str) -> str:
    """A commitment, once a test is planned for it."""
    said = {"camp_id": attended_camp(platform, partner_id), "partner_id": partner_id, "owner_id": owner_id,
            "what": "A checklist at each insertion", "due_on": "2099-10-15"}  # fmt: skip
    commitment = platform.api.post("/v1/commitments", said).body
    eventually(lambda: platform.api.get("/v1/promised-tests", partner_id=partner_id)["items"])
    return str(commitment["id"])


def _taught(api: Api) -> str:
    """What another industry taught, written down by the institute: everybody's to read."""
    lesson = {"organisation": "An airline", "industry": "aviation", "lesson": "Anybody may stop the crew",
              "hypothesis": "So may a nurse", "topics": ["checklists"]}  # fmt: skip
    return str(api.post("/v1/industry-lessons", lesson).body["id"])


def _helped(platform: PlatformDriver, partner_id: str) -> Mapping[str, str]:
    """An ask and an offer that only those may read who are matched with them, and a match with a third partner."""
    api, helper = platform.api, platform.admitted_partner()
    topic = f"{partner_id.removeprefix('prt_')}"
    said = {"title": "Help", "text": "Only for whom it fits", "languages": ["en"], "visibility": "matched"}
    asked = api.post("/v1/asks", said | {"partner_id": partner_id, "topics": [topic]}).body
    offered = api.post("/v1/offers", said | {"partner_id": partner_id, "topics": [f"more_{topic}"]}).body
    api.post("/v1/offers", said | {"partner_id": helper["id"], "topics": [topic]})
    (match,) = eventually(lambda: api.get(f"/v1/asks/{asked['id']}/matches")["items"])
    return {"ask_id": asked["id"], "offer_id": offered["id"], "match_id": match["id"]}


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
