"""Partners nobody can write to: they keep their places and are passed over, and their time to answer does not run."""

from chassis.domain.scope import PLATFORM
from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import reaction
from services.camps.model.invitations.answer import Periods
from services.camps.model.invitations.invitation import Invitation
from services.camps.model.invitations.invitation_lifecycle import UNANSWERED, InvitationState
from services.camps.model.invitations.seat_ledger import PassedOver
from services.camps.repository.camp import Camps, EligiblePartners
from services.camps.repository.invitations import Invitations
from services.camps.schemas.camp import PartnerId
from services.camps.use_cases.partner import change_each_that_waits


@reaction("notifications.recipient.unreachable")
def pass_over_while_unreachable(uow: UnitOfWork, event: Envelope, periods: Periods, *, partner_id: PartnerId) -> None:
    """Offer no seats to a partner nobody can write to, and stop the time of what it has to answer.

    Raises NotYetKnown while camps has not heard that it was admitted, and Superseded.
    """
    _keep_reach(uow, partner_id, reachable=False, sequence=event.sequence)
    for invitation in Invitations(uow).each(_of(partner_id, *UNANSWERED), scope=PLATFORM):
        invitation.lose_readers()
        Invitations(uow).save(invitation)
    change_each_that_waits(uow, periods, partner_id, Invitation.pass_over, PassedOver.PARTNER_UNREACHABLE)


@reaction("notifications.recipient.reachable")
def call_again_when_reachable(uow: UnitOfWork, event: Envelope, periods: Periods, *, partner_id: PartnerId) -> None:
    """Offer seats again to a partner that can be written to again, and give it time for what it had to answer by now.

    Raises NotYetKnown while camps has not heard that it was admitted, and Superseded.
    """
    _keep_reach(uow, partner_id, reachable=True, sequence=event.sequence)
    for invitation in Invitations(uow).each(_of(partner_id, InvitationState.ISSUED), scope=PLATFORM):
        camp = Camps(uow).get(invitation.camp_id, scope=PLATFORM)
        if invitation.is_late(uow.now) and not invitation.has_readers and not camp.has_begun(uow.now):
            until = min(uow.now + periods.offer, camp.begins_at())
            invitation.ask_once_more(camp=camp, until=until)
            Invitations(uow).save(invitation)
    change_each_that_waits(uow, periods, partner_id, Invitation.call_again, PassedOver.PARTNER_UNREACHABLE)


def _keep_reach(uow: UnitOfWork, partner_id: str, *, reachable: bool, sequence: int) -> None:
    partner = EligiblePartners(uow).known(partner_id, scope=PLATFORM)
    partner.reach(reachable=reachable, sequence=sequence)
    EligiblePartners(uow).save(partner)


def _of(partner_id: str, *states: InvitationState) -> dict[str, object]:
    return {"partner_id": partner_id, "state": {"$in": list(states)}}
