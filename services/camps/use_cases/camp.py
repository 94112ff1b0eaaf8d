"""Camps are announced, begin to invite, are changed, and are cancelled."""

from typing import Unpack

from chassis.domain.scope import EVERY_ORGANISATION, PLATFORM, Scope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import command
from services.camps.events import camp as events
from services.camps.model.answer import Periods
from services.camps.model.answerable import Withdrawal, WithdrawalKind
from services.camps.model.camp import Camp, Cancellation
from services.camps.model.camp_days import Season
from services.camps.model.invitation import Invitation
from services.camps.model.pending_reason import PendingReason
from services.camps.model.seat_ledger import SeatLedger
from services.camps.model.session import ABOUT, SessionWithdrawal
from services.camps.repository import Camps, Invitations, PendingReasons, SeatLedgers
from services.camps.schemas import (
    CampChanges,
    CampId,
    Capacity,
    Deadline,
    ExpectedVersion,
    FirstDay,
    LastDay,
    Place,
    Reason,
    Seats,
    Title,
    Year,
    ZoneName,
)
from services.camps.use_cases.seats import offer
from services.camps.use_cases.session import withdraw_sessions


@command(needs=EVERY_ORGANISATION)
def announce_camp(
    uow: UnitOfWork,
    *,
    season: Season,
    year: Year,
    title: Title,
    place: Place,
    zone: ZoneName,
    starts_on: FirstDay,
    ends_on: LastDay,
    capacity: Capacity,
    seats_per_invitation: Seats | None = None,
) -> Camp:
    """Announce a camp; all of its seats are free."""
    camp = Camp.announce(
        id=uow.new_id("cmp"),
        at=uow.now,
        season=season,
        year=year,
        title=title,
        place=place,
        zone=zone,
        starts_on=starts_on,
        ends_on=ends_on,
        capacity=capacity,
        seats_per_invitation=seats_per_invitation,
    )
    SeatLedgers(uow).save(SeatLedger(id=camp.id, capacity=camp.capacity))
    return Camps(uow).save(camp)


@command(needs=EVERY_ORGANISATION)
def open_invitations(
    uow: UnitOfWork, scope: Scope, *, camp_id: CampId, version: ExpectedVersion, answer_by: Deadline
) -> Camp:
    """Open invitations to a camp."""
    camp = Camps(uow).get(camp_id, scope=scope, version=version)
    camp.open_invitations(answer_by=answer_by, at=uow.now)
    return Camps(uow).save(camp)


@command(needs=EVERY_ORGANISATION)
def change_camp(
    uow: UnitOfWork,
    scope: Scope,
    periods: Periods,
    *,
    camp_id: CampId,
    version: ExpectedVersion,
    **changes: Unpack[CampChanges],
) -> Camp:
    """Change the given members of a camp that has not begun; every partner that is invited, attends or waits is told.

    More seats are offered to those who wait; fewer than are taken are refused.
    """
    camp = Camps(uow).get(camp_id, scope=scope, version=version)
    before = camp.terms
    if not camp.change(at=uow.now, **changes):
        return camp
    ledger = SeatLedgers(uow).get(camp_id, scope=PLATFORM)
    ledger.resize(camp.capacity)
    if camp.terms != before:
        _tell_what_changed(uow, camp, before, periods)
    offer(uow, camp, ledger, periods)
    SeatLedgers(uow).save(ledger)  # also by this nobody is invited meanwhile to what it was before (write skew)
    return Camps(uow).save(camp)


@command(needs=EVERY_ORGANISATION)
def cancel_camp(uow: UnitOfWork, scope: Scope, *, camp_id: CampId, version: ExpectedVersion, reason: Reason) -> Camp:
    """Cancel a camp, for a reason that those who are invited, attend or wait are told.

    Its invitations and sessions are withdrawn; the results for which a partner was invited are kept for the next camp.
    """
    camp = Camps(uow).get(camp_id, scope=scope, version=version)
    camp.cancel(Cancellation(reason=reason, by=scope.subject, at=uow.now))
    ledger = SeatLedgers(uow).get(camp_id, scope=PLATFORM)
    withdraw_sessions(uow, {"camp_id": camp_id}, because=SessionWithdrawal.CAMP)
    withdrawal = Withdrawal(kind=WithdrawalKind.CAMP_CANCELLED, reason=reason, at=uow.now)
    for invitation in Invitations(uow).that_hold_of(camp_id):
        _keep_reasons(uow, invitation)
        invitation.withdraw(withdrawal, ledger=ledger)
        Invitations(uow).save(invitation)
    SeatLedgers(uow).save(ledger)
    return Camps(uow).save(camp)


def _tell_what_changed(uow: UnitOfWork, camp: Camp, before: events.CampTerms, periods: Periods) -> None:
    for invitation in Invitations(uow).that_hold_of(camp.id):
        until = camp.own_time_to_answer(at=uow.now, offer=periods.offer)
        invitation.follow(camp, before=before, until=until)
        Invitations(uow).save(invitation)


def _keep_reasons(uow: UnitOfWork, invitation: Invitation) -> None:
    """Keep what a partner may share as a reason for the next camp; what staff gave as a reason was said of this one."""
    for reason in invitation.reasons:
        if reason.kind in ABOUT and invitation.takes_reasons:
            pending = PendingReason(id=uow.new_id("kpr"), partner_id=invitation.partner_id, reason=reason)
            PendingReasons(uow).keep(pending)
