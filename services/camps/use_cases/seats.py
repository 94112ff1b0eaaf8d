"""Seats that are given up go to those who wait."""

from functools import partial

from chassis.domain.scope import PLATFORM
from chassis.persistence.claims import Claimed, Claims
from chassis.persistence.unit_of_work import Store, UnitOfWork
from services.camps.model.answer import Periods
from services.camps.model.camp import Camp
from services.camps.model.invitation import Invitation
from services.camps.model.reply_link import ReplyLinks
from services.camps.model.seat_ledger import SeatLedger
from services.camps.repository import Camps, Invitations, SeatLedgers, whose_time_is_up


def offer_freed_seats(*, work: UnitOfWork, periods: Periods, links: ReplyLinks, camp_id: str) -> None:
    """Offer what is free to those who wait, in their order; once a camp has begun, to nobody."""
    camp = Camps(work).known(camp_id, scope=PLATFORM)
    ledger = SeatLedgers(work).get(camp_id, scope=PLATFORM)
    if offer(work, camp, ledger, periods, links):
        SeatLedgers(work).save(ledger)


def give_up_seats(*, store: Store, claims: Claims) -> None:
    """End what nobody took in time: the grace of each no, each offer, and what is unanswered when answers are over."""

    claims.process_ready(lambda: whose_time_is_up(store.clock()), partial(_give_up, store))


def offer(work: UnitOfWork, camp: Camp, ledger: SeatLedger, periods: Periods, links: ReplyLinks) -> list[str]:
    """Offer what is free, and give to whom."""
    offered = [] if camp.has_begun(work.now) else ledger.offer()
    until = min(work.now + periods.offer, camp.begins_at())
    for invitation_id in offered:
        invitation = Invitations(work).get(invitation_id, scope=PLATFORM)
        invitation.offer(camp=camp, until=until, link=links.to(invitation_id))
        Invitations(work).save(invitation)
    return offered


def save_what_happened(work: UnitOfWork, invitation: Invitation, ledger: SeatLedger) -> None:
    """Store both if anything did: the same answer twice is no event, and no new version."""
    if invitation.recorded:
        Invitations(work).save(invitation)
        SeatLedgers(work).save(ledger)


def _give_up(store: Store, claimed: Claimed) -> bool:
    store.transact(partial(_let_time_pass, claimed.id), cause=claimed.cause)
    return True


def _let_time_pass(invitation_id: str, work: UnitOfWork) -> None:
    invitation = Invitations(work).get(invitation_id, scope=PLATFORM)
    ledger = SeatLedgers(work).get(invitation.camp_id, scope=PLATFORM)
    invitation.time_passes(ledger=ledger, at=work.now)
    save_what_happened(work, invitation, ledger)
