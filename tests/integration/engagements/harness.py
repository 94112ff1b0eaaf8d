"""Engagements on the real database, reacting and answering as on the broker, but called directly."""

from datetime import datetime, timedelta
from typing import Any

from chassis.persistence.unit_of_work import Store
from services.engagements.service import EngagementsService
from tests.service_harness import ServiceHarness

Answer = dict[str, Any]
YEAR = timedelta(days=365)
"""How long who left a partner does not coach it."""


class EngagementsHarness(ServiceHarness):
    """The service, with a database of its own and nobody else about; it is 1 June 2026 unless told otherwise."""

    def __init__(self, store: Store) -> None:
        super().__init__(EngagementsService, store, access_after_end=timedelta(days=30), former_employer_period=YEAR)

    def draft(self, partner_id: str = "prt_1", zone: str = "America/Chicago") -> Answer:
        """The engagement of a partner that was admitted."""
        self.hear("draft_engagement", partner_id=partner_id, name=f"Region {partner_id}", zone=zone)
        (engagement,) = self.call("list_engagements", partner_id=partner_id)["ok"]["items"]
        return engagement

    def person(self, id: str = "per_coach", *, partner_id: str | None = None, role: str = "coach") -> str:
        """Somebody who joined, one of the institute's coaches unless told otherwise; gives the id."""
        who = {"person_id": id, "partner_id": partner_id, "name": f"Ada {id}", "role": role, "zone": "America/Chicago"}
        self.hear("keep_person", id=f"evt_{id}_joined", **who)
        return id

    def agreed(self, partner_id: str = "prt_1", **drafted: Any) -> Answer:
        """An engagement that both sides agree on."""
        engagement = self.draft(partner_id, **drafted)
        sides = {"for_partner": "Åsa Påhittad", "for_institute": "Ada Example", "agreed_on": "2026-01-08"}
        agreed: Answer = self.call("agree_engagement", engagement_id=engagement["id"], version=1, **sides)["ok"]
        return agreed

    def active(self, partner_id: str = "prt_1", **drafted: Any) -> Answer:
        """An engagement under way, led by `per_coach`."""
        engagement = self.agreed(partner_id, **drafted)
        asked = {"engagement_id": engagement["id"], "version": 2, "activated_on": "2026-01-12"}
        activated: Answer = self.call("activate_engagement", lead_coach_id=self.person(), **asked)["ok"]
        return activated

    def planned(self, engagement: Answer, **described: Any) -> Answer:
        """A milestone, due on 1 September 2026 unless told otherwise."""
        usual = {"kind": "spread", "title": "Ten wards", "due_on": "2026-09-01"}
        milestone: Answer = self.call("plan_milestone", engagement_id=engagement["id"], **usual | described)["ok"]
        return milestone

    def move(self, operation: str, milestone: Answer, **facts: Any) -> Answer:
        """Change a milestone from what was seen of it; it must succeed."""
        asked = {"milestone_id": milestone["id"], "version": milestone["version"], **facts}
        moved: Answer = self.call(operation, **asked)["ok"]
        return moved

    def seen(self, milestone: Answer) -> Answer:
        """A milestone as it is now."""
        found: Answer = self.call("show_milestone", milestone_id=milestone["id"])["ok"]
        return found

    def hear_its_own(self) -> None:
        """Hear what it has published itself, and judge what has changed, until there is nothing new."""
        super().hear_its_own()
        self.instance.judge_series()
        self.instance.judge_gaps()
        super().hear_its_own()

    def it_becomes(self, instant: datetime) -> None:
        """Let time pass at once, and the timer poke."""
        super().it_becomes(instant)
        self.instance.miss_milestones()
        self.instance.find_stale_data()
        self.instance.stall_initiatives()

    def said(self, key: str) -> list[Answer]:
        """What was published under a key, in order."""
        return self.published(f"engagements.{key}")
