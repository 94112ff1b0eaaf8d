"""Where engagements, milestones and coaching sessions are kept, and what is copied of people."""

from datetime import date
from typing import ClassVar

from pymongo import IndexModel

from chassis.domain.errors import NotYetKnown, Superseded
from chassis.domain.scope import PLATFORM
from chassis.persistence.repository import Backlog, Repository
from services.engagements.model.camp import Camp
from services.engagements.model.coaching_session import CoachingSession, CoachingState
from services.engagements.model.engagement import Engagement
from services.engagements.model.engagement_lifecycle import EngagementState
from services.engagements.model.milestone import Milestone
from services.engagements.model.milestone_lifecycle import OPEN
from services.engagements.model.person import Person


class Engagements(Repository[Engagement]):
    """Every engagement; each is its partner's."""

    collection = "engagements"
    aggregate = Engagement
    people_in = ("lead_coach_id",)
    owner_field = "partner_id"
    searched_by = "partner_name"
    indexes = (
        IndexModel(["lead_coach_id", "_id"]),
        IndexModel(["partner_id", "admission_number"], unique=True),
    )

    def of_partner(self, partner_id: str, *, admission_number: int) -> Engagement:
        """Give the engagement of an admission; raises NotYetKnown until the event of that admission is processed."""
        found = self.first({"partner_id": partner_id, "admission_number": admission_number}, scope=PLATFORM)
        if found is None:
            raise NotYetKnown(f"admission {admission_number} of partner {partner_id} has no engagement here yet")
        return found

    def refuse_a_second(self, partner_id: str, *, admission_number: int) -> None:
        """Raise Superseded when this admission has its engagement: the event came again."""
        if self.first({"partner_id": partner_id, "admission_number": admission_number}, scope=PLATFORM):
            raise Superseded(f"admission {admission_number} of partner {partner_id} has its engagement")

    def partners_seen_by(self, coach_id: str, *, since: date) -> list[str]:
        """Give the partners whose engagements somebody leads, or led until they were closed on a day or later."""
        led = {"lead_coach_id": coach_id, "closed_on": {"$not": {"$lt": since.isoformat()}}}
        return sorted(self.counts("partner_id", where=led, scope=PLATFORM))

    def led_by(self, coach_id: str) -> list[Engagement]:
        """Give the engagements that somebody leads and that are not closed."""
        return list(self.each({"lead_coach_id": coach_id, "state": {"$ne": EngagementState.CLOSED}}, scope=PLATFORM))


class Milestones(Repository[Milestone]):
    """Every milestone; each is its partner's."""

    collection = "milestones"
    backlog: ClassVar[Backlog] = Backlog(since="overdue_at")
    """Those whose day was waited for and is over."""
    aggregate = Milestone
    people_in = ("owner_id",)
    owner_field = "partner_id"
    external_ids_within = ("partner_id",)
    sorted_by = ("due_on",)
    searched_by = "title"
    indexes = (
        IndexModel("engagement_id"),
        IndexModel(["partner_id", "state"]),
        IndexModel("overdue_at"),
        IndexModel(["owner_id", "due_on"]),
        IndexModel("evidence_rule.measure_id", sparse=True),
        IndexModel("evidence_rule.initiative_id", sparse=True),
    )

    def open_of(self, engagement: Engagement) -> list[Milestone]:
        """Give the milestones of an engagement that are still to be reached."""
        return list(self.each({"engagement_id": engagement.id, "state": {"$in": sorted(OPEN)}}, scope=PLATFORM))

    def resting_on_measure(self, measure_id: str) -> list[Milestone]:
        """Give the milestones whose evidence rule is about a measure, those that are reached too."""
        return list(self.each({"evidence_rule.measure_id": measure_id}, scope=PLATFORM))

    def resting_on_initiative(self, initiative_id: str) -> list[Milestone]:
        """Give the milestones whose evidence rule is about an initiative, those that are reached too."""
        return list(self.each({"evidence_rule.initiative_id": initiative_id}, scope=PLATFORM))

    def dropped_with(self, engagement: Engagement) -> list[Milestone]:
        """Give the milestones that were dropped because their engagement was closed."""
        return list(self.each({"engagement_id": engagement.id, "dropped_with_engagement": True}, scope=PLATFORM))


class CoachingSessions(Repository[CoachingSession]):
    """Every coaching session; each is its partner's."""

    collection = "coaching_sessions"
    aggregate = CoachingSession
    people_in = ("coach_id",)
    owner_field = "partner_id"
    external_ids_within = ("partner_id",)
    sorted_by = ("held_at",)
    indexes = (IndexModel("engagement_id"), IndexModel(["partner_id", "state"]), IndexModel(["coach_id", "held_at"]))

    def scheduled_of(self, engagement: Engagement) -> list[CoachingSession]:
        """Give the sessions of an engagement that are still to be held."""
        return list(self.each({"engagement_id": engagement.id, "state": CoachingState.SCHEDULED}, scope=PLATFORM))

    def scheduled_with(self, coach_id: str, **where: str) -> list[CoachingSession]:
        """Give the sessions that a coach is still to hold, all or those of one `engagement_id`."""
        return list(self.each({**where, "coach_id": coach_id, "state": CoachingState.SCHEDULED}, scope=PLATFORM))


class People(Repository[Person]):
    """Every person known by events; each belongs to their partner."""

    collection = "people"
    aggregate = Person
    people_in = ("_id",)
    owner_field = "partner_id"

    def about(self, person_id: str, *, partner_id: str | None) -> Person:
        """Give what is known of a person, if only whose they are."""
        return self.first({"_id": person_id}, scope=PLATFORM) or Person(id=person_id, partner_id=partner_id)


class Camps(Repository[Camp]):
    """What is known of camps, which are everybody's."""

    collection = "camps"
    aggregate = Camp
    owner_field = None

    def about(self, camp_id: str) -> Camp:
        """Give what is known of a camp, if only that there is one."""
        return self.first({"_id": camp_id}, scope=PLATFORM) or Camp(id=camp_id)
