"""Seats that are given up go to those who wait."""

from datetime import datetime
from functools import partial

from chassis.domain.causation import Cause
from chassis.domain.scope import PLATFORM
from chassis.persistence.claims import Claimed, Claims
from chassis.persistence.unit_of_work import Store, UnitOfWork
from chassis.schemas.operations import reaction
from services.camps.model.camp import Camp
from services.camps.model.camp_lifecycle import CampState
from services.camps.model.invitations.answer import Periods
from services.camps.model.invitations.invitation import Invitation
from services.camps.model.invitations.invitation_lifecycle import InvitationState
from services.camps.model.invitations.seat_ledger import SeatLedger
from services.camps.repository.camp import Camps, EligiblePartners
from services.camps.repository.invitations import Invitations, SeatLedgers, whose_time_is_up
from services.camps.schemas.camp import CampId
from services.camps.use_cases.delegations.following import follow_invitation


@reaction("camps.seats.freed", "camps.waitlist.left", "camps.waitlist.reduced")
def offer_freed_seats(uow: UnitOfWork, periods: Periods, *, camp_id: CampId) -> None:
    """Offer what is free to those who wait, in their order; to nobody once the camp is frozen, over or cancelled.

    What was too few for one that waits no longer, or for fewer, may be enough now.
    """
    camp = Camps(uow).known(camp_id, scope=PLATFORM)
    ledger = SeatLedgers(uow).get(camp_id, scope=PLATFORM)
    if offer(uow, camp, ledger, periods):
        SeatLedgers(uow).save(ledger)


def give_up_seats(*, store: Store, claims: Claims) -> None:
    """End what nobody took in time: the grace of each no, each offer, and what is unanswered when answers are over."""

    claims.process_ready(lambda: whose_time_is_up(store.clock()), partial(_give_up, store))


def offer(uow: UnitOfWork, camp: Camp, ledger: SeatLedger, periods: Periods) -> list[str]:
    """Offer what is free, and give to whom."""
    offered = ledger.offer() if camp.gives_seats(uow.now) else []
    until = offered_until(uow, camp, periods)
    for invitation_id in offered:
        invitation = Invitations(uow).get(invitation_id, scope=PLATFORM)
        invitation.offer(camp=camp, until=until)
        Invitations(uow).save(invitation)
    return offered


def close_waitlists(*, store: Store) -> None:
    """Let the seats that stayed free beside who waited be no matter for staff any more once none is offered."""
    reading = store.reading(cause=Cause(correlation_id="close_waitlists"))
    for ledger in SeatLedgers(reading).each({"stuck_since": {"$ne": None}}, scope=PLATFORM):
        if not Camps(reading).get(ledger.id, scope=PLATFORM).gives_seats(reading.now):
            store.transact(partial(_close_waitlist, ledger.id), cause=reading.cause)


def _close_waitlist(camp_id: str, uow: UnitOfWork) -> None:
    camp, ledger = Camps(uow).get(camp_id, scope=PLATFORM), SeatLedgers(uow).get(camp_id, scope=PLATFORM)
    if camp.state is CampState.POSTPONED:  # seats are offered again once its days are known
        ledger.is_over = True
        SeatLedgers(uow).save(ledger)
    else:
        close_offers(uow, camp)


def close_offers(uow: UnitOfWork, camp: Camp) -> None:
    """Offer nothing any more, now that who comes is settled, and tell whoever waits, or had not taken their offer.

    Whoever offers seats at the same moment starts again, and finds that none is offered (write skew).
    """
    ledger = SeatLedgers(uow).get(camp.id, scope=PLATFORM)
    if not ledger.is_over:
        ledger.is_over = True
        for invitation in Invitations(uow).that_hope_for_seats_of(camp.id):
            invitation.close(camp=camp, ledger=ledger, at=uow.now)
            _save_where_it_waits(uow, invitation, ledger)
    SeatLedgers(uow).save(ledger)


def reopen_offers(uow: UnitOfWork, camp: Camp, periods: Periods) -> None:
    """Offer what is free to those who wait, and tell the others that they wait in earnest again."""
    ledger = SeatLedgers(uow).get(camp.id, scope=PLATFORM)
    ledger.is_over = False
    offer(uow, camp, ledger, periods)
    for invitation in Invitations(uow).that_hope_for_seats_of(camp.id):
        invitation.wait_again(camp=camp, ledger=ledger)
        _save_where_it_waits(uow, invitation, ledger)
    SeatLedgers(uow).save(ledger)


def _save_where_it_waits(uow: UnitOfWork, invitation: Invitation, ledger: SeatLedger) -> None:
    if invitation.recorded:
        pass_over_if_it_must_be(uow, invitation, ledger)
        Invitations(uow).save(invitation)


def offered_until(uow: UnitOfWork, camp: Camp, periods: Periods) -> datetime:
    """Give until when seats that are offered now are held."""
    return camp.offered_until(at=uow.now, offer=periods.offer)


def pass_over_if_it_must_be(uow: UnitOfWork, invitation: Invitation, ledger: SeatLedger) -> None:
    """Let an invitation that waits be passed over while its partner is paused, or nobody of it can be written to."""
    if invitation.partner_id and invitation.state is InvitationState.WAITLISTED:
        partner = EligiblePartners(uow).get(invitation.partner_id, scope=PLATFORM)
        EligiblePartners(uow).touch(partner)
        for because in partner.passed_over_because:
            invitation.pass_over(because, ledger=ledger)


def save_what_happened(uow: UnitOfWork, invitation: Invitation, ledger: SeatLedger) -> None:
    """Store both if anything did, with who comes by that: the same answer twice is no event, and no new version."""
    if invitation.recorded:
        follow_invitation(uow, invitation)
        Invitations(uow).save(invitation)
        SeatLedgers(uow).save(ledger)


def _give_up(store: Store, claimed: Claimed) -> bool:
    store.transact(partial(_expire_if_due, claimed.id), cause=claimed.cause)
    return True


def _expire_if_due(invitation_id: str, uow: UnitOfWork) -> None:
    invitation = Invitations(uow).get(invitation_id, scope=PLATFORM)
    ledger = SeatLedgers(uow).get(invitation.camp_id, scope=PLATFORM)
    camp = Camps(uow).get(invitation.camp_id, scope=PLATFORM)
    invitation.expire_if_due(camp=camp, ledger=ledger, at=uow.now)
    pass_over_if_it_must_be(uow, invitation, ledger)
    save_what_happened(uow, invitation, ledger)
