"""A milestone: what may happen to it, in which order, and by whose statement."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import partial

from chassis.domain.aggregate import INTERNAL, Aggregate
from chassis.domain.errors import Conflict, Invalid
from chassis.domain.transitions import NotFromThisState, Transition, refuse_unless_possible
from services.engagements.events import milestone as events
from services.engagements.model.days import refuse_the_past
from services.engagements.model.engagement import Engagement
from services.engagements.model.engagement_lifecycle import NEWLY_ADMITTED
from services.engagements.model.person import Person
from services.engagements.model.statement import StateChange, Statement


class MilestoneKind(StrEnum):
    """What kind of step a milestone marks; the coaching that follows depends on it."""

    AIM_TARGET = "aim_target"
    CAPABILITY = "capability"
    SPREAD = "spread"
    GOVERNANCE = "governance"
    LEARNING = "learning"


class MilestoneState(StrEnum):
    """Where a milestone stands; there is no state beyond reached, for reaching is a person's statement."""

    PLANNED = "planned"
    AT_RISK = "at_risk"
    MISSED = "missed"
    REACHED = "reached"
    REOPENED = "reopened"
    DROPPED = "dropped"


PLANNED, AT_RISK, MISSED, REACHED, REOPENED, DROPPED = MilestoneState
OPEN = (PLANNED, AT_RISK, MISSED, REOPENED)
"""The states of what is still to be reached."""
DUE = (PLANNED, AT_RISK)
"""The states of what is to be reached by its day."""
_row = partial(Transition, aggregate="milestone")
_with_reason = partial(_row, needs_reason=True)
TRANSITIONS = (
    _row(operation="plan_milestone", from_states=(), to=(PLANNED,), way_back="drop_milestone"),
    _row(operation="reach_milestone", from_states=OPEN, to=(REACHED,), way_back="reopen_milestone"),
    _with_reason(operation="reopen_milestone", from_states=(REACHED,), to=(REOPENED,), way_back="reach_milestone"),
    _with_reason(operation="reschedule_milestone", from_states=OPEN, to=(PLANNED,), way_back="reschedule_milestone"),
    _with_reason(
        operation="put_milestone_at_risk",
        from_states=(PLANNED, REOPENED),
        to=(AT_RISK,),
        way_back="That its day was in doubt stays true; it is given another one, reached or dropped.",
    ),
    _row(
        operation="miss_milestones",
        from_states=(PLANNED, AT_RISK, REOPENED),
        to=(MISSED,),
        way_back="Its day is over; it is given another one, or reached late.",
    ),
    _with_reason(operation="drop_milestone", from_states=OPEN, to=(DROPPED,), way_back="restore_milestone"),
    _with_reason(operation="restore_milestone", from_states=(DROPPED,), to=OPEN, way_back="drop_milestone"),
    _with_reason(operation="close_engagement", from_states=OPEN, to=(DROPPED,), way_back="reopen_engagement"),
    _row(operation="close_with_partner", from_states=OPEN, to=(DROPPED,), way_back=NEWLY_ADMITTED),
    _with_reason(operation="reopen_engagement", from_states=(DROPPED,), to=OPEN, way_back="close_engagement"),
)


class MilestoneAlreadyReached(Conflict):
    """A milestone is reached once, unless it is reopened."""


class MilestoneAlreadyDropped(Conflict):
    """A milestone that was dropped is nobody's aim any more, unless it is restored."""


class MilestoneNotDropped(Conflict):
    """Only what was dropped is restored."""


class MilestoneNotReached(Conflict):
    """Only what is reached can be reopened."""


class MilestoneAlreadyInDoubt(Conflict):
    """Only a milestone that nobody doubts yet is put at risk."""


REFUSALS: Mapping[MilestoneState, type[Conflict]] = {
    REACHED: MilestoneAlreadyReached,
    DROPPED: MilestoneAlreadyDropped,
    AT_RISK: MilestoneAlreadyInDoubt,
    MISSED: MilestoneAlreadyInDoubt,
}
"""How it is refused from these states, unless another refusal says more."""


class RescheduledToTheSameDay(Invalid):
    """To reschedule is to give another day."""


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Why somebody says that a milestone is reached, and who it was."""

    statement: str
    confirmed_by: str
    confirmed_at: datetime


@dataclass(frozen=True, kw_only=True)
class Rescheduling:
    """One day given up for another; all of them together are a milestone's slippage."""

    from_due_on: date
    due_on: date
    statement: Statement


@dataclass(kw_only=True)
class Milestone(Aggregate):
    """A step of an engagement that both sides will know to be reached when it is.

    `owner_id` is the person who sees to it. `overdue_at` is the instant at which its day is over
    where the partner is; None when no day is waited for.
    """

    lifecycle = TRANSITIONS
    engagement_id: str
    partner_id: str
    kind: MilestoneKind
    title: str
    due_on: date
    owner_id: str | None = None
    overdue_at: datetime | None = None
    state: MilestoneState = MilestoneState.PLANNED
    reached_on: date | None = None
    evidence: list[Evidence] = field(default_factory=list)
    reschedulings: list[Rescheduling] = field(default_factory=list)
    transitions: list[StateChange] = field(default_factory=list)
    restores_to: MilestoneState | None = field(default=None, metadata=INTERNAL)
    """What it was when it was dropped, and would be again."""
    dropped_with_engagement: bool = field(default=False, metadata=INTERNAL)

    @classmethod
    def plan(
        cls,
        *,
        id: str,
        engagement: Engagement,
        kind: MilestoneKind,
        title: str,
        due_on: date,
        at: datetime,
        owner: Person | None = None,
    ) -> "Milestone":
        """Plan a step of an engagement under way.

        Raises EngagementNotActive and DayIsPast; and what Person.must_be_able_to_own raises.
        """
        engagement.coach_at_work()
        if owner:
            owner.must_be_able_to_own(field="owner_id", partner_id=engagement.partner_id)
        refuse_the_past(due_on, field="due_on", today=engagement.today(at))
        milestone = cls(id=id, engagement_id=engagement.id, partner_id=engagement.partner_id, kind=kind, title=title,
                        due_on=due_on, owner_id=owner.id if owner else None)  # fmt: skip
        milestone.overdue_at = engagement.end_of(milestone.due_on)
        milestone.record(events.MilestonePlanned(**milestone._named(), kind=kind, due_on=due_on))
        return milestone

    def reach(self, *, engagement: Engagement, on: date, evidence: Evidence) -> None:
        """Reach it on a person's statement, with evidence.

        Raises MilestoneAlreadyReached, MilestoneAlreadyDropped and EngagementNotActive; and what
        Engagement.refuse_unless_come raises.
        """
        coach_id = engagement.coach_at_work()
        self._must_allow("reach_milestone")
        engagement.refuse_unless_come(on, field="reached_on", at=evidence.confirmed_at)
        self.state, self.reached_on, self.overdue_at = MilestoneState.REACHED, on, None
        self.evidence.append(evidence)
        self.record(events.MilestoneReached(**self._named(), kind=self.kind, reached_on=on, coach_id=coach_id,
                                            admission_number=engagement.admission_number))  # fmt: skip

    def reopen(self, *, engagement: Engagement, statement: Statement) -> None:
        """Take a person's word that the evidence no longer holds.

        Its day is waited for again if it is still to come; otherwise it needs another one. Raises
        MilestoneNotReached, and EngagementAlreadyClosed: what is closed has nothing open.
        """
        engagement.must_be_open()
        self._must_allow("reopen_milestone", otherwise=MilestoneNotReached)
        self._move(MilestoneState.REOPENED, statement)
        self.reached_on = None
        self.await_its_day(engagement=engagement, at=statement.at)
        self.record(events.MilestoneReopened(**self._named(), reason=statement.reason, coach_id=engagement.coach()))

    def reschedule(self, *, engagement: Engagement, due_on: date, statement: Statement) -> None:
        """Give it another day, and remember the one given up.

        Raises MilestoneAlreadyReached, MilestoneAlreadyDropped, RescheduledToTheSameDay and DayIsPast.
        """
        self._must_allow("reschedule_milestone")
        refuse_the_past(due_on, field="due_on", today=engagement.today(statement.at))
        _refuse_the_same_day(self.due_on, due_on)
        rescheduling = Rescheduling(from_due_on=self.due_on, due_on=due_on, statement=statement)
        self.reschedulings.append(rescheduling)
        self.state, self.due_on = MilestoneState.PLANNED, due_on
        self.await_its_day(engagement=engagement, at=statement.at)
        self.record(
            events.MilestoneRescheduled(
                **self._named(), from_due_on=rescheduling.from_due_on, due_on=due_on, times=len(self.reschedulings)
            )
        )

    def put_at_risk(self, *, engagement: Engagement, statement: Statement) -> None:
        """Take a person's word that its day may not hold.

        Raises MilestoneAlreadyReached, MilestoneAlreadyDropped, and MilestoneAlreadyInDoubt when it is
        at risk or missed already.
        """
        self._must_allow("put_milestone_at_risk")
        self._move(MilestoneState.AT_RISK, statement)
        coach_id = engagement.coach()
        self.record(
            events.MilestoneAtRisk(**self._named(), due_on=self.due_on, coach_id=coach_id, reason=statement.reason)
        )

    def drop(self, *, statement: Statement, with_engagement: bool = False) -> None:
        """Give it up by a person's word, perhaps with its whole engagement.

        Raises MilestoneAlreadyReached and MilestoneAlreadyDropped.
        """
        self._must_allow("drop_milestone")
        self.restores_to, self.dropped_with_engagement, self.overdue_at = self.state, with_engagement, None
        self._move(MilestoneState.DROPPED, statement)
        self.record(events.MilestoneDropped(**self._named(), reason=statement.reason))

    def restore(self, *, engagement: Engagement, statement: Statement) -> None:
        """Aim at it again, as what it was when it was dropped.

        Raises MilestoneNotDropped, and EngagementAlreadyClosed: what is closed has nothing open.
        """
        engagement.must_be_open()
        self._must_allow("restore_milestone", otherwise=MilestoneNotDropped)
        self._move(self.restores_to or MilestoneState.PLANNED, statement)
        self.restores_to, self.dropped_with_engagement = None, False
        self.await_its_day(engagement=engagement, at=statement.at)
        self.record(
            events.MilestoneRestored(**self._named(), reason=statement.reason, state=self.state, due_on=self.due_on)
        )

    def miss(self, *, engagement: Engagement, at: datetime) -> bool:
        """Miss it if its day is over and it was still waited for; gives whether that is so."""
        if self.overdue_at is None or at < self.overdue_at:
            return False
        self.state, self.overdue_at = MilestoneState.MISSED, None
        self.record(events.MilestoneMissed(**self._named(), due_on=self.due_on, coach_id=engagement.coach()))
        return True

    def await_its_day(self, *, engagement: Engagement, at: datetime) -> None:
        """Wait for its day as long as work is under way; a reopened one only for a day that is still to come."""
        over = engagement.end_of(self.due_on)
        is_due = self.state in DUE or (self.state is MilestoneState.REOPENED and over > at)
        self.overdue_at = over if is_due and engagement.is_under_way else None

    def _must_allow(self, operation: str, *, otherwise: type[Conflict] | None = None) -> None:
        """Raise `otherwise`, or the refusal of its state, where the table has no such transition."""
        refusal = otherwise or REFUSALS.get(self.state, NotFromThisState)
        refuse_unless_possible(TRANSITIONS, operation, state=self.state, about=self._standing(), otherwise=refusal)

    def _standing(self) -> str:
        if self.state is MilestoneState.REACHED:
            return f"milestone {self.id} was reached on {self.reached_on}"
        if self.state is MilestoneState.DROPPED:
            return f"milestone {self.id} was dropped: {self.transitions[-1].statement.reason}"
        return f"milestone {self.id} is {self.state}"

    def _move(self, to: MilestoneState, statement: Statement) -> None:
        self.state = to
        self.transitions.append(StateChange(to=to, statement=statement))

    def _named(self) -> dict[str, str]:
        """Give what every event says of it."""
        about = {"milestone_id": self.id, "engagement_id": self.engagement_id}
        return {**about, "partner_id": self.partner_id, "title": self.title}


def _refuse_the_same_day(now: date, due_on: date) -> None:
    if due_on == now:
        detail = f"A day other than {now} is expected; got '{due_on}'"
        raise RescheduledToTheSameDay.at("/due_on", "unchanged", detail)
