"""A coaching session: that it is to take place, and that it has."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from typing import Any

from chassis.domain.errors import Conflict, Invalid
from chassis.domain.external_ids import KnownElsewhere
from chassis.domain.transitions import NotFromThisState, Transition, refuse_unless_possible
from services.engagements.events import coaching as events
from services.engagements.model.days import DayIsPast, refuse_before
from services.engagements.model.employment import ConflictFound
from services.engagements.model.engagement import Engagement
from services.engagements.model.engagement_lifecycle import NEWLY_ADMITTED
from services.engagements.model.milestone import Milestone
from services.engagements.model.person import Person
from services.engagements.model.statement import StateChange, Statement


class CoachingState(StrEnum):
    """How far a coaching session is."""

    SCHEDULED = "scheduled"
    HELD = "held"
    CANCELLED = "cancelled"


SCHEDULED, HELD, CANCELLED = CoachingState
PEOPLE_WERE_TOLD = "Its people were told that it does not take place; another one is scheduled."
_row = partial(Transition, aggregate="coaching_session")
_with_reason = partial(_row, needs_reason=True)
TRANSITIONS = (
    _row(operation="schedule_coaching", from_states=(), to=(SCHEDULED,), way_back="cancel_coaching"),
    _row(operation="hold_coaching", from_states=(SCHEDULED,), to=(HELD,), way_back="retract_coaching"),
    _with_reason(operation="retract_coaching", from_states=(HELD,), to=(SCHEDULED,), way_back="hold_coaching"),
    _with_reason(operation="move_coaching", from_states=(SCHEDULED,), to=(SCHEDULED,), way_back="move_coaching"),
    _row(operation="hand_over_coaching", from_states=(SCHEDULED,), to=(SCHEDULED,), way_back="hand_over_coaching"),
    _with_reason(operation="cancel_coaching", from_states=(SCHEDULED,), to=(CANCELLED,), way_back=PEOPLE_WERE_TOLD),
    _with_reason(operation="close_engagement", from_states=(SCHEDULED,), to=(CANCELLED,), way_back=PEOPLE_WERE_TOLD),
    _row(operation="close_with_partner", from_states=(SCHEDULED,), to=(CANCELLED,), way_back=NEWLY_ADMITTED),
)


class CoachingAlreadyHeld(Conflict):
    """A coaching session is held once."""


class CoachingNotHeld(Conflict):
    """Only what was held is retracted."""


class CoachingWasCancelled(Conflict):
    """A session that was cancelled does not take place; another one is scheduled."""


REFUSALS: Mapping[CoachingState, type[Conflict]] = {HELD: CoachingAlreadyHeld, CANCELLED: CoachingWasCancelled}
"""How it is refused from these states, unless another refusal says more."""


class SessionIsTheirsAlready(Conflict):
    """A session is handed over to somebody else."""


class MovedToTheSameTime(Invalid):
    """To move is to give another time."""


class MilestoneOfAnotherEngagement(Invalid):
    """A session can be about a milestone of its own engagement."""


@dataclass(kw_only=True)
class CoachingSession(KnownElsewhere):
    """A coach and a partner's team, at one instant, perhaps about one milestone.

    `zone` is where its time of day was agreed. `notes` are what was said: the institute's own, in no event.
    """

    lifecycle = TRANSITIONS

    engagement_id: str
    partner_id: str
    coach_id: str
    held_at: datetime
    zone: str
    milestone_id: str | None = None
    state: CoachingState = CoachingState.SCHEDULED
    held_on: date | None = None
    notes: str | None = None
    coach_left_on: date | None = None
    """Since when it waits for a successor, its coach having left or ceased to coach; None when it does not."""
    coach_conflict: ConflictFound | None = None
    """That its coach works for its partner, or did until lately, by news that came after they were named."""
    transitions: list[StateChange] = field(default_factory=list)
    """What became of it for a reason that somebody gave; a time given up for another one, too."""

    @classmethod
    def schedule(
        cls,
        *,
        id: str,
        engagement: Engagement,
        milestone: Milestone | None,
        coach: Person,
        held_at: datetime,
        zone: str,
    ) -> "CoachingSession":
        """Agree a session.

        Raises EngagementNotActive, MilestoneOfAnotherEngagement, and BeforeItBegan for a time before work began; and
        what Person.must_be_able_to_coach raises. One that has taken place already may be put on record.
        """
        engagement.coach_at_work()
        coach.must_be_able_to_coach(field="coach_id")
        _refuse_another_engagements(milestone, engagement)
        refuse_before(engagement.today(held_at), field="held_at", since=engagement.activated_on)
        session = cls(
            id=id,
            engagement_id=engagement.id,
            partner_id=engagement.partner_id,
            coach_id=coach.id,
            held_at=held_at,
            zone=zone,
            milestone_id=milestone.id if milestone else None,
        )
        session.record(events.CoachingScheduled(**session._named(), held_at=held_at, zone=zone))
        return session

    def hold(self, *, engagement: Engagement, on: date, notes: str | None, at: datetime) -> None:
        """Take a person's word that it took place.

        Raises CoachingAlreadyHeld and CoachingWasCancelled; and what Engagement.refuse_unless_come raises.
        """
        self._must_allow("hold_coaching")
        engagement.refuse_unless_come(on, field="held_on", at=at)
        self.state, self.held_on, self.notes = CoachingState.HELD, on, notes
        self._need_nobody_else()
        self.record(events.CoachingHeld(**self._named(), held_on=on))

    def retract(self, *, engagement: Engagement, statement: Statement) -> None:
        """Take back that it took place: it is scheduled again.

        Raises CoachingNotHeld, and EngagementAlreadyClosed: what is closed has nothing open.
        """
        engagement.must_be_open()
        self._must_allow("retract_coaching", otherwise=CoachingNotHeld)
        self.held_on = None
        self._enter(CoachingState.SCHEDULED, statement)
        self.record(events.CoachingRetracted(**self._named(), reason=statement.reason))

    def move(self, *, held_at: datetime, zone: str, statement: Statement, in_history: bool = False) -> None:
        """Give it another time, for a reason; one that is past only where history is put on record.

        Raises CoachingAlreadyHeld, CoachingWasCancelled, DayIsPast and MovedToTheSameTime.
        """
        self._must_allow("move_coaching")
        if not in_history:
            _refuse_what_is_past(held_at, now=statement.at)
        if held_at == self.held_at:
            detail = f"A time other than {self.held_at.isoformat()} is expected"
            raise MovedToTheSameTime.at("/held_at", "unchanged", detail)
        before, self.held_at, self.zone = self.held_at, held_at, zone
        self._enter(CoachingState.SCHEDULED, statement)
        self.record(
            events.CoachingMoved(
                **self._named(), from_held_at=before, held_at=held_at, zone=zone, reason=statement.reason
            )
        )

    def cancel(self, *, statement: Statement, with_engagement: bool = False) -> None:
        """Say that it does not take place, for a reason; raises CoachingAlreadyHeld and CoachingWasCancelled."""
        self._must_allow("cancel_coaching")
        self._need_nobody_else()
        self._enter(CoachingState.CANCELLED, statement)
        about = {"held_at": self.held_at, "zone": self.zone, "reason": statement.reason}
        self.record(events.CoachingCancelled(**self._named() | about, with_engagement=with_engagement))

    def hand_over(self, *, coach: Person, with_engagement: bool = False) -> None:
        """Have another coach hold it.

        Raises CoachingAlreadyHeld, CoachingWasCancelled and SessionIsTheirsAlready; and what
        Person.must_be_able_to_coach raises.
        `with_engagement` says that the coach takes over the lead of the whole engagement.
        """
        self._must_allow("hand_over_coaching")
        coach.must_be_able_to_coach(field="coach_id")
        if coach.id == self.coach_id:
            raise SessionIsTheirsAlready(f"coaching session {self.id} is {coach.id}'s already")
        former_id, self.coach_id = self.coach_id, coach.id
        self._need_nobody_else()
        self.record(
            events.CoachingHandedOver(
                **self._named(),
                former_coach_id=former_id,
                held_at=self.held_at,
                zone=self.zone,
                with_engagement=with_engagement,
            )
        )

    def wait_for_a_successor(self, *, since: date) -> None:
        """Note that its coach left, or ceased to coach; once."""
        if self.coach_left_on is None:
            self.coach_left_on = since
            about = {"held_at": self.held_at, "zone": self.zone, "left_on": since}
            self.record(events.CoachingCoachLeft(**self._named() | about))

    def keep_its_coach(self) -> None:
        """Note that its coach is there: it waits for no successor, or no more."""
        if self.coach_left_on is not None:
            self.coach_left_on = None
            self.record(events.CoachingCoachReturned(**self._named()))

    def face_conflict(self, found: ConflictFound | None) -> None:
        """Note that its coach has an interest in its partner, or, after all, none; each once."""
        if found == self.coach_conflict:
            return
        self.coach_conflict = found
        if found is None:
            self.record(events.CoachingConflictEnded(**self._named()))
        else:
            about = {"held_at": self.held_at, "zone": self.zone, "until": found.until}
            self.record(events.CoachingConflictFound(**self._named() | about))

    def _need_nobody_else(self) -> None:
        self.coach_left_on, self.coach_conflict = None, None

    def _enter(self, state: CoachingState, statement: Statement) -> None:
        self.state = state
        self.transitions.append(StateChange(to=state, statement=statement))

    def _must_allow(self, operation: str, *, otherwise: type[Conflict] | None = None) -> None:
        """Raise `otherwise`, or the refusal of its state, where the table has no such transition."""
        refusal = otherwise or REFUSALS.get(self.state, NotFromThisState)
        refuse_unless_possible(TRANSITIONS, operation, state=self.state, about=self._standing(), otherwise=refusal)

    def _standing(self) -> str:
        if self.state is CoachingState.HELD:
            return f"coaching session {self.id} was held on {self.held_on}"
        if self.state is CoachingState.CANCELLED:
            return f"coaching session {self.id} was cancelled: {self.transitions[-1].statement.reason}"
        return f"coaching session {self.id} is {self.state}"

    def _named(self) -> dict[str, Any]:
        """Give what every event says of it."""
        return {
            "session_id": self.id,
            "engagement_id": self.engagement_id,
            "partner_id": self.partner_id,
            "coach_id": self.coach_id,
            "milestone_id": self.milestone_id,
        }


def _refuse_another_engagements(milestone: Milestone | None, engagement: Engagement) -> None:
    if milestone is not None and milestone.engagement_id != engagement.id:
        detail = f"A milestone of engagement {engagement.id} is expected; got '{milestone.id}'"
        raise MilestoneOfAnotherEngagement.at("/milestone_id", "another_engagement", detail)


def _refuse_what_is_past(held_at: datetime, *, now: datetime) -> None:
    if held_at < now:
        detail = f"{now.isoformat()} or a later time is expected; got '{held_at.isoformat()}'"
        raise DayIsPast.at("/held_at", "in_the_past", detail)
