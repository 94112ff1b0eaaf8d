"""Where editions of harvests are kept, and how far each was told."""

from pymongo import IndexModel

from chassis.domain.scope import PLATFORM
from chassis.persistence.pagination import Order
from chassis.persistence.repository import Backlog, Repository
from chassis.persistence.unit_of_work import Reading
from services.camps.model.learning.commitment_lifecycle import CommitmentState
from services.camps.model.learning.experience_lifecycle import ExperienceState
from services.camps.model.learning.harvest import Gathered, HarvestMailing
from services.camps.model.learning.industry_lesson import LessonState
from services.camps.repository.industry_lessons import IndustryLessons
from services.camps.repository.learning import Commitments, Experiences


class HarvestMailings(Repository[HarvestMailing]):
    """Every edition of a harvest, and how far it was told, for us alone."""

    collection = "harvest_mailings"
    aggregate = HarvestMailing
    owner_field = None
    backlog = Backlog(where={"is_done": False}, since="updated_at")
    indexes = (IndexModel(["camp_id", "edition"], unique=True), IndexModel("is_done"))

    def last_of(self, camp_id: str) -> HarvestMailing | None:
        """Give the last edition of a camp's harvest, if there is one."""
        found = self.page({"camp_id": camp_id}, scope=PLATFORM, limit=1, order=Order("edition", -1))
        return found[0] if found else None


def gathered_at(seen_by: Reading, camp_id: str) -> Gathered:
    """Give what is shared at a camp, was taught there, and was promised and counts."""
    shared = Experiences(seen_by).each({"camp_id": camp_id, "state": ExperienceState.SHARED}, scope=PLATFORM)
    taught = IndustryLessons(seen_by).each({"camp_id": camp_id, "state": LessonState.CAPTURED}, scope=PLATFORM)
    counting = {"camp_id": camp_id, "state": {"$ne": CommitmentState.RELEASED}}
    promised = Commitments(seen_by).each(counting, scope=PLATFORM)
    return Gathered.of(list(shared), list(taught), list(promised))
