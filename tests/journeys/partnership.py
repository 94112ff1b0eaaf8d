"""Loop 5: a partner is admitted, its leaders change, and it departs; each is followed everywhere."""

from collections.abc import Callable
from typing import Any

from cli.local.instance import Instance
from tests.journeys.platform_driver import PlatformDriver
from tests.waiting import eventually


class Partnership:
    """A partner with a sponsor and another leader, of whose engagement somebody leads the coaching."""

    def __init__(self, instance: Instance) -> None:
        self.platform = PlatformDriver(instance)
        self.api = self.platform.api
        self.partner = self.platform.proposed("Hospital Israelita Albert Einstein")
        self.sponsor, self.leader = (self.platform.person("leader", partner_id=self.partner["id"]) for _ in range(2))
        self.questions = 0

    def admit(self, *, then: Callable[[], None]) -> None:
        """Drafted, eligible and welcomed, whatever happens then."""
        self.platform.admit(self.partner)
        then()
        assert eventually(lambda: self.platform.engagement_of(self.partner["id"]))["state"] == "draft"
        eventually(lambda: self.platform.rows("eligible_partners", _id=self.partner["id"]))
        eventually(lambda: len(self.letters("welcome", self.partner["id"])) == 2)

    def begin_the_work(self) -> None:
        """The work is agreed on, has a coach, and the leaders have a sponsor among them."""
        engagement = self.platform.active_engagement(self.partner["id"])
        self.path, self.id = f"/v1/engagements/{engagement['id']}", engagement["id"]
        self.coach = self.api.get(f"/v1/people/{engagement['lead_coach_id']}")
        self.name_the_sponsor()
        self.will_is_in_question("sponsor_named")
        self.confirm("They agreed on a sponsor")

    def name_the_sponsor(self) -> None:
        path = f"/v1/partners/{self.partner['id']}/leadership"
        headers = {"If_Match": f'"{self.api.get(path)["version"]}"', "Content_Type": "application/merge-patch+json"}
        self.api.call("PATCH", path, body={"sponsor_id": self.sponsor["id"]}, headers=headers)

    def sponsor_leaves(self) -> None:
        path = f"/v1/people/{self.sponsor['id']}"
        self.api.transition(path, "left", version=self.api.get(path)["version"])

    def will_is_in_question(self, change: str) -> None:
        """In engagements, and the coach is asked by letter."""
        assert eventually(lambda: self.api.get(self.path)["will_to_confirm"])["change"] == change
        self.questions += 1
        eventually(lambda: len(self.letters("will_questioned", self.id)) == self.questions)
        assert "please find out whether the will is there" in self.platform.subjects_to(self.coach["email"])

    def confirm(self, reason: str) -> None:
        self.api.transition(self.path, "will_confirmed", version=self.api.get(self.path)["version"], reason=reason)

    def depart(self, *, then: Callable[[], None]) -> None:
        """What is open ends everywhere, whatever happens then."""
        path = f"/v1/partners/{self.partner['id']}"
        self.api.transition(path, "departed", version=self.api.get(path)["version"], reason="Merged")
        then()
        eventually(lambda: self.api.get(self.path)["state"] == "closed")
        gone = {"_id": self.partner["id"]}
        eventually(lambda: self.platform.rows("eligible_partners", **gone)[0]["departed"])
        eventually(lambda: self.letters("farewell", self.partner["id"]))

    def letters(self, category: str, about_id: str) -> list[Any]:
        return self.platform.letters(category=category, about_id=about_id, state="sent")
