"""A change of those who lead a partner puts the will in question, and a person confirms it."""

from datetime import date

from chassis.domain.scope import Scope
from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import command, reaction
from services.engagements.model.engagement import Engagement
from services.engagements.model.will import WillInQuestion
from services.engagements.repository.engagement import Engagements
from services.engagements.schemas.engagement import EngagementId, ExpectedVersion, PartnerId, PersonId, Reason
from services.engagements.use_cases.statement import statement_of


@reaction("partners.leadership.changed")
def question_the_will(
    uow: UnitOfWork,
    event: Envelope,
    *,
    partner_id: PartnerId,
    change: str,
    person_id: PersonId,
    changed_on: date,
    admission_number: int = 1,
) -> None:
    """Ask for the will to be confirmed for what both sides agreed on, once until it is.

    Raises NotYetKnown while the engagement is not known, and Superseded when a later change was heard.
    """
    engagement = Engagements(uow).of_partner(partner_id, admission_number=admission_number)
    engagement.hear_of_leaders(sequence=event.sequence)
    if engagement.agreement and not engagement.is_closed:
        engagement.question_the_will(WillInQuestion(change=change, person_id=person_id, since=changed_on))
    Engagements(uow).save(engagement)


@command
def confirm_will(
    uow: UnitOfWork, scope: Scope, *, engagement_id: EngagementId, version: ExpectedVersion, reason: Reason
) -> Engagement:
    """Record, with how that is known, that those who lead the partner have the will to go on."""
    engagement = Engagements(uow).get(engagement_id, scope=scope, version=version)
    engagement.confirm_will(statement_of(uow, scope, reason))
    return Engagements(uow).save(engagement)


COMMANDS = (confirm_will,)
REACTIONS = (question_the_will,)
