"""A commitment: what a partner promises at a camp to test, by when, and what it reports of it."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, TypedDict, Unpack
from zoneinfo import ZoneInfo

from chassis.domain.aggregate import INTERNAL, Aggregate
from chassis.domain.errors import Conflict, Invalid, Superseded
from chassis.domain.replica import newest
from chassis.domain.transitions import NotFromThisState, refuse_unless_possible
from services.camps.events import commitment as events
from services.camps.model.camp import Camp
from services.camps.model.learning.commitment_lifecycle import OPEN, TRANSITIONS, CommitmentState
from services.camps.model.learning.statement import Statement
from services.camps.model.person import Person


class DueInThePast(Invalid):
    """A test is promised for a day to come, at the place of the camp."""


class OwnerOfAnotherPartner(Invalid):
    """Who answers for a commitment belongs to the partner that makes it."""


class OwnerHasLeft(Invalid):
    """Who answers for a commitment is present."""


class CommitmentOfAnEarlierAdmission(Conflict):
    """A commitment that was released with its partner's departure is not taken up again."""


class Outcome(StrEnum):
    """What became of a change that was tested."""

    ADOPTED = "adopted"
    ADAPTED = "adapted"
    ABANDONED = "abandoned"


DECIDED = {"adopt": Outcome.ADOPTED, "adapt": Outcome.ADAPTED, "abandon": Outcome.ABANDONED}
"""The outcome that a decision about a PDSA cycle comes to."""


class ReleaseKind(StrEnum):
    """How a commitment was released."""

    BY_HAND = "by_hand"
    PARTNER_DEPARTED = "partner_departed"


class CommitmentChanges(TypedDict, total=False):
    """What is promised: the members that are to be changed."""

    what: str
    owner_id: str
    due_on: date


@dataclass(frozen=True, kw_only=True)
class Report:
    """What became of the test, and what was learned; `cycle_id` is the PDSA cycle that says so, if one does."""

    outcome: Outcome
    learning: str | None = None
    cycle_id: str | None = None
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class CycleHeard:
    """What an event says of the PDSA cycle in which a commitment is tested; `outcome` is None while it is open."""

    id: str
    engagement_id: str
    sequence: int
    outcome: Outcome | None = None


@dataclass(kw_only=True)
class Commitment(Aggregate):
    """What a partner promises at a camp to test; its days are days at the place of the camp, in its `zone`."""

    lifecycle = TRANSITIONS

    camp_id: str
    camp_title: str
    partner_id: str
    admission_number: int = field(metadata=INTERNAL)
    zone: str
    made_on: date
    what: str
    owner_id: str
    due_on: date
    initiative_id: str | None = None
    experience_id: str | None = None
    """The experience of another partner that it rests on."""
    state: CommitmentState = CommitmentState.MADE
    engagement_id: str | None = None
    cycle_id: str | None = None
    """The PDSA cycle in which it is tested, once one is planned."""
    cycle_sequence: int = field(default=0, metadata=INTERNAL)
    cycle_outcome: Outcome | None = field(default=None, metadata=INTERNAL)
    """What the cycle comes to, whether or not the commitment counts."""
    reports: list[Report] = field(default_factory=list)
    """Every report; the newest counts while it is reported."""
    statements: list[Statement] = field(default_factory=list)
    """Why it was released, taken up again, or a report taken back."""
    released_as: ReleaseKind | None = None
    overdue_at: datetime | None = field(default=None, metadata=INTERNAL)
    """When its day is over, as long as that is waited for."""

    @classmethod
    def make(
        cls,
        *,
        id: str,
        camp: Camp,
        partner_id: str,
        admission_number: int,
        owner: Person,
        what: str,
        due_on: date,
        initiative_id: str | None,
        experience_id: str | None,
        at: datetime,
    ) -> "Commitment":
        """Promise a test; raises DueInThePast, OwnerOfAnotherPartner and OwnerHasLeft."""
        today = at.astimezone(ZoneInfo(camp.zone)).date()
        made = cls(id=id, camp_id=camp.id, camp_title=camp.title, zone=camp.zone, made_on=today, partner_id=partner_id,
                   admission_number=admission_number, what=what, owner_id=owner.id, due_on=due_on,
                   initiative_id=initiative_id, experience_id=experience_id)  # fmt: skip
        made._refuse_owner(owner)
        made._refuse_past(due_on, at)
        made._wait()
        made.record(events.CommitmentMade(**made._named()))
        return made

    def change(self, *, owner: Person | None, at: datetime, **changes: Unpack[CommitmentChanges]) -> bool:
        """Promise something else; gives whether anything differs. Raises NotFromThisState, and as in promising it."""
        self._must_allow("change_commitment")
        differing = sorted(name for name, value in changes.items() if getattr(self, name) != value)
        if not differing:
            return False
        if owner is not None:
            self._refuse_owner(owner)
        if "due_on" in differing:
            self._refuse_past(changes["due_on"], at)
        for name, value in changes.items():
            setattr(self, name, value)
        self._open()
        self.record(events.CommitmentChanged(**self._named(), members=differing))
        return True

    def lapse(self, at: datetime) -> bool:
        """Note that its day is over without a report; gives whether it is. Somebody may have been faster."""
        if self.overdue_at is None or self.state is not CommitmentState.MADE or at < self.overdue_at:
            return False
        self.state, self.overdue_at = CommitmentState.OVERDUE, None
        self.record(events.CommitmentOverdue(**self._named(), engagement_id=self.engagement_id))
        return True

    def follow_the_law(self) -> bool:
        """Derive anew when its day is over, where that is waited for; give whether it is another instant."""
        before = self.overdue_at
        if before is not None:
            self._wait()
        return self.overdue_at != before

    def report(self, report: Report) -> None:
        """Say what became of the test, perhaps in place of what was said before; raises NotFromThisState."""
        self._must_allow("report_commitment")
        self._report(report)

    def withdraw_report(self, statement: Statement) -> None:
        """Take back what was reported, for a reason; raises NotFromThisState."""
        self._must_allow("withdraw_report")
        self.statements.append(statement)
        self._withdraw_report(statement.reason)

    def follow(self, cycle: CycleHeard, *, at: datetime) -> None:
        """Keep what an event says of the cycle in which it is tested: acted on, that is the report.

        What a later event says of it, or that it is tested in a later cycle, overtakes it: raises Superseded. Of what
        is released only that is kept, and reported if it is taken up again.
        """
        self._keep(cycle)
        if self.state is CommitmentState.RELEASED:
            return
        if cycle.outcome:
            self._report(Report(outcome=cycle.outcome, cycle_id=cycle.id, by="engagements", at=at))
        elif self.state is CommitmentState.REPORTED and self.reports[-1].cycle_id == cycle.id:
            self._withdraw_report(None)

    def release(self, statement: Statement) -> None:
        """Not hold the partner to it any more, for a reason; raises NotFromThisState."""
        self._must_allow("release_commitment")
        self.statements.append(statement)
        self._release(ReleaseKind.BY_HAND, statement.reason)

    def release_with_partner(self) -> None:
        """Not hold a partner to it that has left the programme; what is reported or released stays as it is."""
        if self.state in OPEN:
            self._release(ReleaseKind.PARTNER_DEPARTED, None)

    def resume(self, statement: Statement) -> None:
        """Have it count again, for a reason; raises NotFromThisState and CommitmentOfAnEarlierAdmission."""
        self._must_allow("resume_commitment")
        if self.released_as is ReleaseKind.PARTNER_DEPARTED:
            raise CommitmentOfAnEarlierAdmission(f"{self.id} was released when partner {self.partner_id} departed")
        self.statements.append(statement)
        self.released_as = None
        self._open()
        self.record(events.CommitmentResumed(**self._named(), reason=statement.reason))
        if self.cycle_outcome:
            report = Report(outcome=self.cycle_outcome, cycle_id=self.cycle_id, by="engagements", at=statement.at)
            self._report(report)

    @property
    def outcome(self) -> Outcome | None:
        """What was reported, while that stands."""
        return self.reports[-1].outcome if self.state is CommitmentState.REPORTED else None

    def _keep(self, cycle: CycleHeard) -> None:
        if self.cycle_id and cycle.id < self.cycle_id:
            raise Superseded(f"commitment {self.id} is tested in {self.cycle_id} since")
        known = self.cycle_sequence if cycle.id == self.cycle_id else 0
        self.cycle_sequence = newest(known, cycle.sequence)
        self.cycle_id, self.engagement_id, self.cycle_outcome = cycle.id, cycle.engagement_id, cycle.outcome

    def _report(self, report: Report) -> None:
        self.reports.append(report)
        self.state, self.overdue_at = CommitmentState.REPORTED, None
        said = {"outcome": report.outcome, "cycle_id": report.cycle_id}
        self.record(events.CommitmentReported(**self._named() | said))

    def _withdraw_report(self, reason: str | None) -> None:
        former = self.reports[-1].outcome
        self._open()
        self.record(events.CommitmentReportWithdrawn(**self._named(), former_outcome=former, reason=reason))

    def _release(self, kind: ReleaseKind, reason: str | None) -> None:
        self.state, self.released_as, self.overdue_at = CommitmentState.RELEASED, kind, None
        self.record(events.CommitmentReleased(**self._named(), kind=kind, reason=reason))

    def _open(self) -> None:
        """Wait for a report again; that its day is over is noted again, if it is."""
        self.state = CommitmentState.MADE
        self._wait()

    def _wait(self) -> None:
        over = datetime.combine(self.due_on + timedelta(1), time(), ZoneInfo(self.zone))
        self.overdue_at = over.astimezone(UTC)

    def _refuse_past(self, due_on: date, at: datetime) -> None:
        today = at.astimezone(ZoneInfo(self.zone)).date()
        if due_on <= today:
            detail = f"A day after {today} (today, at the place of the camp) is expected; got '{due_on}'"
            raise DueInThePast.at("/due_on", "past", detail)

    def _refuse_owner(self, owner: Person) -> None:
        if owner.partner_id != self.partner_id:
            detail = f"Somebody of partner {self.partner_id} is expected; got '{owner.id}'"
            raise OwnerOfAnotherPartner.at("/owner_id", "another_organisation", detail)
        if not owner.is_present:
            raise OwnerHasLeft.at("/owner_id", "left", f"Somebody who is present is expected; '{owner.id}' has left")

    def _must_allow(self, operation: str) -> None:
        about = f"commitment {self.id} is {self.state}"
        refuse_unless_possible(TRANSITIONS, operation, state=self.state, about=about, otherwise=NotFromThisState)

    def _named(self) -> dict[str, Any]:
        """Give what every event says of it."""
        whose = {"commitment_id": self.id, "camp_id": self.camp_id, "camp_title": self.camp_title,
                 "made_on": self.made_on, "partner_id": self.partner_id}  # fmt: skip
        promised = {"what": self.what, "owner_id": self.owner_id, "due_on": self.due_on}
        rests_on = {"initiative_id": self.initiative_id, "experience_id": self.experience_id}
        return {**whose, "admission_number": self.admission_number, **promised, **rests_on}
