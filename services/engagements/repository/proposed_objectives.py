"""Where it is kept what engagements might aim at first."""

from chassis.domain.scope import PLATFORM
from chassis.persistence.repository import Repository
from services.engagements.model.proposed_objectives import ProposedObjectives


class ProposedObjectivesOfPartners(Repository[ProposedObjectives]):
    """What is proposed to each partner's engagement, under the partner's id: there may be no engagement yet."""

    collection = "proposed_objectives"
    aggregate = ProposedObjectives
    owner_field = "partner_id"

    def about(self, partner_id: str) -> ProposedObjectives:
        """Give what is proposed for a partner, if only nothing."""
        found = self.first({"_id": partner_id}, scope=PLATFORM)
        return found or ProposedObjectives(id=partner_id, partner_id=partner_id)
