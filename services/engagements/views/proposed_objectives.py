"""What an engagement might aim at first."""

from dataclasses import dataclass

from chassis.domain.scope import EVERY_ORGANISATION, Scope
from chassis.persistence.unit_of_work import Reading
from chassis.schemas.operations import query
from services.engagements.model.proposed_objectives import ProposedObjective
from services.engagements.repository.engagement import Engagements
from services.engagements.repository.proposed_objectives import ProposedObjectivesOfPartners
from services.engagements.schemas.engagement import EngagementId


@dataclass(frozen=True, kw_only=True)
class ObjectivesProposed:
    """What an engagement might aim at first; nothing once it is closed."""

    engagement_id: str
    proposed_objectives: list[ProposedObjective]


@query(needs=EVERY_ORGANISATION)
def show_proposed_objectives(reading: Reading, scope: Scope, *, engagement_id: EngagementId) -> ObjectivesProposed:
    """Show what an engagement might aim at first: the gaps of its partner on which the institute agreed."""
    engagement = Engagements(reading).get(engagement_id, scope=scope)
    proposed = ProposedObjectivesOfPartners(reading).about(engagement.partner_id)
    objectives = [] if engagement.is_closed else proposed.objectives
    return ObjectivesProposed(engagement_id=engagement_id, proposed_objectives=objectives)


QUERIES = (show_proposed_objectives,)
