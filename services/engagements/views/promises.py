"""What one can see of the tests that partners promised at camps."""

from chassis.domain.scope import Scope
from chassis.persistence.queries import list_page
from chassis.persistence.unit_of_work import Reading
from chassis.schemas.messages import Page, Paging
from chassis.schemas.operations import query
from services.engagements.model.improvement.promised_test import PromisedTest, PromiseState
from services.engagements.repository.improvement import PromisedTests
from services.engagements.schemas.engagement import CampId, EngagementId, PartnerId
from services.engagements.schemas.improvement import CommitmentId


@query
def show_promised_test(reading: Reading, scope: Scope, *, commitment_id: CommitmentId) -> PromisedTest:
    """Show in which PDSA cycle a commitment is tested, or what it waits for."""
    return PromisedTests(reading).get(commitment_id, scope=scope)


@query
def list_promised_tests(
    reading: Reading,
    scope: Scope,
    *,
    paging: Paging,
    camp_id: CampId | None = None,
    partner_id: PartnerId | None = None,
    engagement_id: EngagementId | None = None,
    state: PromiseState | None = None,
) -> Page[PromisedTest]:
    """List promised tests: at one camp, of one partner or engagement, or in one state."""
    wanted = {"camp_id": camp_id, "partner_id": partner_id, "engagement_id": engagement_id, "state": state}
    return list_page(PromisedTests(reading), paging, scope=scope, **wanted)
