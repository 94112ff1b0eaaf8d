"""Partners are invited for reasons, and invited no longer when these are gone."""

from collections.abc import Iterable, Mapping

from chassis.domain.errors import Superseded
from chassis.domain.scope import PLATFORM, Scope
from chassis.persistence.documents import to_public
from chassis.persistence.unit_of_work import UnitOfWork
from services.camps.events import Reason
from services.camps.model.answer import Periods
from services.camps.model.camp import Camp
from services.camps.model.delivery import DeliveryState
from services.camps.model.invitation import Invitation, InvitationState
from services.camps.model.kept_reason import KeptReason
from services.camps.model.milestone import Milestone
from services.camps.model.reply_link import ReplyLinks
from services.camps.repository import (
    Camps,
    EligiblePartners,
    Invitations,
    KeptReasons,
    Milestones,
    SeatLedgers,
)
from services.camps.use_cases.camp import leave_to_the_institute
from services.camps.use_cases.seats import offer
from services.camps.use_cases.session import propose_session, withdraw_sessions


def invite_partner(
    *, work: UnitOfWork, links: ReplyLinks, sequence: int, partner_id: str, milestone_id: str, title: str
) -> None:
    """Take a milestone as a reason to invite its partner to the next camp, or keep it until one can be answered.

    Raises NotYetKnown while camps has not heard that the partner was admitted, and Superseded.
    """
    partner = EligiblePartners(work).known(partner_id, scope=PLATFORM)
    if partner.departed:
        raise Superseded(f"partner {partner_id} has departed")
    # Stored, though it is as it was: two snapshots do not see each other, and another may note that it departs.
    EligiblePartners(work).save(partner)
    _learn(work, milestone_id, partner_id, sequence)
    reason = Reason(kind="milestone", id=milestone_id, title=title)
    _invite(work, links, {partner_id: [reason]})


def apply_kept_reasons(*, work: UnitOfWork, links: ReplyLinks) -> None:
    """Invite every partner for which a reason is kept; where no camp is inviting any more, go on keeping them."""
    if any(camp.takes_answers(work.now) for camp in Camps(work).inviting(at=work.now)):
        _invite(work, links, KeptReasons(work).take_all())


def withdraw_reason(
    *, work: UnitOfWork, periods: Periods, links: ReplyLinks, sequence: int, milestone_id: str, partner_id: str
) -> None:
    """Invite a partner for a milestone no longer; what nobody answered and has no other reason, is withdrawn.

    Raises Superseded.
    """
    _learn(work, milestone_id, partner_id, sequence)
    KeptReasons(work).drop({"partner_id": partner_id, "reason.id": milestone_id})
    withdraw_sessions(work, {"partner_id": partner_id, "milestone_id": milestone_id})
    # What was withdrawn keeps its reasons: without one it would pass for withdrawn for that, and be issued again.
    kept = {"state": {"$ne": InvitationState.WITHDRAWN}, "partner_id": partner_id, "reasons.id": milestone_id}
    for invitation in Invitations(work).all(kept, scope=PLATFORM):
        invitation.lose(milestone_id)
        if invitation.is_pointless:
            _withdraw(work, invitation, periods, links, reason="There is no reason left for it")
        else:
            Invitations(work).save(invitation)


def withdraw_open_invitations(
    *, work: UnitOfWork, periods: Periods, links: ReplyLinks, sequence: int, partner_id: str
) -> None:
    """Invite a partner that departed no longer, and to no camp that is still to come.

    Raises NotYetKnown while camps has not heard that it was admitted, and Superseded.
    """
    partner = EligiblePartners(work).known(partner_id, scope=PLATFORM)
    if not partner.leave(sequence=sequence):
        raise Superseded(f"partner {partner_id} is known by its event {partner.seen_sequence}, and this is {sequence}")
    EligiblePartners(work).save(partner)
    KeptReasons(work).drop({"partner_id": partner_id})
    for invitation in Invitations(work).all({"partner_id": partner_id}, scope=PLATFORM):
        camp = Camps(work).get(invitation.camp_id, scope=PLATFORM)
        if invitation.is_open and not camp.has_begun(work.now):
            _withdraw(work, invitation, periods, links, reason="The partnership has ended")


def withdraw_invitation(
    *,
    work: UnitOfWork,
    scope: Scope,
    periods: Periods,
    links: ReplyLinks,
    invitation_id: str,
    version: int | None,
    reason: str,
) -> dict[str, object]:
    """Take an invitation back."""
    leave_to_the_institute(scope)
    invitation = Invitations(work).get(invitation_id, scope=scope, version=version)
    _withdraw(work, invitation, periods, links, reason=reason)
    return to_public(invitation)


def keep_delivery_state(*, work: UnitOfWork, about_kind: str, about_id: str, delivery_id: str, state: str) -> None:
    """Note on an invitation how a letter about it fares; letters about other things are not camps' business.

    Raises NotYetKnown for an invitation that is not stored, and Superseded.
    """
    if about_kind == "invitation":
        invitation = Invitations(work).known(about_id, scope=PLATFORM)
        if not invitation.delivery.hear(delivery_id, DeliveryState(state)):
            known = invitation.delivery.letters[delivery_id]
            raise Superseded(f"delivery {delivery_id} is {known}, and this says {state}")
        Invitations(work).save(invitation)


def _learn(work: UnitOfWork, milestone_id: str, partner_id: str, sequence: int) -> None:
    milestones = Milestones(work)
    known = milestones.first({"_id": milestone_id}, scope=PLATFORM) or Milestone(id=milestone_id, partner_id=partner_id)
    if not known.learn(sequence=sequence):
        raise Superseded(
            f"milestone {milestone_id} is known by its event {known.seen_sequence}, and this is {sequence}"
        )
    milestones.save(known)


def _invite(work: UnitOfWork, links: ReplyLinks, reasons_of: Mapping[str, list[Reason]]) -> None:
    camps = Camps(work).inviting(at=work.now)
    drafts: dict[str, list[Invitation]] = {camp.id: [] for camp in camps}
    for partner_id, reasons in reasons_of.items():
        invitation = _next_invitation(work, camps, partner_id)
        if invitation is None:
            _keep(work, partner_id, reasons)
        elif invitation.needs_only_a_reason:
            invitation.add(reasons)
            drafts[invitation.camp_id].append(invitation)
        else:
            _add_reasons(work, invitation, reasons)
    for camp in camps:
        if drafts[camp.id]:
            _issue(work, links, camp, drafts[camp.id])


def _next_invitation(work: UnitOfWork, camps: Iterable[Camp], partner_id: str) -> Invitation | None:
    """Give a partner's invitation to the first camp to which it has one, or can still answer one."""
    for camp in camps:
        known = Invitations(work).first({"camp_id": camp.id, "partner_id": partner_id}, scope=PLATFORM)
        if known is not None and not known.needs_only_a_reason:
            return known
        if camp.takes_answers(work.now):
            return known or Invitation.draft(id=work.new_id("inv"), camp=camp, partner_id=partner_id, reasons=[])
    return None


def _keep(work: UnitOfWork, partner_id: str, reasons: Iterable[Reason]) -> None:
    for reason in reasons:
        KeptReasons(work).keep(KeptReason(id=work.new_id("kpr"), partner_id=partner_id, reason=reason))


def _add_reasons(work: UnitOfWork, invitation: Invitation, reasons: list[Reason]) -> None:
    added = invitation.add(reasons)
    if invitation.calls_for_sessions:
        for result in added:
            propose_session(work, invitation, result)
    if added:
        Invitations(work).save(invitation)


def _issue(work: UnitOfWork, links: ReplyLinks, camp: Camp, drafts: list[Invitation]) -> None:
    ledger = SeatLedgers(work).get(camp.id, scope=PLATFORM)
    for invitation in drafts:
        invitation.issue(camp=camp, ledger=ledger, link=links.to(invitation.id))
        Invitations(work).save(invitation)
    SeatLedgers(work).save(ledger)


def _withdraw(work: UnitOfWork, invitation: Invitation, periods: Periods, links: ReplyLinks, *, reason: str) -> None:
    camp = Camps(work).get(invitation.camp_id, scope=PLATFORM)
    ledger = SeatLedgers(work).get(invitation.camp_id, scope=PLATFORM)
    waited = ledger.position(invitation.id)
    invitation.withdraw(reason=reason, ledger=ledger)
    Invitations(work).save(invitation)
    withdraw_sessions(work, {"camp_id": camp.id, "partner_id": invitation.partner_id})
    if waited:  # It frees no seat, but those that were too few for it may be enough for the next.
        offer(work, camp, ledger, periods, links)
    SeatLedgers(work).save(ledger)
