"""A milestone: what may happen to it, in which order, and by whose statement."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from chassis.domain.aggregate import INTERNAL
from chassis.domain.errors import Conflict
from chassis.domain.external_ids import KnownElsewhere
from chassis.domain.transitions import NotFromThisState, refuse_unless_possible
from services.engagements.events import milestone as events
from services.engagements.model.days import refuse_the_past
from services.engagements.model.engagement import Engagement
from services.engagements.model.evidence import Concern, Declined, Evidence, EvidenceRule, Found, refuse_without_reason
from services.engagements.model.milestone_lifecycle import (
    DUE,
    REFUSALS,
    TRANSITIONS,
    UNPROPOSED,
    MilestoneNotDropped,
    MilestoneNotProposed,
    MilestoneNotReached,
    MilestoneState,
)
from services.engagements.model.person import Person
from services.engagements.model.rescheduling import Rescheduling, refuse_the_same_day
from services.engagements.model.statement import StateChange, Statement


class MilestoneKind(StrEnum):
    """What kind of step a milestone marks; the coaching that follows depends on it."""

    AIM_TARGET = "aim_target"
    CAPABILITY = "capability"
    SPREAD = "spread"
    GOVERNANCE = "governance"
    LEARNING = "learning"


@dataclass(kw_only=True)
class Milestone(KnownElsewhere):
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
    evidence_rule: EvidenceRule | None = None
    """What data must show for it to be proposed; None where only a person can tell."""
    proposal: Found | None = None
    """What data show that meets its rule; None while they do not."""
    declined: list[Declined] = field(default_factory=list)
    reached_on: date | None = None
    evidence: list[Evidence] = field(default_factory=list)
    reschedulings: list[Rescheduling] = field(default_factory=list)
    transitions: list[StateChange] = field(default_factory=list)
    restores_to: MilestoneState | None = field(default=None, metadata=INTERNAL)
    """What it was when it was dropped, and would be again."""
    dropped_with_engagement: bool = field(default=False, metadata=INTERNAL)
    day_was_past: bool = field(default=False, metadata=INTERNAL)
    """Whether its day was over when it was put on record, as history: that day is not waited for, and never missed."""

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
        evidence_rule: EvidenceRule | None = None,
        in_history: bool = False,
    ) -> "Milestone":
        """Plan a step of an engagement under way.

        `in_history` puts on record what was planned before: its day may be past, and is then not waited for.
        Raises EngagementNotActive and DayIsPast; and what Person.must_be_able_to_own raises.
        """
        engagement.coach_at_work()
        if owner:
            owner.must_be_able_to_own(field="owner_id", partner_id=engagement.partner_id)
        if not in_history:
            refuse_the_past(due_on, field="due_on", today=engagement.today(at))
        milestone = cls(id=id, engagement_id=engagement.id, partner_id=engagement.partner_id, kind=kind, title=title,
                        due_on=due_on, owner_id=owner.id if owner else None,
                        evidence_rule=evidence_rule, day_was_past=engagement.end_of(due_on) <= at)  # fmt: skip
        milestone.await_its_day(engagement=engagement, at=at)
        milestone.record(events.MilestonePlanned(**milestone._named(), kind=kind, due_on=due_on))
        return milestone

    def reach(self, *, engagement: Engagement, on: date, evidence: Evidence, concerns: Sequence[Concern] = ()) -> None:
        """Reach it on a person's statement, with evidence, and with what data propose it if any do.

        Raises MilestoneAlreadyReached, MilestoneAlreadyDropped and EngagementNotActive; what
        Engagement.refuse_unless_come raises; and what refuse_without_reason raises.
        """
        coach_id = engagement.coach_at_work()
        self._must_allow("reach_milestone")
        engagement.refuse_unless_come(on, field="reached_on", at=evidence.confirmed_at)
        seen = replace(evidence, proposal=self.proposal, concerns=[*concerns])
        refuse_without_reason(seen, self.evidence_rule)
        self.state, self.reached_on, self.overdue_at = MilestoneState.REACHED, on, None
        self.evidence.append(seen)
        self.record(events.MilestoneReached(**self._named(), kind=self.kind, reached_on=on, coach_id=coach_id,
                                            admission_number=engagement.admission_number))  # fmt: skip

    def reopen(self, *, engagement: Engagement, statement: Statement) -> None:
        """Take a person's word that the evidence no longer holds.

        Its day is waited for again if it is still to come; otherwise it needs another one. Raises
        MilestoneNotReached, and EngagementAlreadyClosed: what is closed has nothing open.
        """
        engagement.must_be_open()
        self._must_allow("reopen_milestone", otherwise=MilestoneNotReached)
        self._decline_what_proposed_it(statement)
        self._reopen(engagement=engagement, statement=statement)

    def _reopen(self, *, engagement: Engagement, statement: Statement) -> None:
        self._move(MilestoneState.REOPENED, statement)
        self.reached_on, self.proposal = None, None
        self.await_its_day(engagement=engagement, at=statement.at)
        self.record(events.MilestoneReopened(**self._named(), reason=statement.reason, coach_id=engagement.coach()))

    def weigh(self, found: Found | None, *, engagement: Engagement, statement: Statement) -> bool:
        """Follow what data show now by its rule: propose it, take that back, or reopen what rested on it.

        Gives whether anything changed; in an engagement that is closed nothing does.
        """
        if engagement.is_closed:
            return False
        if self.state in UNPROPOSED:
            return self._propose(found, engagement=engagement)
        if self.state is MilestoneState.PROPOSED:
            return self._keep_proposal(found, engagement=engagement, statement=statement)
        if self.state is MilestoneState.REACHED and found is None and self._rests_on_data:
            self._reopen(engagement=engagement, statement=statement)
            return True
        return False

    def _propose(self, found: Found | None, *, engagement: Engagement) -> bool:
        if found is None or found.key in [each.key for each in self.declined]:
            return False
        self.restores_to, self.proposal, self.overdue_at = self.state, found, None
        self.state = MilestoneState.PROPOSED
        self.record(events.MilestoneProposed(**self._named(), finding=found.finding, coach_id=engagement.coach()))
        return True

    def _keep_proposal(self, found: Found | None, *, engagement: Engagement, statement: Statement) -> bool:
        if found is None:
            self._unpropose(engagement=engagement, statement=statement)
            return True
        changed = found != self.proposal
        self.proposal = found
        return changed

    def decline(self, *, engagement: Engagement, statement: Statement) -> None:
        """Take a person's word that what data propose does not hold: the same data propose it no more.

        Raises MilestoneNotProposed, and EngagementAlreadyClosed.
        """
        engagement.must_be_open()
        self._must_allow("decline_proposal", otherwise=MilestoneNotProposed)
        self._decline_what_proposed_it(statement)
        self._unpropose(engagement=engagement, statement=statement)

    def _decline_what_proposed_it(self, statement: Statement) -> None:
        if self.proposal:
            self.declined.append(Declined(key=self.proposal.key, statement=statement))

    def _unpropose(self, *, engagement: Engagement, statement: Statement) -> None:
        """Be again what it was before data proposed it."""
        self.proposal = None
        self._move(self.restores_to or MilestoneState.PLANNED, statement)
        self.restores_to = None
        self.await_its_day(engagement=engagement, at=statement.at)
        self.record(
            events.MilestoneProposalWithdrawn(**self._named(), reason=statement.reason, coach_id=engagement.coach())
        )

    @property
    def _rests_on_data(self) -> bool:
        """Whether data proposed it when it was reached."""
        return bool(self.evidence and self.evidence[-1].proposal)

    def reschedule(
        self, *, engagement: Engagement, due_on: date, statement: Statement, in_history: bool = False
    ) -> None:
        """Give it another day, and remember the one given up; `in_history` as in planning.

        Raises MilestoneAlreadyReached, MilestoneAlreadyDropped, RescheduledToTheSameDay and DayIsPast.
        """
        self._must_allow("reschedule_milestone")
        if not in_history:
            refuse_the_past(due_on, field="due_on", today=engagement.today(statement.at))
        refuse_the_same_day(self.due_on, due_on)
        rescheduling = Rescheduling(from_due_on=self.due_on, due_on=due_on, statement=statement)
        self.reschedulings.append(rescheduling)
        self.state, self.due_on = MilestoneState.PLANNED, due_on
        self.day_was_past = engagement.end_of(due_on) <= statement.at
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
        if self.state is not MilestoneState.PROPOSED:
            self.restores_to = self.state
        self.proposal, self.dropped_with_engagement, self.overdue_at = None, with_engagement, None
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
        """Wait for its day as long as work is under way; a reopened one only for a day that is still to come.

        A day that was past when it was put on record is not waited for.
        """
        over = engagement.end_of(self.due_on)
        is_due = self.state in DUE or (self.state is MilestoneState.REOPENED and over > at)
        is_awaited = is_due and engagement.is_under_way and not self.day_was_past
        self.overdue_at = over if is_awaited else None

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
