"""Camps are announced as planned, invite, are frozen, take place by the calendar, are closed, or are cancelled."""

from functools import partial

from chassis.domain.scope import EVERY_ORGANISATION, PLATFORM, Scope
from chassis.persistence.claims import Claimed, Claims
from chassis.persistence.unit_of_work import Store, UnitOfWork
from chassis.schemas.operations import command
from services.camps.model.camp import Camp
from services.camps.model.camp_schedule import Cancellation, Postponement
from services.camps.model.invitations.answer import Periods
from services.camps.model.invitations.answerable import Withdrawal, WithdrawalKind
from services.camps.model.invitations.invitation import Invitation
from services.camps.model.invitations.pending_reason import PendingReason
from services.camps.model.programme.evidence import ABOUT
from services.camps.model.programme.session_content import SessionWithdrawal
from services.camps.repository.camp import Camps
from services.camps.repository.harvest import gathered_at
from services.camps.repository.invitations import Invitations, PendingReasons, SeatLedgers
from services.camps.schemas.camp import CampId, Deadline, ExpectedVersion, FirstDay, FreezeDay, LastDay, Reason
from services.camps.use_cases.camp import tell_of_the_camp
from services.camps.use_cases.delegations.following import follow_invitation
from services.camps.use_cases.invitations.seats import close_offers, offer, reopen_offers
from services.camps.use_cases.learning.harvest import publish_harvest
from services.camps.use_cases.programme.session import withdraw_sessions


@command(needs=EVERY_ORGANISATION)
def announce_planned_camp(uow: UnitOfWork, scope: Scope, *, camp_id: CampId, version: ExpectedVersion) -> Camp:
    """Announce a camp that was drafted."""
    camp = Camps(uow).get(camp_id, scope=scope, version=version)
    camp.announce_as_planned(uow.now)
    return Camps(uow).save(camp)


@command(needs=EVERY_ORGANISATION)
def open_invitations(
    uow: UnitOfWork,
    scope: Scope,
    *,
    camp_id: CampId,
    version: ExpectedVersion,
    answer_by: Deadline,
    freezes_on: FreezeDay | None = None,
) -> Camp:
    """Open invitations to a camp, which may freeze by itself on a day after the last one to answer."""
    camp = Camps(uow).get(camp_id, scope=scope, version=version)
    camp.open_invitations(answer_by=answer_by, freezes_on=freezes_on, at=uow.now)
    return Camps(uow).save(camp)


@command(needs=EVERY_ORGANISATION)
def freeze_camp(uow: UnitOfWork, scope: Scope, *, camp_id: CampId, version: ExpectedVersion) -> Camp:
    """Freeze a camp: who comes is settled, no seat is offered any more, and what is offered and not taken ends."""
    camp = Camps(uow).get(camp_id, scope=scope, version=version)
    camp.freeze(uow.now)
    close_offers(uow, camp)
    return Camps(uow).save(camp)


@command(needs=EVERY_ORGANISATION)
def unfreeze_camp(
    uow: UnitOfWork, scope: Scope, periods: Periods, *, camp_id: CampId, version: ExpectedVersion
) -> Camp:
    """Let a camp that was frozen invite again, and offer what is free to those who wait."""
    camp = Camps(uow).get(camp_id, scope=scope, version=version)
    camp.unfreeze(uow.now)
    reopen_offers(uow, camp, periods)
    return Camps(uow).save(camp)


@command(needs=EVERY_ORGANISATION)
def postpone_camp(
    uow: UnitOfWork,
    scope: Scope,
    periods: Periods,
    *,
    camp_id: CampId,
    version: ExpectedVersion,
    reason: Reason,
) -> Camp:
    """Postpone a camp to days that are not known yet: seats and places are kept, and nothing is answered meanwhile."""
    camp = Camps(uow).get(camp_id, scope=scope, version=version)
    camp.postpone(Postponement(reason=reason, by=scope.subject, at=uow.now))
    ledger = SeatLedgers(uow).get(camp_id, scope=PLATFORM)
    tell_of_the_camp(uow, camp, camp.terms, periods, ledger)
    SeatLedgers(uow).save(ledger)
    return Camps(uow).save(camp)


@command(needs=EVERY_ORGANISATION)
def reschedule_camp(
    uow: UnitOfWork,
    scope: Scope,
    periods: Periods,
    *,
    camp_id: CampId,
    version: ExpectedVersion,
    starts_on: FirstDay,
    ends_on: LastDay,
    answer_by: Deadline | None = None,
    freezes_on: FreezeDay | None = None,
) -> Camp:
    """Say on which days a camp takes place that was postponed: who was to come is asked whether it comes then.

    If it invited before, it does so again, with another day by which to answer.
    """
    camp = Camps(uow).get(camp_id, scope=scope, version=version)
    before = camp.terms
    days = {"starts_on": starts_on, "ends_on": ends_on}
    camp.reschedule(**days, answer_by=answer_by, freezes_on=freezes_on, at=uow.now)
    ledger = SeatLedgers(uow).get(camp_id, scope=PLATFORM)
    ledger.is_over = False
    tell_of_the_camp(uow, camp, before, periods, ledger)
    offer(uow, camp, ledger, periods)
    SeatLedgers(uow).save(ledger)
    return Camps(uow).save(camp)


@command(needs=EVERY_ORGANISATION)
def close_camp(
    uow: UnitOfWork,
    scope: Scope,
    *,
    camp_id: CampId,
    version: ExpectedVersion,
    nothing_to_publish: Reason | None = None,
) -> Camp:
    """Close a camp that has ended: what came out of it is published, or it is said why there is nothing to publish.

    Those who were there, lead partners that were, or are of the staff are told where to read it, unless they know.
    """
    camp = Camps(uow).get(camp_id, scope=scope, version=version)
    gathered = gathered_at(uow, camp_id)
    camp.close(is_published=gathered.is_something, nothing_to_publish=nothing_to_publish)
    publish_harvest(uow, camp, gathered)
    return Camps(uow).save(camp)


@command(needs=EVERY_ORGANISATION)
def reopen_camp(uow: UnitOfWork, scope: Scope, *, camp_id: CampId, version: ExpectedVersion) -> Camp:
    """Go on gathering what came out of a camp that was closed."""
    camp = Camps(uow).get(camp_id, scope=scope, version=version)
    camp.reopen()
    return Camps(uow).save(camp)


def follow_the_calendar(*, store: Store, claims: Claims) -> None:
    """Freeze the camps whose day for that has come, and let camps begin and end: each step in its own transaction."""
    claims.process_ready(lambda: Camps.that_wait(store.clock()), partial(_take_a_step, store), sort="next_step_at")


@command(needs=EVERY_ORGANISATION)
def cancel_camp(uow: UnitOfWork, scope: Scope, *, camp_id: CampId, version: ExpectedVersion, reason: Reason) -> Camp:
    """Cancel a camp, also one that has begun, for a reason that those who are invited, attend or wait are told.

    Its invitations, delegates and sessions are withdrawn; the results for which a partner was invited are kept for the
    next camp.
    """
    camp = Camps(uow).get(camp_id, scope=scope, version=version)
    camp.cancel(Cancellation(reason=reason, by=scope.subject, at=uow.now))
    ledger = SeatLedgers(uow).get(camp_id, scope=PLATFORM)
    withdraw_sessions(uow, {"camp_id": camp_id}, because=SessionWithdrawal.CAMP)
    withdrawal = Withdrawal(kind=WithdrawalKind.CAMP_CANCELLED, reason=reason, at=uow.now)
    for invitation in Invitations(uow).that_hold_of(camp_id):
        _keep_reasons(uow, invitation)
        invitation.withdraw(withdrawal, ledger=ledger)
        follow_invitation(uow, invitation)
        Invitations(uow).save(invitation)
    SeatLedgers(uow).save(ledger)
    return Camps(uow).save(camp)


def _take_a_step(store: Store, claimed: Claimed) -> bool:
    store.transact(partial(_follow_the_calendar, claimed.id), cause=claimed.cause)
    return True


def _follow_the_calendar(camp_id: str, uow: UnitOfWork) -> None:
    camp = Camps(uow).get(camp_id, scope=PLATFORM)
    if camp.follow_the_calendar(uow.now):
        close_offers(uow, camp)
    Camps(uow).save(camp)


def _keep_reasons(uow: UnitOfWork, invitation: Invitation) -> None:
    """Keep what a partner may share as a reason for the next camp; what staff gave as a reason was said of this one."""
    for reason in invitation.reasons:
        if invitation.partner_id and reason.kind in ABOUT and invitation.takes_reasons:
            pending = PendingReason(id=uow.new_id("kpr"), partner_id=invitation.partner_id, reason=reason)
            PendingReasons(uow).keep(pending)
