"""A coaching follow-up: who must coach after a milestone, or because of a stall, and by when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from chassis.domain.aggregate import INTERNAL, Aggregate
from chassis.domain.errors import Conflict
from chassis.domain.transitions import Transition, refuse_unless_possible
from services.notifications import events
from services.notifications.model.letter import Origin


@dataclass(frozen=True, kw_only=True)
class FollowUpPolicy:
    """What a coach should do after what happened, such as a milestone of one kind, and within how many days of it."""

    name: str
    days: int
    coach_should: str


@dataclass(frozen=True, kw_only=True)
class FollowUpPolicies:
    """The institute's policies: by kind of milestone, which is an open list, so that there is one for all others.

    An initiative that has stood still for too long is a kind of its own, `STALLED`.
    """

    version: int
    least_notice_days: int
    by_kind: Mapping[str, FollowUpPolicy]
    for_other_kinds: FollowUpPolicy

    def for_kind(self, kind: str) -> FollowUpPolicy:
        """Give the policy for a kind of milestone, known or not."""
        return self.by_kind.get(kind, self.for_other_kinds)

    def due_on(self, *, kind: str, reached_on: date, today: date) -> date:
        """Give the day by which to coach: counted from what happened, but never without notice.

        A milestone is often confirmed long after it was reached; the coach, who hears of it
        only today, still gets `least_notice_days`.
        """
        return self.with_notice(reached_on + timedelta(self.for_kind(kind).days), today=today)

    def with_notice(self, day: date, *, today: date) -> date:
        """Give a day by which to coach, or a later one of which a coach who hears of it today has notice enough."""
        return max(day, today + timedelta(self.least_notice_days))


class FollowUpState(StrEnum):
    """Where a follow-up stands: `resting` as long as its engagement does; closed by the last three."""

    PLANNED = "planned"
    DUE = "due"
    RESTING = "resting"
    COMPLETED = "completed"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"


OPEN = (FollowUpState.PLANNED, FollowUpState.DUE, FollowUpState.RESTING)
CLOSED = (FollowUpState.COMPLETED, FollowUpState.SKIPPED)
PLANNED, DUE, RESTING, COMPLETED, SKIPPED, CANCELLED = FollowUpState
REACHED_ANEW = "A milestone that is reached again has a follow-up of its own."
STALLED = "stalled_initiative"
STALLED_ANEW = "An initiative that stands still again has a follow-up of its own."
ADMITTED_ANEW = "A partner that is admitted anew has an engagement of its own, and other milestones."
_row = partial(Transition, aggregate="follow_up")
_with_reason = partial(_row, needs_reason=True)
TRANSITIONS = (
    _row(operation="plan_coaching_follow_up", from_states=(), to=(PLANNED, RESTING, COMPLETED, CANCELLED),
         way_back="cancel_follow_up"),
    _row(operation="plan_coaching_of_initiative", from_states=(), to=(PLANNED, RESTING, CANCELLED),
         way_back="stop_asking_for_coaching"),
    _row(operation="remind", from_states=(PLANNED,), to=(DUE,), way_back="What is due has been due."),
    _row(operation="rest_coaching", from_states=(PLANNED, DUE, CANCELLED), to=(RESTING,), way_back="take_up_coaching"),
    _row(operation="take_up_coaching", from_states=(RESTING, CANCELLED), to=(PLANNED, COMPLETED),
         way_back="rest_coaching"),
    _row(operation="complete_answered_follow_up", from_states=OPEN, to=(COMPLETED,),
         way_back="open_what_was_not_held"),
    _with_reason(operation="complete_follow_up", from_states=OPEN, to=(COMPLETED,), way_back="reopen_follow_up"),
    _with_reason(operation="skip_follow_up", from_states=OPEN, to=(SKIPPED,), way_back="reopen_follow_up"),
    _with_reason(operation="reopen_follow_up", from_states=CLOSED, to=(PLANNED, RESTING),
                 way_back="complete_follow_up"),
    _with_reason(operation="open_what_was_not_held", from_states=(COMPLETED,), to=(PLANNED, RESTING, CANCELLED),
                 way_back="complete_answered_follow_up"),
    _row(operation="cancel_follow_up", from_states=OPEN, to=(CANCELLED,), way_back=REACHED_ANEW),
    _row(operation="stop_asking_for_coaching", from_states=OPEN, to=(CANCELLED,), way_back=STALLED_ANEW),
    _row(operation="end_coaching", from_states=OPEN, to=(CANCELLED,), way_back="take_up_coaching"),
    _row(operation="cancel_coaching", from_states=OPEN, to=(CANCELLED,), way_back=ADMITTED_ANEW),
)  # fmt: skip
"""What opens and closes a follow-up."""


class FollowUpClosed(Conflict):
    """Of a follow-up that was completed, skipped or cancelled nothing is asked any more."""


class NotToBeReopened(Conflict):
    """Only what a person completed or skipped by mistake is opened again by hand."""


class Reopening(StrEnum):
    """What shows that a follow-up was closed wrongly."""

    SESSION_RETRACTED = "session_retracted"
    ENGAGEMENT_OPEN = "engagement_open"
    CORRECTED = "corrected"


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """What calls for coaching, as its event tells it: a milestone that was reached, or an initiative that had stalled.

    `sequence` tells apart the times it happens; `kind` is that of the milestone, or `STALLED`.
    """

    milestone_id: str | None = None
    initiative_id: str | None = None
    sequence: int
    engagement_id: str
    partner_id: str
    kind: str
    title: str
    reached_on: date
    coach_id: str


@dataclass(kw_only=True)
class FollowUp(Aggregate):
    """One coach's duty to follow up on one milestone, or on one initiative: it has the id of the one or the other."""

    lifecycle = TRANSITIONS

    partner_id: str
    engagement_id: str
    milestone_id: str | None = None
    initiative_id: str | None = None
    reached_sequence: int = field(metadata=INTERNAL)
    """Of the event by which the milestone was reached, or the initiative had stalled: one follow-up for each time."""
    title: str
    """The milestone's or the initiative's, on that day."""
    reached_on: date
    """The day on which the milestone was reached, or the initiative had stalled."""
    coach_id: str
    policy: str
    policy_version: int
    coach_should: str
    due_on: date
    """The last day on which to coach is in time."""
    due_at: datetime
    """When that day begins where the coach is, and they are reminded."""
    state: FollowUpState = FollowUpState.PLANNED
    origin: Origin | None = field(default=None, metadata=INTERNAL)
    """What made us ask."""
    session_id: str | None = None
    """The coaching session that completed it; None when a person said so."""
    reason: str | None = None
    """Why it was closed, or is open again."""
    closed_by: str | None = None

    @classmethod
    def plan(
        cls,
        *,
        id: str,
        occasion: Occasion,
        policies: FollowUpPolicies,
        zone: str,
        at: datetime,
        origin: Origin | None = None,
    ) -> "FollowUp":
        """Plan who must coach, and by when; `zone` is the coach's, `origin` what made us ask."""
        today, policy = at.astimezone(ZoneInfo(zone)).date(), policies.for_kind(occasion.kind)
        planned: dict[str, Any] = {
            "partner_id": occasion.partner_id,
            "engagement_id": occasion.engagement_id,
            "milestone_id": occasion.milestone_id,
            "initiative_id": occasion.initiative_id,
            "coach_id": occasion.coach_id,
            "policy": policy.name,
            "due_on": policies.due_on(kind=occasion.kind, reached_on=occasion.reached_on, today=today),
        }
        follow_up = cls(
            id=id,
            reached_sequence=occasion.sequence,
            origin=origin,
            title=occasion.title,
            reached_on=occasion.reached_on,
            policy_version=policies.version,
            coach_should=policy.coach_should,
            due_at=_beginning(planned["due_on"], zone),
            **planned,
        )
        follow_up.record(events.FollowUpPlanned(follow_up_id=id, **planned))
        return follow_up

    @property
    def is_open(self) -> bool:
        """Whether the coach is still to follow up."""
        return self.state in OPEN

    def reassign(self, coach_id: str, *, zone: str) -> bool:
        """Have another coach follow up, by the same day where they are; False when it is theirs already."""
        if coach_id == self.coach_id:
            return False
        former_id, self.coach_id, self.due_at = self.coach_id, coach_id, _beginning(self.due_on, zone)
        self.record(events.FollowUpReassigned(**self._subject(), coach_id=coach_id, former_coach_id=former_id))
        return True

    def rest(self) -> None:
        """Ask nothing of the coach as long as the engagement rests; raises FollowUpClosed."""
        if self.state is not FollowUpState.RESTING:
            self._must_allow("rest_coaching")
        self.state = FollowUpState.RESTING

    def reopen(self, because: Reopening, *, reason: str | None = None) -> None:
        """Be open again: it rests until it is taken up; `reason` is what was said about that."""
        self.state, self.reason, self.closed_by, self.session_id = FollowUpState.RESTING, reason, None, None
        self.record(events.FollowUpReopened(**self._subject(), because=because))

    def refuse_to_reopen_by_hand(self) -> None:
        """Raise NotToBeReopened unless a person completed or skipped it: all else opens again with what closed it."""
        about = f"follow-up {self.id} is {self.state}"
        refuse_unless_possible(
            TRANSITIONS, "reopen_follow_up", state=self.state, about=about, otherwise=NotToBeReopened
        )
        if self.session_id:
            raise NotToBeReopened(f"{about} by coaching session {self.session_id}: retract that")

    def take_up(self, *, policies: FollowUpPolicies, zone: str, at: datetime) -> None:
        """Ask again, by the same day or a later one with notice enough where the coach is; raises FollowUpClosed."""
        self._must_allow("take_up_coaching")
        today = at.astimezone(ZoneInfo(zone)).date()
        self.state, self.due_on = FollowUpState.PLANNED, policies.with_notice(self.due_on, today=today)
        self.move_to(zone)

    def move_to(self, zone: str) -> None:
        """Remind the coach as the day begins where they are now."""
        self.due_at = _beginning(self.due_on, zone)

    def fall_due(self) -> None:
        """Note that its day has come; raises FollowUpClosed."""
        self._must_allow("remind")
        self.state = FollowUpState.DUE
        self.record(events.FollowUpDue(**self._subject(), coach_id=self.coach_id, due_on=self.due_on))

    def complete(self, *, session_id: str | None = None, reason: str | None = None, by: str | None = None) -> None:
        """Complete it: the coach held a session, or a person states that they followed up; raises FollowUpClosed."""
        self._close(FollowUpState.COMPLETED, reason=reason, by=by)
        self.session_id = session_id
        self.record(events.FollowUpCompleted(**self._subject(), session_id=session_id))

    def skip(self, *, reason: str, by: str) -> None:
        """Skip it: a person states that nobody will follow up; raises FollowUpClosed."""
        self._close(FollowUpState.SKIPPED, reason=reason, by=by)
        self.record(events.FollowUpSkipped(**self._subject()))

    def cancel(self, *, reason: str) -> None:
        """Note that there is nothing left to follow up on; raises FollowUpClosed."""
        self._close(FollowUpState.CANCELLED, reason=reason, by=None)
        self.record(events.FollowUpCancelled(**self._subject(), reason=reason))

    def _close(self, state: FollowUpState, *, reason: str | None, by: str | None) -> None:
        self._must_allow("complete_follow_up")
        self.state, self.reason, self.closed_by = state, reason, by

    def _must_allow(self, operation: str) -> None:
        about = f"follow-up {self.id} is {self.state}"
        refuse_unless_possible(TRANSITIONS, operation, state=self.state, about=about, otherwise=FollowUpClosed)

    def _subject(self) -> dict[str, Any]:
        about = {"milestone_id": self.milestone_id, "initiative_id": self.initiative_id}
        return {"follow_up_id": self.id, "partner_id": self.partner_id, **about}


def _beginning(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
