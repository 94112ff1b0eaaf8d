"""Partners are invited for reasons, as soon as there is a camp to invite them to."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Protocol

from chassis.domain.causation import Cause
from chassis.domain.scope import PLATFORM
from chassis.messaging.envelope import Envelope
from chassis.persistence.claims import Claimed, Claims
from chassis.persistence.unit_of_work import Store, UnitOfWork
from chassis.schemas.operations import reaction
from services.camps.events.invitation import Reason
from services.camps.model.camp import Camp
from services.camps.model.eligible_partner import EligiblePartner
from services.camps.model.invitations.answer import Periods
from services.camps.model.invitations.invitation import Invitation
from services.camps.model.invitations.invitation_delivery import DeliveryState
from services.camps.model.invitations.pending_reason import PendingReason
from services.camps.model.invitations.seat_ledger import SeatLedger
from services.camps.model.programme.evidence import MILESTONE
from services.camps.repository.camp import Camps, EligiblePartners
from services.camps.repository.invitations import Invitations, PendingReasons, SeatLedgers
from services.camps.repository.programme import Milestones
from services.camps.schemas import camp as schemas
from services.camps.schemas.camp import MilestoneId, PartnerId, Title
from services.camps.use_cases.invitations.seats import pass_over_if_it_must_be
from services.camps.use_cases.programme.session import propose_session


@reaction("engagements.milestone.reached")
def invite_partner(
    uow: UnitOfWork,
    event: Envelope,
    periods: Periods,
    *,
    partner_id: PartnerId,
    milestone_id: MilestoneId,
    title: Title,
    admission_number: int = 1,
) -> None:
    """Take a milestone as a reason to invite its partner to the next camp, or keep it until one can be answered.

    While the partnership rests, it is kept. One that is entered as history is none: nobody is invited for it now.

    Raises NotYetKnown while camps has not heard of the admission in which it was reached, and Superseded.
    """
    partner = EligiblePartners(uow).known(partner_id, scope=PLATFORM)
    partner.refuse_unless_in(admission_number)
    EligiblePartners(uow).touch(partner)
    Milestones(uow).keep(milestone_id, partner_id, sequence=event.sequence)
    take_reason(uow, periods, partner, Reason(kind=MILESTONE, id=milestone_id, title=title))


def take_reason(uow: UnitOfWork, periods: Periods, partner: EligiblePartner, reason: Reason) -> None:
    """Invite a partner for a result, or keep that until there is a camp for it; not for what is entered as history."""
    if uow.cause.entered_as_history:
        return
    if partner.paused or not invite_for(uow, periods, partner.id, [reason]):
        PendingReasons(uow).keep(PendingReason(id=uow.new_id("kpr"), partner_id=partner.id, reason=reason))


def apply_pending_reasons(*, store: Store, claims: Claims, periods: Periods) -> None:
    """Invite the partners for which reasons are pending, each in a transaction of its own, once a camp can be answered.

    Reasons stay pending while there is no such camp, and are tried once for the camps that there are.
    """
    reading = store.reading(cause=Cause(correlation_id="apply_pending_reasons"))
    answerable = [camp for camp in Camps(reading).inviting(at=reading.now) if camp.takes_answers(reading.now)]
    if answerable:
        tried_for = " ".join(f"{camp.id}:{camp.answer_by}" for camp in answerable)
        untried = {"tried_for": {"$ne": tried_for}}
        claims.process_ready(lambda: untried, partial(_apply, store, periods, tried_for))


def _apply(store: Store, periods: Periods, tried_for: str, claimed: Claimed) -> bool:
    store.transact(partial(_try_what_is_pending, claimed.id, periods, tried_for), cause=claimed.cause)
    return True


def _try_what_is_pending(pending_id: str, periods: Periods, tried_for: str, uow: UnitOfWork) -> None:
    pending = PendingReasons(uow).first({"_id": pending_id}, scope=PLATFORM)
    if pending is not None:  # else another process was faster, or the reason holds no longer
        partner = EligiblePartners(uow).get(pending.partner_id, scope=PLATFORM)
        EligiblePartners(uow).touch(partner)
        if partner.paused or not invite_for_what_is_pending(uow, periods, partner.id):
            pending.tried_for = tried_for
            PendingReasons(uow).save(pending)


def invite_for_what_is_pending(uow: UnitOfWork, periods: Periods, partner_id: str) -> bool:
    """Invite a partner for all reasons that are pending, and give whether there was a camp that took them up."""
    reasons = PendingReasons(uow).of(partner_id)
    taken = bool(reasons) and invite_for(uow, periods, partner_id, reasons)
    if taken:
        PendingReasons(uow).drop({"partner_id": partner_id})
    return taken


@reaction("notifications.delivery.settled", "notifications.delivery.uncertain")
def keep_delivery_state(
    uow: UnitOfWork,
    *,
    about_kind: schemas.Word,
    about_id: schemas.Word,
    delivery_id: schemas.Word,
    state: schemas.Word,
    about_sequence: int | None = None,
) -> None:
    """Show on an invitation whether a letter about it was sent.

    Letters about other things are not camps' business, nor are those of an earlier asking. Raises NotYetKnown for an
    invitation that is not stored, and Superseded.
    """
    if about_kind == "invitation":
        invitation = Invitations(uow).known(about_id, scope=PLATFORM)
        invitation.delivery.keep(delivery_id, DeliveryState(state), sequence=about_sequence)
        Invitations(uow).save(invitation)


def invite_for(uow: UnitOfWork, periods: Periods, partner_id: str, reasons: list[Reason]) -> bool:
    """Invite a partner for these reasons, or add them to its invitation; give whether there was a camp for them."""
    camps = {camp.id: camp for camp in Camps(uow).inviting(at=uow.now)}
    invitation = _next_invitation(uow, camps.values(), partner_id)
    if invitation is None:
        return False
    if invitation.needs_only_a_reason:
        invitation.add(reasons)
        issue(uow, periods, camps[invitation.camp_id], invitation)
    else:
        _add_reasons(uow, invitation, reasons)
    return True


def _next_invitation(uow: UnitOfWork, camps: Iterable[Camp], partner_id: str) -> Invitation | None:
    """Give a partner's invitation to the first camp to which it has one, or can still answer one.

    What was withdrawn for want of a reason comes back, even when the time to answer is over: nobody
    loses a better place by a correction. What is closed otherwise takes no reason.
    """
    for camp in camps:
        known = Invitations(uow).first({"camp_id": camp.id, "partner_id": partner_id}, scope=PLATFORM)
        if known is not None and (known.takes_reasons or known.needs_only_a_reason):
            return known
        if known is None and camp.takes_answers(uow.now):
            return Invitation.to_camp(id=uow.new_id("inv"), camp=camp, partner_id=partner_id, reasons=[])
    return None


def _add_reasons(uow: UnitOfWork, invitation: Invitation, reasons: list[Reason]) -> None:
    added = invitation.add(reasons)
    if invitation.calls_for_sessions:
        for result in added:
            propose_session(uow, invitation, result)
    if added:
        Invitations(uow).save(invitation)


class Ask(Protocol):
    """How an invitation is issued: for the first time, by a correction, or again on purpose."""

    def __call__(
        self, invitation: Invitation, /, *, camp: Camp, ledger: SeatLedger, offer_until: datetime | None
    ) -> None:
        """Do it."""


def issue(
    uow: UnitOfWork,
    periods: Periods,
    camp: Camp,
    invitation: Invitation,
    *,
    ask: Ask = Invitation.issue,
) -> None:
    """Ask whom an invitation is for to come, or let them wait; late, they have a time of their own to answer."""
    ledger = SeatLedgers(uow).get(camp.id, scope=PLATFORM)
    until = camp.own_time_to_answer(at=uow.now, offer=periods.offer)
    if invitation.partner_id:
        partner = EligiblePartners(uow).get(invitation.partner_id, scope=PLATFORM)
        invitation.admission_number = partner.admission_number
    ask(invitation, camp=camp, ledger=ledger, offer_until=until)
    pass_over_if_it_must_be(uow, invitation, ledger)
    Invitations(uow).save(invitation)
    SeatLedgers(uow).save(ledger)
