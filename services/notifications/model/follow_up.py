"""A coaching follow-up: who must coach after a milestone, and by when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from chassis.domain import Aggregate
from services.notifications import events


@dataclass(frozen=True, kw_only=True)
class FollowUpPolicy:
    """What a coach should do after a milestone of one kind, and within how many days of the day it was reached."""

    name: str
    days: int
    coach_should: str


@dataclass(frozen=True, kw_only=True)
class FollowUpPolicies:
    """The institute's policies; the list of kinds of milestones is open, so there is one for all others."""

    version: int
    least_notice_days: int
    by_kind: Mapping[str, FollowUpPolicy]
    for_other_kinds: FollowUpPolicy

    def for_kind(self, kind: str) -> FollowUpPolicy:
        """Give the policy for a kind of milestone, known or not."""
        return self.by_kind.get(kind, self.for_other_kinds)

    def due_on(self, *, kind: str, reached_on: date, today: date) -> date:
        """Give the day by which to coach: counted from the milestone, but never without notice.

        A milestone is often confirmed long after it was reached; the coach, who hears of it
        only today, still gets `least_notice_days`.
        """
        days, notice = timedelta(self.for_kind(kind).days), timedelta(self.least_notice_days)
        return max(reached_on + days, today + notice)


class FollowUpState(StrEnum):
    """Where a follow-up stands."""

    PLANNED = "planned"


@dataclass(frozen=True, kw_only=True)
class ReachedMilestone:
    """A milestone as its event tells it; `sequence` tells apart the times it is reached."""

    milestone_id: str
    sequence: int
    engagement_id: str
    partner_id: str
    kind: str
    title: str
    reached_on: date
    coach_id: str


@dataclass(kw_only=True)
class FollowUp(Aggregate):
    """One coach's duty to follow up on one milestone."""

    partner_id: str
    engagement_id: str
    milestone_id: str
    reached_sequence: int
    """Of the event by which the milestone was reached: one follow-up for each time."""
    coach_id: str
    policy: str
    policy_version: int
    due_on: date
    state: FollowUpState = FollowUpState.PLANNED

    @classmethod
    def plan(cls, *, id: str, milestone: ReachedMilestone, policies: FollowUpPolicies, today: date) -> "FollowUp":
        """Plan who must coach, and by when; `today` is the coach's."""
        planned: dict[str, Any] = {
            "partner_id": milestone.partner_id,
            "engagement_id": milestone.engagement_id,
            "milestone_id": milestone.milestone_id,
            "coach_id": milestone.coach_id,
            "policy": policies.for_kind(milestone.kind).name,
            "due_on": policies.due_on(kind=milestone.kind, reached_on=milestone.reached_on, today=today),
        }
        follow_up = cls(id=id, reached_sequence=milestone.sequence, policy_version=policies.version, **planned)
        follow_up.record(events.FollowUpPlanned(follow_up_id=id, **planned))
        return follow_up
