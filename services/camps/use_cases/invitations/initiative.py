"""An initiative that faculty scores high is a result to share with the other partners."""

from decimal import Decimal

from chassis.domain.scope import PLATFORM
from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import reaction
from services.camps.events.invitation import Reason
from services.camps.model.eligible_partner import EligiblePartner
from services.camps.model.invitations.answer import Periods
from services.camps.model.programme.evidence import INITIATIVE, about
from services.camps.model.programme.session_content import SessionWithdrawal
from services.camps.repository.camp import EligiblePartners
from services.camps.repository.programme import Initiatives
from services.camps.schemas.camp import InitiativeId, PartnerId, Title
from services.camps.schemas.invitations import Score
from services.camps.use_cases.invitations.invitation import take_reason
from services.camps.use_cases.invitations.withdrawal import lose_reason

WORTH_SHARING = Decimal("4.0")
"""Significant improvement (Assessment Scale for Collaboratives, IHI)."""


@reaction("engagements.initiative.scored")
def invite_to_present(
    uow: UnitOfWork,
    event: Envelope,
    periods: Periods,
    *,
    partner_id: PartnerId,
    initiative_id: InitiativeId,
    title: Title,
    faculty_score: Score | None = None,
    admission_number: int = 1,
) -> None:
    """Take an initiative that faculty scores 4.0 or more as a reason to invite its partner, as a milestone reached.

    Raises NotYetKnown while camps has not heard of the admission in which it was scored, and Superseded.
    """
    if _is_worth_sharing(faculty_score):
        partner = _kept(uow, event, partner_id, initiative_id, admission_number)
        take_reason(uow, periods, partner, Reason(kind=INITIATIVE, id=initiative_id, title=title))


@reaction("engagements.initiative.scored")
def withdraw_presentation(
    uow: UnitOfWork,
    event: Envelope,
    periods: Periods,
    *,
    partner_id: PartnerId,
    initiative_id: InitiativeId,
    faculty_score: Score | None = None,
    admission_number: int = 1,
) -> None:
    """Take an initiative that faculty does not score 4.0 or more for no reason any more; raises as in inviting."""
    if not _is_worth_sharing(faculty_score):
        _kept(uow, event, partner_id, initiative_id, admission_number)
        lose_reason(uow, periods, partner_id, about(INITIATIVE, initiative_id), because=SessionWithdrawal.SCORE)


def _is_worth_sharing(faculty_score: str | None) -> bool:
    return faculty_score is not None and Decimal(faculty_score) >= WORTH_SHARING


def _kept(
    uow: UnitOfWork, event: Envelope, partner_id: str, initiative_id: str, admission_number: int
) -> EligiblePartner:
    """Keep which score of an initiative was heard last, and give its partner."""
    partner = EligiblePartners(uow).known(partner_id, scope=PLATFORM)
    partner.refuse_unless_in(admission_number)
    EligiblePartners(uow).touch(partner)
    Initiatives(uow).keep(initiative_id, partner_id, sequence=event.sequence)
    return partner
