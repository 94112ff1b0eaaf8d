"""Who leads the coaching of an engagement: replaced, waited for when they leave, and found to have an interest."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from chassis.domain.aggregate import INTERNAL, Aggregate
from chassis.domain.errors import Conflict
from services.engagements.events import engagement as events
from services.engagements.model.employment import ConflictFound
from services.engagements.model.engagement_lifecycle import EngagementNotActive, EngagementState


class CoachLeadsAlready(Conflict):
    """A lead coach is replaced by somebody else."""


@dataclass(frozen=True, kw_only=True)
class CoachChange:
    """One lead coach was replaced by another: by whom, when, and why, if that was said."""

    former_coach_id: str
    coach_id: str
    by: str
    at: datetime
    reason: str | None


@dataclass(kw_only=True)
class LedByACoach(Aggregate):
    """What an engagement knows of its lead coach.

    `coach_conflict` is there while its coach works for its partner, or worked for it until lately, by news that came
    after they were named: nobody else is made to lead it by that, but staff are told.
    """

    partner_id: str
    state: EngagementState = EngagementState.DRAFT
    lead_coach_id: str | None = None
    coach_left_on: date | None = None
    """Since when it waits for a successor, its lead coach having left or ceased to coach; None when it does not."""
    coach_conflict: ConflictFound | None = None
    coach_changes: list[CoachChange] = field(default_factory=list)
    admission_number: int = field(default=1, metadata=INTERNAL)
    """Which admission of its partner it came from; who comes back after a departure begins a new one."""

    def wait_for_a_successor(self, *, since: date) -> None:
        """Note that its lead coach left, or ceased to coach; once."""
        if self.coach_left_on is None:
            self.coach_left_on = since
            self.record(events.EngagementCoachLeft(**self._coached(), left_on=since))

    def keep_its_coach(self) -> None:
        """Note that its lead coach is there: it waits for no successor, or no more."""
        if self.coach_left_on is not None:
            self.coach_left_on = None
            self.record(events.EngagementCoachReturned(**self._coached()))

    def face_conflict(self, found: ConflictFound | None) -> None:
        """Note that its lead coach has an interest in its partner, or, after all, none; each once."""
        if found == self.coach_conflict:
            return
        self.coach_conflict = found
        if found is None:
            self.record(events.EngagementCoachConflictEnded(**self._coached()))
        else:
            self.record(events.EngagementCoachConflictFound(**self._coached(), until=found.until))

    def coach(self) -> str:
        """Give the id of the coach who leads it; raises EngagementNotActive before work has begun."""
        if self.lead_coach_id is None:
            raise EngagementNotActive(f"engagement {self.id} is {self.state}: activate it with a lead coach first")
        return self.lead_coach_id

    def _become_led_by(self, coach_id: str) -> None:
        self.lead_coach_id, self.coach_left_on, self.coach_conflict = coach_id, None, None

    def _subject(self) -> dict[str, Any]:
        about = {"engagement_id": self.id, "partner_id": self.partner_id}
        return {**about, "admission_number": self.admission_number}

    def _led(self) -> dict[str, Any]:
        return {**self._subject(), "lead_coach_id": self.lead_coach_id}

    def _coached(self) -> dict[str, Any]:
        return {**self._subject(), "coach_id": self.coach()}
