"""Partners are invited for reasons, and invited no longer when these are gone."""

from collections.abc import Iterable
from functools import partial

from chassis.domain.causation import Cause
from chassis.domain.errors import Superseded
from chassis.domain.scope import EVERY_ORGANISATION, PLATFORM, Scope
from chassis.messaging.envelope import Envelope
from chassis.persistence.claims import Claimed, Claims
from chassis.persistence.unit_of_work import Store, UnitOfWork
from chassis.schemas.operations import command, reaction
from services.camps import schemas
from services.camps.events import Reason
from services.camps.model.answer import Periods
from services.camps.model.camp import Camp
from services.camps.model.invitation import Invitation, InvitationState
from services.camps.model.invitation_delivery import DeliveryState
from services.camps.model.milestone import Milestone
from services.camps.model.pending_reason import PendingReason
from services.camps.model.reply_link import ReplyLinks
from services.camps.repository import (
    Camps,
    EligiblePartners,
    Invitations,
    Milestones,
    PendingReasons,
    SeatLedgers,
)
from services.camps.schemas import ExpectedVersion, InvitationId, MilestoneId, PartnerId, Title
from services.camps.use_cases.seats import offer
from services.camps.use_cases.session import propose_session, withdraw_sessions


@reaction("engagements.milestone.reached")
def invite_partner(
    uow: UnitOfWork,
    event: Envelope,
    links: ReplyLinks,
    *,
    partner_id: PartnerId,
    milestone_id: MilestoneId,
    title: Title,
) -> None:
    """Take a milestone as a reason to invite its partner to the next camp, or keep it until one can be answered.

    Raises NotYetKnown while camps has not heard that the partner was admitted, and Superseded.
    """
    partner = EligiblePartners(uow).known(partner_id, scope=PLATFORM)
    if partner.departed:
        raise Superseded(f"partner {partner_id} has departed")
    EligiblePartners(uow).touch(partner)
    _keep_milestone(uow, milestone_id, partner_id, event.sequence)
    reason = Reason(kind="milestone", id=milestone_id, title=title)
    _invite(uow, links, partner_id, [reason])


def apply_pending_reasons(*, store: Store, claims: Claims, links: ReplyLinks) -> None:
    """Invite the partners for which reasons are pending, each in a transaction of its own, once a camp can be answered.

    Reasons stay pending while there is no such camp.
    """
    reading = store.reading(cause=Cause(correlation_id="apply_pending_reasons"))
    if any(camp.takes_answers(reading.now) for camp in Camps(reading).inviting(at=reading.now)):
        claims.process_ready(lambda: {}, partial(_apply, store, links))


def _apply(store: Store, links: ReplyLinks, claimed: Claimed) -> bool:
    store.transact(partial(_invite_for_what_is_pending, claimed.id, links), cause=claimed.cause)
    return True


def _invite_for_what_is_pending(pending_id: str, links: ReplyLinks, uow: UnitOfWork) -> None:
    pending = PendingReasons(uow).first({"_id": pending_id}, scope=PLATFORM)
    if pending is not None:  # else another process was faster, or the reason holds no longer
        EligiblePartners(uow).touch(EligiblePartners(uow).get(pending.partner_id, scope=PLATFORM))
        _invite(uow, links, pending.partner_id, PendingReasons(uow).take(pending.partner_id))


@reaction("engagements.milestone.reopened")
def withdraw_reason(
    uow: UnitOfWork,
    event: Envelope,
    periods: Periods,
    links: ReplyLinks,
    *,
    milestone_id: MilestoneId,
    partner_id: PartnerId,
) -> None:
    """Take a reason to invite back; an unanswered invitation with none left is withdrawn.

    Raises Superseded.
    """
    _keep_milestone(uow, milestone_id, partner_id, event.sequence)
    PendingReasons(uow).drop({"partner_id": partner_id, "reason.id": milestone_id})
    withdraw_sessions(uow, {"partner_id": partner_id, "milestone_id": milestone_id})
    # What was withdrawn keeps its reasons: without one it would pass for withdrawn for that, and be issued again.
    kept = {"state": {"$ne": InvitationState.WITHDRAWN}, "partner_id": partner_id, "reasons.id": milestone_id}
    for invitation in Invitations(uow).each(kept, scope=PLATFORM):
        invitation.lose(milestone_id)
        if invitation.is_pointless:
            _withdraw(uow, invitation, periods, links, reason="There is no reason left for it")
        else:
            Invitations(uow).save(invitation)


@reaction("partners.partner.departed")
def withdraw_open_invitations(
    uow: UnitOfWork, event: Envelope, periods: Periods, links: ReplyLinks, *, partner_id: PartnerId
) -> None:
    """Invite a partner that departed no longer, and to no camp that is still to come.

    Raises NotYetKnown while camps has not heard that it was admitted, and Superseded.
    """
    partner = EligiblePartners(uow).known(partner_id, scope=PLATFORM)
    partner.depart(sequence=event.sequence)
    EligiblePartners(uow).save(partner)
    PendingReasons(uow).drop({"partner_id": partner_id})
    for invitation in Invitations(uow).each({"partner_id": partner_id}, scope=PLATFORM):
        camp = Camps(uow).get(invitation.camp_id, scope=PLATFORM)
        if invitation.is_open and not camp.has_begun(uow.now):
            _withdraw(uow, invitation, periods, links, reason="The partnership has ended")


@command(needs=EVERY_ORGANISATION)
def withdraw_invitation(
    uow: UnitOfWork,
    scope: Scope,
    periods: Periods,
    links: ReplyLinks,
    *,
    invitation_id: InvitationId,
    version: ExpectedVersion,
    reason: schemas.Reason,
) -> Invitation:
    """Withdraw an invitation, for a reason."""
    invitation = Invitations(uow).get(invitation_id, scope=scope, version=version)
    _withdraw(uow, invitation, periods, links, reason=reason)
    return invitation


@reaction("notifications.delivery.settled", "notifications.delivery.uncertain")
def keep_delivery_state(
    uow: UnitOfWork, *, about_kind: schemas.Word, about_id: schemas.Word, delivery_id: schemas.Word, state: schemas.Word
) -> None:
    """Show on an invitation whether a letter about it was sent.

    Letters about other things are not camps' business. Raises NotYetKnown for an invitation that is not stored, and
    Superseded.
    """
    if about_kind == "invitation":
        invitation = Invitations(uow).known(about_id, scope=PLATFORM)
        invitation.delivery.keep(delivery_id, DeliveryState(state))
        Invitations(uow).save(invitation)


def _keep_milestone(uow: UnitOfWork, milestone_id: str, partner_id: str, sequence: int) -> None:
    milestones = Milestones(uow)
    known = milestones.first({"_id": milestone_id}, scope=PLATFORM) or Milestone(id=milestone_id, partner_id=partner_id)
    known.keep(sequence=sequence)
    milestones.save(known)


def _invite(uow: UnitOfWork, links: ReplyLinks, partner_id: str, reasons: list[Reason]) -> None:
    camps = {camp.id: camp for camp in Camps(uow).inviting(at=uow.now)}
    invitation = _next_invitation(uow, camps.values(), partner_id)
    if invitation is None:
        _keep_pending(uow, partner_id, reasons)
    elif invitation.needs_only_a_reason:
        invitation.add(reasons)
        _issue(uow, links, camps[invitation.camp_id], invitation)
    else:
        _add_reasons(uow, invitation, reasons)


def _next_invitation(uow: UnitOfWork, camps: Iterable[Camp], partner_id: str) -> Invitation | None:
    """Give a partner's invitation to the first camp to which it has one, or can still answer one."""
    for camp in camps:
        known = Invitations(uow).first({"camp_id": camp.id, "partner_id": partner_id}, scope=PLATFORM)
        if known is not None and not known.needs_only_a_reason:
            return known
        if camp.takes_answers(uow.now):
            return known or Invitation.draft(id=uow.new_id("inv"), camp=camp, partner_id=partner_id, reasons=[])
    return None


def _keep_pending(uow: UnitOfWork, partner_id: str, reasons: Iterable[Reason]) -> None:
    for reason in reasons:
        PendingReasons(uow).keep(PendingReason(id=uow.new_id("kpr"), partner_id=partner_id, reason=reason))


def _add_reasons(uow: UnitOfWork, invitation: Invitation, reasons: list[Reason]) -> None:
    added = invitation.add(reasons)
    if invitation.calls_for_sessions:
        for result in added:
            propose_session(uow, invitation, result)
    if added:
        Invitations(uow).save(invitation)


def _issue(uow: UnitOfWork, links: ReplyLinks, camp: Camp, invitation: Invitation) -> None:
    ledger = SeatLedgers(uow).get(camp.id, scope=PLATFORM)
    invitation.issue(camp=camp, ledger=ledger, link=links.to(invitation.id))
    Invitations(uow).save(invitation)
    SeatLedgers(uow).save(ledger)


def _withdraw(uow: UnitOfWork, invitation: Invitation, periods: Periods, links: ReplyLinks, *, reason: str) -> None:
    camp = Camps(uow).get(invitation.camp_id, scope=PLATFORM)
    ledger = SeatLedgers(uow).get(invitation.camp_id, scope=PLATFORM)
    waited = ledger.position(invitation.id)
    invitation.withdraw(reason=reason, ledger=ledger)
    Invitations(uow).save(invitation)
    withdraw_sessions(uow, {"camp_id": camp.id, "partner_id": invitation.partner_id})
    if waited:  # It frees no seat, but those that were too few for it may be enough for the next.
        offer(uow, camp, ledger, periods, links)
    SeatLedgers(uow).save(ledger)
