"""What is agreed to be missing of a partner is proposed to its engagement as what to aim at first."""

from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import reaction
from services.engagements.repository.proposed_objectives import ProposedObjectivesOfPartners
from services.engagements.schemas.engagement import AssessmentIds, Gaps, PartnerId


@reaction("partners.fit.agreed", "partners.fit.reconsidered")
def keep_gaps_as_objectives(
    uow: UnitOfWork, event: Envelope, *, partner_id: PartnerId, gaps: Gaps, assessment_ids: AssessmentIds
) -> None:
    """Propose to close the gaps that are agreed on, in place of those before; also before there is an engagement.

    Raises Superseded when a later event said which they are.
    """
    proposed = ProposedObjectivesOfPartners(uow).about(partner_id)
    proposed.propose(gaps, assessment_ids=assessment_ids, sequence=event.sequence)
    ProposedObjectivesOfPartners(uow).save(proposed)


REACTIONS = (keep_gaps_as_objectives,)
