"""A change that a partner adopted after a test is something to share with the other partners."""

from chassis.domain.scope import PLATFORM
from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import reaction
from services.camps.events.invitation import Reason
from services.camps.model.programme.evidence import CYCLE, about
from services.camps.model.programme.session_content import SessionWithdrawal
from services.camps.repository.camp import Camps, EligiblePartners
from services.camps.repository.invitations import Invitations
from services.camps.repository.programme import Cycles
from services.camps.schemas.camp import PartnerId, Word
from services.camps.schemas.programme import CycleId, IdeaCode
from services.camps.use_cases.programme.session import lose_evidence, propose_session

ADOPT = "adopt"


@reaction("engagements.pdsa.acted")
def propose_what_was_adopted(
    uow: UnitOfWork, event: Envelope, *, partner_id: PartnerId, cycle_id: CycleId, idea: IdeaCode, decision: Word
) -> None:
    """Propose a session about a change that is adopted after a test, at the next camp that its partner is asked to.

    It is no reason to invite; nothing is proposed for what is entered as history, or while the partnership rests.
    Raises NotYetKnown while camps has not heard that the partner was admitted, and Superseded.
    """
    if decision != ADOPT:
        return
    partner = EligiblePartners(uow).known(partner_id, scope=PLATFORM)
    Cycles(uow).keep(cycle_id, partner_id, sequence=event.sequence)
    if uow.cause.entered_as_history or partner.departed or partner.paused:
        return
    EligiblePartners(uow).touch(partner)
    for camp in Camps(uow).inviting(at=uow.now):
        invitation = Invitations(uow).first({"camp_id": camp.id, "partner_id": partner_id}, scope=PLATFORM)
        if invitation and invitation.calls_for_sessions:
            propose_session(uow, invitation, Reason(kind=CYCLE, id=cycle_id, title=_in_words(idea)))
            return


@reaction("engagements.pdsa.acted", "engagements.pdsa.reconsidered")
def withdraw_what_was_adopted(
    uow: UnitOfWork, event: Envelope, *, partner_id: PartnerId, cycle_id: CycleId, decision: Word | None = None
) -> None:
    """Share a change no longer that is not adopted after all. Raises Superseded."""
    if decision == ADOPT:
        return
    Cycles(uow).keep(cycle_id, partner_id, sequence=event.sequence)
    lose_evidence(uow, about(CYCLE, cycle_id), because=SessionWithdrawal.RECONSIDERED)


def _in_words(idea: str) -> str:
    """Give the code of a change idea, such as insertion_checklist, as a title."""
    return f"Adopted after a test: {idea.replace('_', ' ')}"
