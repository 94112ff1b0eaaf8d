"""What one can ask of camps: each is one function that gets, asks the model, and saves."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from chassis.claims import Claimed, Claims
from chassis.documents import to_public
from chassis.domain import Superseded
from chassis.scope import PLATFORM, Scope
from chassis.store import Store, Work
from services.camps.events import Reason
from services.camps.model.camp import Camp, DecidedByTheInstitute, Season
from services.camps.model.eligible_partner import EligiblePartner
from services.camps.model.invitation import Answer, DeliveryState, Invitation, Periods, Via
from services.camps.model.kept_reason import KeptReason
from services.camps.model.milestone import Milestone
from services.camps.model.seat_ledger import SeatLedger
from services.camps.model.session import Session
from services.camps.repository import (
    Camps,
    EligiblePartners,
    Invitations,
    KeptReasons,
    Milestones,
    SeatLedgers,
    Sessions,
    whose_time_is_up,
)

Deed = Callable[[Invitation, SeatLedger, Answer], None]


def announce_camp(*, work: Work, scope: Scope, season: str, **described: Any) -> dict[str, object]:
    """Say when and where a camp is; with it its seats come into being, all of them free."""
    _leave_to_the_institute(scope)
    camp = Camp.announce(id=work.new_id("cmp"), season=Season(season), **described)
    SeatLedgers(work).save(SeatLedger(id=camp.id, capacity=camp.capacity))
    return to_public(Camps(work).save(camp))


def open_invitations(
    *, work: Work, scope: Scope, camp_id: str, version: int | None, answer_by: date
) -> dict[str, object]:
    """Begin to invite partners to a camp."""
    _leave_to_the_institute(scope)
    camp = Camps(work).get(camp_id, scope=scope, version=version)
    camp.open_invitations(answer_by=answer_by, at=work.now)
    return to_public(Camps(work).save(camp))


def make_eligible(*, work: Work, sequence: int, partner_id: str, name: str) -> None:
    """Take down what a partner is called, which from its admission on may be invited; raises Superseded."""
    partners = EligiblePartners(work)
    partner = partners.first({"_id": partner_id}, scope=PLATFORM) or EligiblePartner(id=partner_id, name=name)
    if not partner.learn(name=name, sequence=sequence):
        raise Superseded(f"partner {partner_id} is known by its event {partner.seen_sequence}, and this is {sequence}")
    partners.save(partner)


def invite_partner(*, work: Work, sequence: int, partner_id: str, milestone_id: str, title: str) -> None:
    """Take a milestone as a reason to invite its partner to the next camp, or keep it until one is inviting.

    Raises NotYetKnown while camps has not heard that the partner was admitted, and Superseded.
    """
    partner = EligiblePartners(work).known(partner_id, scope=PLATFORM)
    if partner.departed:
        raise Superseded(f"partner {partner_id} has departed")
    # Stored, though it is as it was: two snapshots do not see each other, and another may note that it departs.
    EligiblePartners(work).save(partner)
    _learn(work, milestone_id, partner_id, sequence)
    reason = Reason(kind="milestone", id=milestone_id, title=title)
    camp = Camps(work).next_inviting(at=work.now)
    if camp is None:
        KeptReasons(work).keep(KeptReason(id=work.new_id("kpr"), partner_id=partner_id, reason=reason))
    else:
        _invite(work, camp, {partner_id: [reason]})


def apply_kept_reasons(*, work: Work) -> None:
    """Invite every partner for which a reason is kept; where no camp is inviting any more, go on keeping them."""
    camp = Camps(work).next_inviting(at=work.now)
    if camp is not None:
        _invite(work, camp, KeptReasons(work).take_all())


def withdraw_reason(*, work: Work, periods: Periods, sequence: int, milestone_id: str, partner_id: str) -> None:
    """Invite a partner for a milestone no longer; what nobody answered and has no other reason, is withdrawn.

    Raises Superseded.
    """
    _learn(work, milestone_id, partner_id, sequence)
    KeptReasons(work).drop({"partner_id": partner_id, "reason.id": milestone_id})
    for invitation in Invitations(work).all({"partner_id": partner_id, "reasons.id": milestone_id}, scope=PLATFORM):
        invitation.lose(milestone_id)
        if invitation.is_pointless:
            _withdraw(work, invitation, periods, reason="There is no reason left for it")
        else:
            Invitations(work).save(invitation)


def withdraw_open_invitations(*, work: Work, periods: Periods, sequence: int, partner_id: str) -> None:
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
            _withdraw(work, invitation, periods, reason="The partnership has ended")


def withdraw_invitation(
    *, work: Work, scope: Scope, periods: Periods, invitation_id: str, version: int | None, reason: str
) -> dict[str, object]:
    """Take an invitation back."""
    _leave_to_the_institute(scope)
    invitation = Invitations(work).get(invitation_id, scope=scope, version=version)
    _withdraw(work, invitation, periods, reason=reason)
    return to_public(invitation)


def accept_invitation(*, work: Work, scope: Scope, seats: int | None = None, **asked: Any) -> dict[str, object]:
    """Say that a partner comes, with as many people as there are seats or with fewer."""

    def accept(invitation: Invitation, ledger: SeatLedger, answer: Answer) -> None:
        invitation.accept(seats=seats, ledger=ledger, answer=answer)

    return _answer(work, scope, accept, **asked)


def leave_invitation_open(*, work: Work, scope: Scope, **asked: Any) -> dict[str, object]:
    """Say that a partner may come."""
    return _answer(work, scope, lambda it, ledger, answer: it.leave_open(ledger=ledger, answer=answer), **asked)


def decline_invitation(*, work: Work, scope: Scope, periods: Periods, **asked: Any) -> dict[str, object]:
    """Say that a partner does not come; its seats are kept until that can no longer be taken back."""

    def decline(invitation: Invitation, ledger: SeatLedger, answer: Answer) -> None:
        invitation.decline(ledger=ledger, grace=periods.grace, answer=answer)

    return _answer(work, scope, decline, **asked)


def take_back_answer(*, work: Work, scope: Scope, **asked: Any) -> dict[str, object]:
    """Let what a partner answered before its no hold again."""
    return _answer(work, scope, lambda it, ledger, answer: it.take_back(ledger=ledger, answer=answer), **asked)


def offer_freed_seats(*, work: Work, periods: Periods, camp_id: str) -> None:
    """Offer what is free to those who wait, in their order; once a camp has begun, to nobody."""
    camp = Camps(work).known(camp_id, scope=PLATFORM)
    ledger = SeatLedgers(work).get(camp_id, scope=PLATFORM)
    if _offer(work, camp, ledger, periods):
        SeatLedgers(work).save(ledger)


def give_up_seats(*, store: Store, claims: Claims) -> None:
    """End the grace of each no that was not taken back, and each offer that was not taken, when its time is over."""

    def give_up(claimed: Claimed) -> bool:
        store.transact(lambda work: _let_time_pass(work, claimed.id), cause=claimed.cause)
        return True

    claims.work_off(lambda: whose_time_is_up(store.clock()), give_up)


def keep_delivery_state(*, work: Work, about_kind: str, about_id: str, delivery_id: str, state: str) -> None:
    """Note on an invitation how a letter about it fares; letters about other things are not camps' business.

    Raises NotYetKnown for an invitation that is not stored, and Superseded.
    """
    if about_kind == "invitation":
        invitation = Invitations(work).known(about_id, scope=PLATFORM)
        if not invitation.delivery.hear(delivery_id, DeliveryState(state)):
            known = invitation.delivery.letters[delivery_id]
            raise Superseded(f"delivery {delivery_id} is {known}, and this says {state}")
        Invitations(work).save(invitation)


def _invite(work: Work, camp: Camp, reasons_of: Mapping[str, list[Reason]]) -> None:
    drafts = []
    for partner_id, reasons in reasons_of.items():
        invitation = Invitations(work).first({"camp_id": camp.id, "partner_id": partner_id}, scope=PLATFORM)
        if invitation is None:
            drafts.append(Invitation.draft(id=work.new_id("inv"), camp=camp, partner_id=partner_id, reasons=reasons))
        elif invitation.needs_only_a_reason:
            invitation.add(reasons)
            drafts.append(invitation)
        else:
            _add_reasons(work, invitation, reasons)
    if drafts:
        _issue(work, camp, drafts)


def _add_reasons(work: Work, invitation: Invitation, reasons: list[Reason]) -> None:
    added = invitation.add(reasons)
    if invitation.calls_for_sessions:
        for result in added:
            Sessions(work).save(Session.propose(id=work.new_id("ses"), invitation=invitation, result=result))
    if added:
        Invitations(work).save(invitation)


def _issue(work: Work, camp: Camp, drafts: list[Invitation]) -> None:
    ledger = SeatLedgers(work).get(camp.id, scope=PLATFORM)
    for invitation in drafts:
        invitation.issue(camp=camp, ledger=ledger)
        Invitations(work).save(invitation)
    SeatLedgers(work).save(ledger)


def _answer(
    work: Work, scope: Scope, deed: Deed, *, invitation_id: str, version: int | None, reason: str | None = None
) -> dict[str, object]:
    invitation = Invitations(work).get(invitation_id, scope=scope, version=version)
    if not scope.works_for_the_programme:
        camp = Camps(work).get(invitation.camp_id, scope=PLATFORM)
        invitation.refuse_late_answers(camp=camp, at=work.now)
    ledger = SeatLedgers(work).get(invitation.camp_id, scope=PLATFORM)
    deed(invitation, ledger, Answer(by=scope.subject, via=Via.API, at=work.now, reason=reason))
    _save_what_happened(work, invitation, ledger)
    return to_public(invitation)


def _learn(work: Work, milestone_id: str, partner_id: str, sequence: int) -> None:
    milestones = Milestones(work)
    known = milestones.first({"_id": milestone_id}, scope=PLATFORM) or Milestone(id=milestone_id, partner_id=partner_id)
    if not known.learn(sequence=sequence):
        raise Superseded(
            f"milestone {milestone_id} is known by its event {known.seen_sequence}, and this is {sequence}"
        )
    milestones.save(known)


def _withdraw(work: Work, invitation: Invitation, periods: Periods, *, reason: str) -> None:
    camp = Camps(work).get(invitation.camp_id, scope=PLATFORM)
    ledger = SeatLedgers(work).get(invitation.camp_id, scope=PLATFORM)
    waited = ledger.position(invitation.id)
    invitation.withdraw(reason=reason, ledger=ledger)
    Invitations(work).save(invitation)
    if waited:  # It frees no seat, but those that were too few for it may be enough for the next.
        _offer(work, camp, ledger, periods)
    SeatLedgers(work).save(ledger)


def _let_time_pass(work: Work, invitation_id: str) -> None:
    invitation = Invitations(work).get(invitation_id, scope=PLATFORM)
    ledger = SeatLedgers(work).get(invitation.camp_id, scope=PLATFORM)
    invitation.time_passes(ledger=ledger, at=work.now)
    _save_what_happened(work, invitation, ledger)


def _save_what_happened(work: Work, invitation: Invitation, ledger: SeatLedger) -> None:
    """Store both if anything did: the same answer twice is no event, and no new version."""
    if invitation.recorded:
        Invitations(work).save(invitation)
        SeatLedgers(work).save(ledger)


def _offer(work: Work, camp: Camp, ledger: SeatLedger, periods: Periods) -> list[str]:
    """Offer what is free, and give to whom."""
    offered = [] if camp.has_begun(work.now) else ledger.offer()
    until = min(work.now + periods.offer, camp.begins_at())
    for invitation_id in offered:
        invitation = Invitations(work).get(invitation_id, scope=PLATFORM)
        invitation.offer(camp=camp, until=until)
        Invitations(work).save(invitation)
    return offered


def _leave_to_the_institute(scope: Scope) -> None:
    if not scope.works_for_the_programme:
        raise DecidedByTheInstitute
