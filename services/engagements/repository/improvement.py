"""Where initiatives and PDSA cycles are kept."""

from typing import ClassVar

from pymongo import IndexModel

from chassis.domain.scope import PLATFORM
from chassis.persistence.repository import Backlog, Repository
from services.engagements.model.engagement import Engagement
from services.engagements.model.improvement import initiative_lifecycle, pdsa_lifecycle
from services.engagements.model.improvement.charter import ROLES
from services.engagements.model.improvement.driver_diagram import TriedIdeas
from services.engagements.model.improvement.initiative import Initiative
from services.engagements.model.improvement.pdsa_cycle import WITH_ENGAGEMENT, WITH_INITIATIVE, PdsaCycle
from services.engagements.model.improvement.pdsa_lifecycle import PdsaState
from services.engagements.model.improvement.promised_test import PromisedTest, PromiseState
from services.engagements.model.improvement.worksheet import Decision


class Initiatives(Repository[Initiative]):
    """Every initiative; each is its partner's."""

    collection = "initiatives"
    aggregate = Initiative
    owner_field = "partner_id"
    external_ids_within = ("partner_id",)
    searched_by = "title"
    backlog: ClassVar[Backlog] = Backlog(since="stalls_at")
    """Those that have stood still for too long."""
    indexes = (
        IndexModel("engagement_id"),
        IndexModel(["partner_id", "state"]),
        IndexModel("stalls_at"),
        IndexModel("focus_areas"),
        IndexModel("diagram.ideas.source_id", sparse=True),
        *(IndexModel(role, sparse=True) for role in ROLES),
    )

    def open_of(self, engagement: Engagement) -> list[Initiative]:
        """Give the initiatives of an engagement that are not closed."""
        open = {"$in": sorted(initiative_lifecycle.OPEN)}
        return list(self.each({"engagement_id": engagement.id, "state": open}, scope=PLATFORM))

    def active_of(self, engagement: Engagement) -> list[Initiative]:
        """Give the initiatives of an engagement that are under way."""
        active = initiative_lifecycle.InitiativeState.ACTIVE
        return list(self.each({"engagement_id": engagement.id, "state": active}, scope=PLATFORM))

    def closed_with(self, engagement: Engagement) -> list[Initiative]:
        """Give the initiatives that were closed because their engagement was."""
        return list(self.each({"engagement_id": engagement.id, "closed_with_engagement": True}, scope=PLATFORM))

    def that_took_up(self, lesson_id: str) -> list[Initiative]:
        """Give the initiatives that are not closed and have a change idea from a lesson of another industry."""
        open = {"$in": sorted(initiative_lifecycle.OPEN)}
        return list(self.each({"diagram.ideas.source_id": lesson_id, "state": open}, scope=PLATFORM))

    def open_with(self, person_id: str) -> list[Initiative]:
        """Give the initiatives that are not closed and in which somebody has a role."""
        open = {"$in": sorted(initiative_lifecycle.OPEN)}
        return list(self.each({"$or": [{role: person_id} for role in ROLES], "state": open}, scope=PLATFORM))


class PdsaCycles(Repository[PdsaCycle]):
    """Every PDSA cycle; each is its partner's."""

    collection = "pdsa_cycles"
    aggregate = PdsaCycle
    owner_field = "partner_id"
    external_ids_within = ("partner_id",)
    indexes = (
        IndexModel(["initiative_id", "_id"]),
        IndexModel(["engagement_id", "state"]),
        IndexModel(["ramp_id", "number"]),
        IndexModel("previous_id"),
    )

    def of_initiative(self, initiative_id: str) -> list[PdsaCycle]:
        """Give the cycles of an initiative, cancelled ones too."""
        return list(self.each({"initiative_id": initiative_id}, scope=PLATFORM))

    def open_of_initiative(self, initiative_id: str) -> list[PdsaCycle]:
        """Give the cycles of an initiative that are not over."""
        open = {"$in": sorted(pdsa_lifecycle.OPEN)}
        return list(self.each({"initiative_id": initiative_id, "state": open}, scope=PLATFORM))

    def open_of(self, engagement: Engagement) -> list[PdsaCycle]:
        """Give the cycles of an engagement that are not over."""
        open = {"$in": sorted(pdsa_lifecycle.OPEN)}
        return list(self.each({"engagement_id": engagement.id, "state": open}, scope=PLATFORM))

    def cancelled_with_initiative(self, initiative_id: str) -> list[PdsaCycle]:
        """Give the cycles that were cancelled because their initiative was closed by itself."""
        wanted = {"initiative_id": initiative_id, "cancelled_with": WITH_INITIATIVE}
        return list(self.each(wanted, scope=PLATFORM))

    def cancelled_with_engagement(self, engagement: Engagement) -> list[PdsaCycle]:
        """Give the cycles that were cancelled because their engagement was closed."""
        wanted = {"engagement_id": engagement.id, "cancelled_with": WITH_ENGAGEMENT}
        return list(self.each(wanted, scope=PLATFORM))

    def following(self, cycle: PdsaCycle) -> list[str]:
        """Give the ids of the cycles of its ramp that follow it and are not cancelled."""
        wanted = {"previous_id": cycle.id, "state": {"$ne": PdsaState.CANCELLED}}
        return [each.id for each in self.each(wanted, scope=PLATFORM)]

    def tried_ideas(self, initiative_id: str) -> TriedIdeas:
        """Give which ideas of an initiative are tested, and which were adopted."""
        cycles = self.of_initiative(initiative_id)
        adopted = {each.idea for each in cycles if each.decision is Decision.ADOPT}
        return TriedIdeas(ideas={each.idea for each in cycles}, adopted=adopted)


class PromisedTests(Repository[PromisedTest]):
    """Every test that a partner promised at a camp, under the id of its commitment; each is its partner's."""

    collection = "promised_tests"
    aggregate = PromisedTest
    owner_field = "partner_id"
    indexes = (IndexModel(["engagement_id", "state"]),)

    def waiting_in(self, engagement: Engagement) -> list[PromisedTest]:
        """Give those that wait for an initiative of an engagement."""
        return list(self.each({"engagement_id": engagement.id, "state": PromiseState.WAITING}, scope=PLATFORM))
