"""A milestone: what may happen to it, in which order, and by whose statement."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from chassis.domain.aggregate import Aggregate
from chassis.domain.errors import Conflict, Invalid
from services.engagements import events
from services.engagements.model.engagement import Engagement
from services.engagements.model.person import Person


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


OPEN = frozenset(MilestoneState) - {MilestoneState.REACHED, MilestoneState.DROPPED}
"""The states of what is still to be reached."""
DUE = frozenset({MilestoneState.PLANNED, MilestoneState.AT_RISK})
"""The states of what is to be reached by its day."""


class MilestoneAlreadyReached(Conflict):
    """A milestone is reached once, unless it is reopened."""


class MilestoneAlreadyDropped(Conflict):
    """A milestone that was dropped is nobody's aim any more."""


class MilestoneNotReached(Conflict):
    """Only what is reached can be reopened."""


class MilestoneAlreadyInDoubt(Conflict):
    """Only a milestone that nobody doubts yet is put at risk."""


class ReachedInTheFuture(Invalid):
    """What will be reached is planned; what is reached has a day that has come."""


class DayIsPast(Invalid):
    """A milestone is planned for a day that is still to come, or is today, where the partner is."""


class RescheduledToTheSameDay(Invalid):
    """To reschedule is to give another day."""


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Why somebody says that a milestone is reached, and who it was."""

    statement: str
    confirmed_by: str
    confirmed_at: datetime


@dataclass(frozen=True, kw_only=True)
class Statement:
    """Who decided something, when, and why."""

    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class StateChange:
    """A turn that a milestone took by a person's statement."""

    to: MilestoneState
    statement: Statement


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
        _refuse_a_day_that_is_past(due_on, today=engagement.today(at))
        milestone = cls(id=id, engagement_id=engagement.id, partner_id=engagement.partner_id, kind=kind, title=title,
                        due_on=due_on, owner_id=owner.id if owner else None)  # fmt: skip
        milestone.overdue_at = engagement.end_of(milestone.due_on)
        milestone.record(
            events.MilestonePlanned(**milestone._named(), kind=milestone.kind, due_on=milestone.due_on),
        )
        return milestone

    def reach(self, *, engagement: Engagement, on: date, evidence: Evidence) -> None:
        """Reach it on a person's statement, with evidence.

        Raises MilestoneAlreadyReached, MilestoneAlreadyDropped, EngagementNotActive, and ReachedInTheFuture
        when `on` is later than the day, anywhere on earth, on which it is said.
        """
        coach_id = engagement.coach_at_work()
        self._must_be_open()
        _refuse_the_future(on, said_at=evidence.confirmed_at)
        self.state, self.reached_on, self.overdue_at = MilestoneState.REACHED, on, None
        self.evidence.append(evidence)
        self.record(events.MilestoneReached(**self._named(), kind=self.kind, reached_on=on, coach_id=coach_id))

    def reopen(self, *, engagement: Engagement, statement: Statement) -> None:
        """Take a person's word that the evidence no longer holds; raises MilestoneNotReached.

        Its day is waited for again if it is still to come; otherwise it needs another one.
        """
        if self.state is not MilestoneState.REACHED:
            raise MilestoneNotReached(f"milestone {self.id} is {self.state}")
        self._move(MilestoneState.REOPENED, statement)
        self.reached_on = None
        self.await_its_day(engagement=engagement, at=statement.at)
        self.record(events.MilestoneReopened(**self._named(), reason=statement.reason, coach_id=engagement.coach()))

    def reschedule(self, *, engagement: Engagement, due_on: date, statement: Statement) -> None:
        """Give it another day, and remember the one given up.

        Raises MilestoneAlreadyReached, MilestoneAlreadyDropped, RescheduledToTheSameDay and DayIsPast.
        """
        self._must_be_open()
        _refuse_a_day_that_is_past(due_on, today=engagement.today(statement.at))
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
        self._must_be_open()
        if self.state in (MilestoneState.AT_RISK, MilestoneState.MISSED):
            raise MilestoneAlreadyInDoubt(f"milestone {self.id} is {self.state} already")
        self._move(MilestoneState.AT_RISK, statement)
        coach_id = engagement.coach()
        self.record(
            events.MilestoneAtRisk(**self._named(), due_on=self.due_on, coach_id=coach_id, reason=statement.reason)
        )

    def drop(self, *, statement: Statement) -> None:
        """Give it up by a person's word; raises MilestoneAlreadyReached and MilestoneAlreadyDropped."""
        self._must_be_open()
        self._move(MilestoneState.DROPPED, statement)
        self.overdue_at = None
        self.record(events.MilestoneDropped(**self._named(), reason=statement.reason))

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

    def _must_be_open(self) -> None:
        if self.state is MilestoneState.REACHED:
            raise MilestoneAlreadyReached(f"milestone {self.id} was reached on {self.reached_on}")
        if self.state is MilestoneState.DROPPED:
            raise MilestoneAlreadyDropped(f"milestone {self.id} was dropped: {self.transitions[-1].statement.reason}")

    def _move(self, to: MilestoneState, statement: Statement) -> None:
        self.state = to
        self.transitions.append(StateChange(to=to, statement=statement))

    def _named(self) -> dict[str, str]:
        """Give what every event says of it."""
        return {
            "milestone_id": self.id,
            "engagement_id": self.engagement_id,
            "partner_id": self.partner_id,
            "title": self.title,
        }


def latest_day(said_at: datetime) -> date:
    """Give the latest day that has begun somewhere on earth, where it does so up to 14 hours before UTC."""
    return (said_at.astimezone(UTC) + timedelta(hours=14)).date()


def _refuse_the_future(on: date, *, said_at: datetime) -> None:
    latest = latest_day(said_at)
    if on > latest:
        detail = f"A day up to {latest} is expected; got '{on}'"
        raise ReachedInTheFuture.at("/reached_on", "in_the_future", detail)


def _refuse_a_day_that_is_past(due_on: date, *, today: date) -> None:
    if due_on < today:
        raise DayIsPast.at("/due_on", "in_the_past", f"{today} or a later day is expected; got '{due_on}'")


def _refuse_the_same_day(now: date, due_on: date) -> None:
    if due_on == now:
        detail = f"A day other than {now} is expected; got '{due_on}'"
        raise RescheduledToTheSameDay.at("/due_on", "unchanged", detail)
