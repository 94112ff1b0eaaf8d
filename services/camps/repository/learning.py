"""Where what was learned and promised at camps is kept."""

from collections.abc import Iterator
from typing import ClassVar

from pymongo import IndexModel

from chassis.domain.errors import UnknownReference
from chassis.domain.scope import PLATFORM
from chassis.persistence.repository import Backlog, Repository
from services.camps.model.learning.commitment import Commitment
from services.camps.model.learning.commitment_lifecycle import OPEN
from services.camps.model.learning.experience import Experience, HeardCycle
from services.camps.model.learning.experience_lifecycle import ExperienceState
from services.camps.model.learning.initiative import KnownInitiative


class KnownInitiatives(Repository[KnownInitiative]):
    """Every initiative known by events; each is its partner's."""

    collection = "known_initiatives"
    aggregate = KnownInitiative
    owner_field = "partner_id"


class Commitments(Repository[Commitment]):
    """Every commitment; each is its partner's."""

    collection = "commitments"
    aggregate = Commitment
    owner_field = "partner_id"
    sorted_by = ("due_on",)
    backlog: ClassVar[Backlog] = Backlog(since="overdue_at")
    """Those whose day is over."""
    indexes = (IndexModel(["camp_id", "_id"]), IndexModel("overdue_at"), IndexModel(["partner_id", "state"]))

    def open_of(self, partner_id: str) -> list[Commitment]:
        """Give the commitments of a partner for which a report is waited."""
        return list(self.each({"partner_id": partner_id, "state": {"$in": sorted(OPEN)}}, scope=PLATFORM))

    def that_wait_of(self, camp_id: str) -> Iterator[Commitment]:
        """Iterate over those made at a camp whose day is waited for."""
        return self.each({"camp_id": camp_id, "overdue_at": {"$ne": None}}, scope=PLATFORM)


MOST_ORIGINS = 20
"""How far back the experiences are followed that one builds on."""


class HeardCycles(Repository[HeardCycle]):
    """Every PDSA cycle whose decision was heard; each is its partner's."""

    collection = "heard_cycles"
    aggregate = HeardCycle
    owner_field = "partner_id"


class Experiences(Repository[Experience]):
    """Every experience; each is its partner's, and once it is shared others see it in another way."""

    collection = "experiences"
    aggregate = Experience
    owner_field = "partner_id"
    searched_by = "title"
    indexes = (
        IndexModel("cycle_id", unique=True, partialFilterExpression={"cycle_id": {"$gt": ""}}),
        IndexModel(["state", "camp_id"]),
    )

    def of_cycle(self, cycle_id: str) -> Experience | None:
        """Give the experience that was made of a PDSA cycle, if there is one."""
        return self.first({"cycle_id": cycle_id}, scope=PLATFORM)

    def shared(self, experience_id: str, *, by: str) -> Experience:
        """Give a shared experience that a command names in a field; raises UnknownReference, at that field."""
        found = self.first({"_id": experience_id, "state": ExperienceState.SHARED}, scope=PLATFORM)
        if found is None:
            detail = f"The id of an experience that is shared is expected; got '{experience_id}'"
            raise UnknownReference.at(f"/{by}", "unknown", detail)
        return found

    def origins_of(self, experience: Experience) -> list[Experience]:
        """Give the experiences that one builds on, the nearest first; a later one never builds on itself."""
        origins: list[Experience] = []
        before = experience.based_on_id
        while before and len(origins) < MOST_ORIGINS and before not in {each.id for each in origins}:
            found = self.first({"_id": before}, scope=PLATFORM)
            origins += [found] if found else []
            before = found.based_on_id if found else None
        return origins
