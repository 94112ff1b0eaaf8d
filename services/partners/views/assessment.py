"""What one can see of assessments: read only."""

from dataclasses import replace

from chassis.domain.errors import NotFound
from chassis.domain.scope import EVERY_ORGANISATION, Scope
from chassis.persistence.queries import list_page
from chassis.persistence.unit_of_work import Reading
from chassis.schemas.messages import Page, Paging
from chassis.schemas.operations import query
from services.partners.model.assessment import Assessment
from services.partners.model.fit import Fit
from services.partners.repository.assessment import Assessments
from services.partners.repository.fit import Fits
from services.partners.repository.partner import Partners
from services.partners.schemas.identity import AssessmentId, PartnerId


@query(needs=EVERY_ORGANISATION)
def show_assessment(
    reading: Reading, scope: Scope, *, partner_id: PartnerId, assessment_id: AssessmentId
) -> Assessment:
    """Show an assessment of a partner; while nobody else has assessed it in that round, its judgements are sealed."""
    found = Assessments(reading).first({"_id": assessment_id, "partner_id": partner_id}, scope=scope)
    if found is None:
        raise NotFound(f"there is no assessment {assessment_id!r} of partner {partner_id!r}")
    return _as_seen_by(scope, found, Fits(reading).of_partner(partner_id))


@query(needs=EVERY_ORGANISATION)
def list_assessments(reading: Reading, scope: Scope, *, paging: Paging, partner_id: PartnerId) -> Page[Assessment]:
    """List a partner's assessments, the oldest first."""
    Partners(reading).get(partner_id, scope=scope)
    page = list_page(Assessments(reading), paging, scope=scope, partner_id=partner_id)
    fit = Fits(reading).of_partner(partner_id)
    return replace(page, items=[_as_seen_by(scope, each, fit) for each in page.items])


def _as_seen_by(scope: Scope, assessment: Assessment, fit: Fit | None) -> Assessment:
    """Give an assessment as the caller may see it: who may still assess the partner is not to be swayed."""
    if fit is None or not fit.hides(assessment, scope.subject):
        return assessment
    return replace(assessment, judgements=[], is_sealed=True)


QUERIES = (show_assessment, list_assessments)
