"""A partner is assessed by the institute's criteria."""

from chassis.domain.scope import EVERY_ORGANISATION, Scope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import command
from services.partners.model.assessment import Assessment
from services.partners.reference import CRITERIA
from services.partners.repository import Assessments, Partners
from services.partners.schemas import Judgements, PartnerId


@command(needs=EVERY_ORGANISATION)
def assess_partner(uow: UnitOfWork, scope: Scope, *, partner_id: PartnerId, judgements: Judgements) -> Assessment:
    """Assess a partner today by the criteria in force, each characteristic once."""
    partner = Partners(uow).get(partner_id, scope=scope)
    assessment = Assessment.make(
        id=uow.new_id("asm"),
        partner_id=partner_id,
        criteria=CRITERIA,
        judgements=judgements,
        assessor=scope.subject,
        on=partner.today(uow.now),
    )
    partner.note_assessment(assessment)
    Partners(uow).save(partner)
    return Assessments(uow).save(assessment)
