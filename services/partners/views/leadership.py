"""What one can see of those who lead a partner: read only."""

from chassis.domain.scope import Scope
from chassis.persistence.unit_of_work import Reading
from chassis.schemas.operations import query
from services.partners.model.leadership import LeadershipTeam
from services.partners.repository.leadership import team_of
from services.partners.repository.partner import Partners
from services.partners.schemas.identity import PartnerId


@query
def show_leadership(reading: Reading, scope: Scope, *, partner_id: PartnerId) -> LeadershipTeam:
    """Show who leads a partner and who did, from when to when, and who is its sponsor."""
    return team_of(reading, Partners(reading).get(partner_id, scope=scope).id)


QUERIES = (show_leadership,)
