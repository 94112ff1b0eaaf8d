"""What one can see of camps."""

from chassis.domain.scope import Scope
from chassis.persistence.queries import list_page
from chassis.persistence.unit_of_work import Reading
from chassis.schemas.messages import Page, Paging
from chassis.schemas.operations import query
from services.camps.model.camp import Camp
from services.camps.model.camp_days import Season
from services.camps.model.camp_lifecycle import CampState
from services.camps.repository.camp import Camps
from services.camps.schemas.camp import CampId, Query, Year


@query
def show_camp(reading: Reading, scope: Scope, *, camp_id: CampId) -> Camp:
    """Show a camp."""
    return Camps(reading).get(camp_id, scope=scope)


@query
def list_camps(
    reading: Reading,
    scope: Scope,
    *,
    paging: Paging,
    season: Season | None = None,
    year: Year | None = None,
    state: CampState | None = None,
    q: Query | None = None,
) -> Page[Camp]:
    """List camps: of one season or year, in one state, or by title."""
    return list_page(Camps(reading), paging, scope=scope, q=q, season=season, year=year, state=state)
