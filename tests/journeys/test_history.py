"""What a partner did before it was on record is entered as history: all of it counts, and nobody is told as of news."""

from datetime import date, timedelta
from typing import Any

from tests.journeys.platform_driver import PlatformDriver
from tests.waiting import eventually

VALUES = (12, 14, 13, 15, 14, 16, 12, 9, 8, 10, 7, 9, 8)
"""The first worked example of the reference: the last six are a shift below the median."""
POINTS = [{"on": f"{date(2026, 1, 12) + timedelta(weeks=week)}", "value": value} for week, value in enumerate(VALUES)]
ABOUT_REACHING = (
    "notifications.plan_coaching_follow_up",
    "notifications.congratulate_the_leaders",
    "camps.invite_partner",
)
MORE = {"follow_up": 1, "milestone": 1, "milestone_proposed": 2, "invitation": 1}
"""The letters that a milestone proposed by data and then reached brings, and to how many."""


class Work:
    """A partner's engagement, in which data propose a milestone and a person says that it is reached."""

    def __init__(self, platform: PlatformDriver, headers: dict[str, str]) -> None:
        self.platform, self.headers = platform, headers
        platform.camp_inviting()
        self.partner = platform.admitted_partner()
        self.engagement_id = platform.active_engagement(self.partner["id"])["id"]
        # To the leader that the partner is welcome, and to both who coaches.
        eventually(lambda: sum(self.letters().values()) == 3)

    def letters(self) -> dict[str, int]:
        """How many letters there are, by category."""
        categories = [each["category"] for each in self.platform.letters(partner_id=self.partner["id"])]
        return {category: categories.count(category) for category in categories}

    def done(self) -> Any:
        """The milestone, once everybody has heard that it is reached."""
        described = {"kind": "outcome", "improvement": "decrease", "unit": "infections", "frequency": "weekly"}
        definition = {"numerator": "Infections"}
        measure_id = self._posted("/v1/measures", title="Infections", definition=definition, **described)["id"]
        rule = {"kind": "favourable_shift", "measure_id": measure_id}
        milestone_id = self._posted("/v1/milestones", kind="aim_target", title="Infections halved", due_on="2099-09-01",
                                    evidence_rule=rule)["id"]  # fmt: skip
        path = f"/v1/milestones/{milestone_id}"
        self.platform.api.post(f"/v1/measures/{measure_id}/data-point-batches", {"data_points": POINTS}, **self.headers)
        eventually(lambda: self.platform.api.get(path)["state"] == "proposed")
        version = self.platform.api.get(path)["version"]
        reached = {"to": "reached", "reached_on": "2026-05-01", "evidence": "Seen in the data"}
        self.platform.api.post(f"{path}/transitions", reached, If_Match=f'"{version}"', **self.headers)
        for reaction in ABOUT_REACHING:
            eventually(lambda reaction=reaction: self.platform.inbox_rows_of_last_event(reaction, milestone_id))
        return self.platform.api.get(path)

    def _posted(self, path: str, **members: Any) -> Any:
        return self.platform.api.post(path, {"engagement_id": self.engagement_id, **members}, **self.headers).body


def test_what_is_entered_as_history_counts_and_nobody_is_told_asked_or_invited(platform: PlatformDriver) -> None:
    work = Work(platform, {"Entered_As": "history"})
    before = work.letters()

    milestone = work.done()

    assert "favourable shift of 6 data points" in milestone["evidence"][0]["proposal"]["finding"]
    assert work.letters() == before
    assert platform.follow_ups(milestone["id"]) == []
    assert platform.invitations(work.partner["id"]) == []
    said = platform.rows("outbox", subject=milestone["id"])
    assert [row["type"].rpartition(".")[2] for row in said if row["entered_as_history"]] == [
        "planned",
        "proposed",
        "reached",
    ]


def test_the_same_without_saying_so_is_news_to_everybody_concerned(platform: PlatformDriver) -> None:
    work = Work(platform, {})
    before = work.letters()

    milestone = work.done()

    eventually(lambda: work.letters() == {**before, **MORE})
    assert [each["state"] for each in platform.follow_ups(milestone["id"])] == ["planned"]
    (invitation,) = eventually(lambda: platform.invitations(work.partner["id"]))
    assert [reason["id"] for reason in invitation["reasons"]] == [milestone["id"]]
