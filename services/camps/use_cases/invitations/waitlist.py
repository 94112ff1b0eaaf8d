"""Who waits: staff offers fewer seats to who is next, and who has left may join again."""

from chassis.domain.scope import EVERY_ORGANISATION, PLATFORM, Scope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import command
from services.camps.model.camp import Camp
from services.camps.model.invitations.answer import Answer, Periods
from services.camps.model.invitations.invitation import Invitation
from services.camps.model.invitations.seat_ledger import SeatLedger
from services.camps.repository.camp import Camps, EligiblePartners
from services.camps.repository.invitations import Invitations, SeatLedgers
from services.camps.schemas.camp import ExpectedVersion, InvitationId
from services.camps.schemas.invitations import FewerSeats
from services.camps.use_cases.invitations.seats import offered_until, save_what_happened


@command(needs=EVERY_ORGANISATION)
def offer_fewer_seats(
    uow: UnitOfWork,
    scope: Scope,
    periods: Periods,
    *,
    invitation_id: InvitationId,
    version: ExpectedVersion,
    seats: FewerSeats,
) -> Invitation:
    """Offer the next partner on a waitlist fewer seats than it waits for, of those that are free."""
    invitation = Invitations(uow).get(invitation_id, scope=scope, version=version)
    camp = Camps(uow).get(invitation.camp_id, scope=PLATFORM)
    camp.refuse_unless_inviting(uow.now)
    ledger = SeatLedgers(uow).get(camp.id, scope=PLATFORM)
    invitation.offer_fewer(seats=seats, camp=camp, ledger=ledger, until=offered_until(uow, camp, periods))
    save_what_happened(uow, invitation, ledger)
    return invitation


def rejoin(
    uow: UnitOfWork, periods: Periods, camp: Camp, invitation: Invitation, *, ledger: SeatLedger, answer: Answer
) -> None:
    """Let who has left wait again, or ask at once, while they may be invited."""
    camp.refuse_unless_inviting(uow.now)
    if invitation.partner_id:
        partner = EligiblePartners(uow).get(invitation.partner_id, scope=PLATFORM)
        partner.refuse_unless_invitable()
        EligiblePartners(uow).touch(partner)
        invitation.admission_number = partner.admission_number
    until = camp.own_time_to_answer(at=uow.now, offer=periods.offer)
    invitation.rejoin(camp=camp, ledger=ledger, offer_until=until, answer=answer)
