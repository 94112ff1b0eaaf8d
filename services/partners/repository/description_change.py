"""Where is kept what was said of partners over time."""

from chassis.domain.scope import PLATFORM
from chassis.persistence.repository import Repository
from services.partners.model.organisation.description_change import DescriptionChange


class DescriptionChanges(Repository[DescriptionChange]):
    """Every change of what is described of a partner; each is of one member, and nothing of it is forgotten."""

    collection = "description_changes"
    aggregate = DescriptionChange
    owner_field = "partner_id"

    def of_partner(self, partner_id: str) -> list[DescriptionChange]:
        """Give all changes of a partner in the order in which they were recorded."""
        return list(self.each({"partner_id": partner_id}, scope=PLATFORM))
