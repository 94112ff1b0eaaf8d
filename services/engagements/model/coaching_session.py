"""A coaching session: that it is to take place, and that it has."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from chassis.domain.aggregate import Aggregate
from chassis.domain.errors import Conflict, Invalid
from services.engagements import events
from services.engagements.model.engagement import Engagement
from services.engagements.model.milestone import Milestone, latest_day
from services.engagements.model.person import Person


class CoachingState(StrEnum):
    """How far a coaching session is."""

    SCHEDULED = "scheduled"
    HELD = "held"


class CoachingAlreadyHeld(Conflict):
    """A coaching session is held once."""


class SessionIsTheirsAlready(Conflict):
    """A session is handed over to somebody else."""


class HeldInTheFuture(Invalid):
    """What will be held is scheduled; what was held has a day that has come."""


class MilestoneOfAnotherEngagement(Invalid):
    """A session can be about a milestone of its own engagement."""


@dataclass(kw_only=True)
class CoachingSession(Aggregate):
    """A coach and a partner's team, at one instant, perhaps about one milestone.

    `zone` is where its time of day was agreed. `notes` are what was said: the institute's own, in no event.
    """

    engagement_id: str
    partner_id: str
    coach_id: str
    held_at: datetime
    zone: str
    milestone_id: str | None = None
    state: CoachingState = CoachingState.SCHEDULED
    held_on: date | None = None
    notes: str | None = None

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

        Raises EngagementNotActive and MilestoneOfAnotherEngagement; and what Person.must_be_able_to_coach raises.
        """
        engagement.coach_at_work()
        coach.must_be_able_to_coach(field="coach_id")
        _refuse_another_engagements(milestone, engagement)
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

    def hold(self, *, on: date, notes: str | None, at: datetime) -> None:
        """Take a person's word that it took place; raises CoachingAlreadyHeld and HeldInTheFuture."""
        self._must_be_scheduled()
        _refuse_the_future(on, said_at=at)
        self.state, self.held_on, self.notes = CoachingState.HELD, on, notes
        self.record(events.CoachingHeld(**self._named(), held_on=on))

    def hand_over(self, *, coach: Person, with_engagement: bool = False) -> None:
        """Have another coach hold it.

        Raises CoachingAlreadyHeld and SessionIsTheirsAlready; and what Person.must_be_able_to_coach raises.
        `with_engagement` says that the coach takes over the lead of the whole engagement.
        """
        self._must_be_scheduled()
        coach.must_be_able_to_coach(field="coach_id")
        if coach.id == self.coach_id:
            raise SessionIsTheirsAlready(f"coaching session {self.id} is {coach.id}'s already")
        former_id, self.coach_id = self.coach_id, coach.id
        self.record(
            events.CoachingHandedOver(
                **self._named(),
                former_coach_id=former_id,
                held_at=self.held_at,
                zone=self.zone,
                with_engagement=with_engagement,
            )
        )

    def _must_be_scheduled(self) -> None:
        if self.state is CoachingState.HELD:
            raise CoachingAlreadyHeld(f"coaching session {self.id} was held on {self.held_on}")

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


def _refuse_the_future(on: date, *, said_at: datetime) -> None:
    latest = latest_day(said_at)
    if on > latest:
        detail = f"A day up to {latest} is expected; got '{on}'"
        raise HeldInTheFuture.at("/held_on", "in_the_future", detail)
