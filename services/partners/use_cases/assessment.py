"""A partner is assessed by the institute's criteria."""

from chassis.domain.errors import NotFound
from chassis.domain.scope import EVERY_ORGANISATION, PLATFORM, Scope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import command
from services.partners.model.assessment import Assessment
from services.partners.reference import CRITERIA, CRITERIA_OF
from services.partners.repository.assessment import Assessments
from services.partners.repository.fit import Fits
from services.partners.repository.partner import Partners
from services.partners.schemas.assessment import Judgements
from services.partners.schemas.identity import AssessmentId, ExpectedVersion, PartnerId
from services.partners.schemas.partner import Reason
from services.partners.use_cases.fit import fit_of


@command(needs=EVERY_ORGANISATION)
def assess_partner(uow: UnitOfWork, scope: Scope, *, partner_id: PartnerId, judgements: Judgements) -> Assessment:
    """Assess a partner today, each characteristic once: by the criteria of the round that is open, else those in force.

    It stands beside the assessments of others in that round, in place of the assessor's own earlier one, or begins the
    next round.
    """
    partner = Partners(uow).get(partner_id, scope=scope)
    fit = fit_of(uow, partner)
    fit.follow(partner)
    criteria = CRITERIA_OF[fit.open_round.criteria_version] if fit.open_round else CRITERIA
    assessment = Assessment.make(
        id=uow.new_id("asm"),
        partner_id=partner_id,
        criteria=criteria,
        judgements=judgements,
        assessor=scope.subject,
        on=partner.today(uow.now),
    )
    _replace(uow, fit.add(assessment, criteria), by=assessment)
    partner.note_assessment(assessment)
    Partners(uow).save(partner)
    Fits(uow).save(fit)
    return Assessments(uow).save(assessment)


@command(needs=EVERY_ORGANISATION)
def withdraw_assessment(
    uow: UnitOfWork,
    scope: Scope,
    *,
    partner_id: PartnerId,
    assessment_id: AssessmentId,
    version: ExpectedVersion,
    reason: Reason,
) -> Assessment:
    """Withdraw, with a reason, an assessment of the round that is open; it stays on record, and counts no more."""
    partner = Partners(uow).get(partner_id, scope=scope)
    assessment = Assessments(uow).get(assessment_id, scope=scope, version=version)
    if assessment.partner_id != partner_id:
        raise NotFound(f"there is no assessment {assessment_id!r} of partner {partner_id!r}")
    fit = fit_of(uow, partner)
    fit.take_out(assessment, reason=reason)
    Fits(uow).save(fit)
    return Assessments(uow).save(assessment)


def _replace(uow: UnitOfWork, earlier_id: str | None, *, by: Assessment) -> None:
    if earlier_id is not None:
        earlier = Assessments(uow).get(earlier_id, scope=PLATFORM)
        earlier.replaced_by_id = by.id
        Assessments(uow).save(earlier)


COMMANDS = (assess_partner, withdraw_assessment)
