"""Loop 7: a camp is moved, postponed and given other days: who was to come is asked anew, and diaries follow.

Every service runs in two processes, and one of those concerned is killed before each step.
"""

import re
from typing import Any

import pytest

from cli.local.instance import Instance
from tests.journeys.platform_driver import PlatformDriver
from tests.waiting import eventually

pytestmark = pytest.mark.slow


class Story:
    """One partner that is to come to a camp, and its leader."""

    def __init__(self, instance: Instance) -> None:
        self.platform = PlatformDriver(instance)
        self.api = self.platform.api
        self.partner = self.platform.invited_partner()
        self.camp = self.platform.camp_inviting()
        (self.leader,) = self.api.get("/v1/people", partner_id=self.partner["id"])["items"]

    def accepts(self) -> None:
        (invitation,) = self.platform.invitations(self.partner["id"])
        path = f"/v1/invitations/{invitation['id']}/answers"
        self.platform.as_leader_of(self.partner["id"]).post(path, {"answer": "accepted", "seats": 2}, If_Match="*")

    def stands(self, state: str) -> None:
        eventually(lambda: [each["state"] for each in self.platform.invitations(self.partner["id"])] == [state])

    def says_of_the_camp(self, **facts: Any) -> None:
        path = f"/v1/camps/{self.camp['id']}"
        headers = {"If_Match": f'"{self.api.get(path)["version"]}"', "Content_Type": "application/merge-patch+json"}
        self.api.call("PATCH", path, body=facts, headers=headers)

    def changes_the_camp(self, to: str, **facts: Any) -> None:
        path = f"/v1/camps/{self.camp['id']}"
        self.api.transition(path, to, version=self.api.get(path)["version"], **facts)

    def told(self, *subjects: str) -> None:
        """Wait until the leader has these letters after the invitation, in this order, and no other."""
        eventually(lambda: self._subjects() == list(subjects))

    def _subjects(self) -> list[str]:
        mails = self.platform.mails_to(self.leader["email"])
        subjects = [str(mail["Subject"]).partition(":")[0] for mail in mails]
        return subjects[subjects.index("You are invited") + 1 :] if "You are invited" in subjects else []

    def diary(self) -> list[tuple[str, int, str]]:
        """What calendars were told: the method, the sequence, and the first day or instant."""
        files = [
            part.get_content().replace("\r\n ", "")
            for mail in self.platform.mails_to(self.leader["email"])
            for part in mail.walk()
            if part.get_content_type() == "text/calendar"
        ]
        assert len({re.findall(r"UID:(.*)", each)[0].strip() for each in files}) == 1
        return [(_of(each, "METHOD"), int(_of(each, "SEQUENCE")), _of(each, "DTSTART")[:8]) for each in files]


def _of(file: str, name: str) -> str:
    return str(re.findall(rf"^{name}[^:]*:(.*?)\r?$", file, re.MULTILINE)[0])


def test_who_was_to_come_is_asked_anew_for_other_days_and_diaries_follow(replicas: Instance) -> None:
    story = Story(replicas)
    year = story.camp["year"]
    story.accepts()
    story.told("You are expected")

    story.platform.crash("camps", "notifications.2")
    story.says_of_the_camp(starts_on=f"{year}-06-22", ends_on=f"{year}-06-25")
    story.stands("reconfirm")
    story.told("You are expected", "Please answer again")

    story.platform.crash("notifications", "camps.2")
    story.changes_the_camp("postponed", reason="Elections that week")
    story.told("You are expected", "Please answer again", "Postponed")

    story.platform.crash("camps", "notifications.2")
    days = {"starts_on": f"{year}-08-03", "ends_on": f"{year}-08-06", "answer_by": f"{year}-07-01"}
    story.changes_the_camp("rescheduled", **days)
    story.told("You are expected", "Please answer again", "Postponed", "Please answer again")
    story.platform.crash("notifications")
    story.accepts()
    story.stands("accepted")

    story.told("You are expected", "Please answer again", "Postponed", "Please answer again", "You are expected")
    told = story.diary()
    sequences = [sequence for _, sequence, _ in told]
    assert sequences == sorted(set(sequences))
    assert [(method, first) for method, _, first in told if method == "CANCEL"] == [("CANCEL", f"{year}0622")]
    assert told[-1][0] == "REQUEST"
    assert told[-1][2] == f"{year}0803"
