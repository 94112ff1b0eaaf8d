"""Engagements on the real database, hearing and answering as it does on the broker, but called by hand."""

from datetime import datetime
from itertools import count
from typing import Any

from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import OUTBOX, Store
from services.engagements.service import EngagementsService
from tests.by_hand import ServiceByHand
from tests.waiting import FixedClock

Answer = dict[str, Any]
STAFF: Answer = {"subject": "anna", "organisation": "*", "roles": ["programme_staff"]}


class EngagementsByHand:
    """The service, with a database of its own and nobody else about; it is 1 June 2026 unless told otherwise."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._engagements = ServiceByHand(EngagementsService, store)
        self._numbers = count(1)

    def do(self, operation: str, scope: Answer = STAFF, **arguments: Any) -> Answer:
        """Carry out a command or answer a question, as a call does; gives `ok` or `fault`."""
        call = {"arguments": arguments, "scope": scope, "cause": {"correlation_id": "req_test", "actor": "anna"}}
        answer: Answer = getattr(self._engagements.instance, operation)(**call, command_id=f"cmd_{next(self._numbers)}")
        return answer

    def hear(self, reaction: str, *, sequence: int = 1, **data: Any) -> None:
        """React to an event in one transaction, tried by nobody again."""
        event = Envelope(
            id=f"evt_heard_{next(self._numbers)}", source="/services/others",
            type=self._engagements.type_of(reaction), subject="thing", time="2026-06-01T09:00:00.000Z",
            sequence=sequence, correlationid="req_test",
        )  # fmt: skip
        self._engagements.react(reaction, event, data)

    def draft(self, partner_id: str = "prt_1", zone: str = "America/Chicago") -> Answer:
        """The engagement of a partner that was admitted."""
        self.hear("draft_engagement", partner_id=partner_id, name=f"Region {partner_id}", zone=zone)
        (engagement,) = self.do("list_engagements", partner_id=partner_id)["ok"]["items"]
        return engagement

    def active(self, partner_id: str = "prt_1", **drafted: Any) -> Answer:
        """An engagement under way, led by `per_coach`."""
        engagement = self.draft(partner_id, **drafted)
        asked = {"engagement_id": engagement["id"], "version": 1, "activated_on": "2026-01-12"}
        activated: Answer = self.do("activate_engagement", lead_coach_id="per_coach", **asked)["ok"]
        return activated

    def planned(self, engagement: Answer, **described: Any) -> Answer:
        """A milestone, due on 1 September 2026 unless told otherwise."""
        usual = {"kind": "spread", "title": "Ten wards", "due_on": "2026-09-01"}
        milestone: Answer = self.do("plan_milestone", engagement_id=engagement["id"], **usual | described)["ok"]
        return milestone

    def move(self, operation: str, milestone: Answer, **facts: Any) -> Answer:
        """Change a milestone from what was seen of it; it must succeed."""
        asked = {"milestone_id": milestone["id"], "version": milestone["version"], **facts}
        moved: Answer = self.do(operation, **asked)["ok"]
        return moved

    def seen(self, milestone: Answer) -> Answer:
        """A milestone as it is now."""
        found: Answer = self.do("show_milestone", milestone_id=milestone["id"])["ok"]
        return found

    def it_becomes(self, instant: datetime) -> None:
        """Let time pass at once, and the timer poke."""
        self.store.clock = FixedClock(instant)
        self._engagements.instance.miss_milestones()

    def said(self, key: str) -> list[Answer]:
        """What was said under a key, in order."""
        return list(self.store.database[OUTBOX].find({"type": f"engagements.{key}"}).sort("_id"))
