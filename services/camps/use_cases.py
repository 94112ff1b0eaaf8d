"""What one can ask of camps: each is one function that gets, asks the model, and saves."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from chassis.documents import to_public
from chassis.domain import Superseded
from chassis.scope import PLATFORM, Scope
from chassis.store import Work
from services.camps.events import Reason
from services.camps.model.camp import Camp, DecidedByTheInstitute, Season
from services.camps.model.eligible_partner import EligiblePartner
from services.camps.model.invitation import DeliveryState, Invitation
from services.camps.model.kept_reason import KeptReason
from services.camps.model.seat_ledger import SeatLedger
from services.camps.model.session import Session
from services.camps.repository import Camps, EligiblePartners, Invitations, KeptReasons, SeatLedgers, Sessions


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
    """Take down a partner that was admitted: from now on it may be invited; raises Superseded."""
    partners = EligiblePartners(work)
    partner = partners.first({"_id": partner_id}, scope=PLATFORM) or EligiblePartner(id=partner_id, name=name)
    if not partner.learn(name=name, sequence=sequence):
        raise Superseded(f"partner {partner_id} is known by its event {partner.seen_sequence}, and this is {sequence}")
    partners.save(partner)


def invite_partner(*, work: Work, partner_id: str, milestone_id: str, title: str) -> None:
    """Take a milestone as a reason to invite its partner to the next camp, or keep it until one is inviting.

    Raises NotYetKnown while camps has not heard that the partner was admitted.
    """
    EligiblePartners(work).known(partner_id, scope=PLATFORM)
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


def _leave_to_the_institute(scope: Scope) -> None:
    if not scope.sees_every_organisation:
        raise DecidedByTheInstitute
