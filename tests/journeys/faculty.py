"""Somebody on their way into the faculty, as the institute puts it on record, and then coaching."""

from typing import Any

from cli.connection.api import Api, Refused
from cli.local.instance import Instance
from tests.journeys.platform_driver import PlatformDriver
from tests.waiting import eventually

SESSION = {"held_at": "2099-09-10T14:00:00+02:00", "zone": "Europe/Stockholm"}


class FacultyStory:
    """A partner with an improver who shares what was learned there, and another partner that is to be coached."""

    def __init__(self, instance: Instance) -> None:
        self.platform = PlatformDriver(instance)
        self.api = self.platform.api
        self.home = self.platform.admitted_partner()["id"]
        self.improver = self.platform.person("improver", partner_id=self.home, name="Bo Påhittad")
        self.coached = self.platform.admitted_partner()["id"]
        self.engagements = {each: self.platform.active_engagement(each)["id"] for each in (self.home, self.coached)}

    def shared(self) -> str:
        """What the improver's partner shares with others."""
        told = {"partner_id": self.home, "kind": "improvement", "title": "A checklist, read out"}
        path = f"/v1/experiences/{self.api.post('/v1/experiences', told).body['id']}"
        for version, (where, said) in enumerate(
            (("decisions", {"decision": "reviewed"}), ("transitions", {"to": "shared", "visibility": "partners"})), 1
        ):
            self.api.call("POST", f"{path}/{where}", body=said, headers={"If_Match": f'"{version}"'})
        return path.rpartition("/")[2]

    def nominated(self, experience_id: str) -> Any:
        """Put forward because of what they shared, once partners has heard of that."""
        nomination = {"person_id": self.improver["id"], "topics": ["safer_care"], "reason": "He taught three wards",
                      "experience_id": experience_id}  # fmt: skip
        return eventually(lambda: taken(self.api, "/v1/faculty", nomination))

    def step(self, member: Any, to: str, **said: Any) -> Any:
        """Take one step, from how far they are now."""
        path = f"/v1/faculty/{member['id']}"
        return self.api.transition(path, to, version=self.api.get(path)["version"], **said)

    def lead(self, partner_id: str) -> int:
        """Have the improver lead the coaching of a partner; gives the status."""
        path = f"/v1/engagements/{self.engagements[partner_id]}"
        version = self.api.get(path)["version"]
        try:
            self.api.transition(path, "lead_coach_replaced", version=version, coach_id=self.improver["id"])
        except Refused as refused:
            return refused.status
        return 200

    def reached(self) -> Any:
        """The follow-up of a milestone that the coached partner reaches."""
        milestone = self.platform.planned_milestone(self.engagements[self.coached])
        self.platform.reach(milestone)
        return eventually(lambda: self.platform.follow_ups(milestone["id"]))[0]

    def coach(self, milestone_id: str) -> None:
        """A session about a milestone takes place."""
        asked = {"engagement_id": self.engagements[self.coached], "milestone_id": milestone_id, **SESSION}
        session = self.api.post("/v1/coaching-sessions", asked).body
        assert session["coach_id"] == self.improver["id"]
        path = f"/v1/coaching-sessions/{session['id']}"
        day = self.api.get(f"/v1/milestones/{milestone_id}")["reached_on"]
        self.api.transition(path, "held", version=session["version"], held_on=day)


def taken(api: Api, path: str, said: Any) -> Any:
    """What was made by a request, or nothing where it is refused for now."""
    try:
        return api.post(path, said).body
    except Refused:
        return None
