"""Staff invites partners, one or several at once, and issues again what was closed."""

from dataclasses import dataclass
from functools import partial

from chassis.domain.errors import DomainError
from chassis.domain.scope import EVERY_ORGANISATION, PLATFORM, Scope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import command
from services.camps.events import invitation as events
from services.camps.model.camp import Camp
from services.camps.model.invitations.answer import Periods
from services.camps.model.invitations.invitation import Invitation
from services.camps.model.invitations.invitation_lifecycle import InvitationState
from services.camps.repository.camp import Camps, EligiblePartners, People
from services.camps.repository.invitations import Invitations
from services.camps.schemas.camp import CampId, ExpectedVersion, InvitationId, PartnerId, Reason, Seats
from services.camps.schemas.invitations import PartnerIds
from services.camps.use_cases.invitations.invitation import issue
from services.camps.use_cases.programme.session import propose_again

STAFF = "staff"
"""The kind of a reason that the institute gave itself."""


@dataclass(frozen=True, kw_only=True)
class InvitedPartner:
    """What became of one partner that was to be invited: its invitation, or why it has none by this."""

    partner_id: str
    invitation_id: str | None = None
    state: InvitationState | None = None
    code: str | None = None
    """The code of the error, if it was not invited."""
    message: str | None = None


@dataclass(frozen=True, kw_only=True)
class InvitedPartners:
    """One result for each partner that was to be invited, in the order asked."""

    results: list[InvitedPartner]


@command(needs=EVERY_ORGANISATION)
def issue_invitation(
    uow: UnitOfWork,
    periods: Periods,
    *,
    camp_id: CampId,
    partner_id: PartnerId,
    reason: Reason,
    seats: Seats | None = None,
) -> Invitation:
    """Invite a partner to a camp, for a reason of the institute's that its letter gives.

    After the last day to answer, it has as much time as a partner that is offered seats that became free.
    """
    camp = Camps(uow).named(camp_id, by="camp_id", scope=PLATFORM)
    return _invite(uow, periods, camp, partner_id, reason, seats=seats, by="partner_id")


@command(needs=EVERY_ORGANISATION)
def issue_invitations(
    uow: UnitOfWork,
    periods: Periods,
    *,
    camp_id: CampId,
    partner_ids: PartnerIds,
    reason: Reason,
    seats: Seats | None = None,
) -> InvitedPartners:
    """Invite several partners to a camp for one reason: each is invited, or its result says why not."""
    camp = Camps(uow).named(camp_id, by="camp_id", scope=PLATFORM)
    camp.refuse_unless_inviting(uow.now)
    results = []
    for number, partner_id in enumerate(dict.fromkeys(partner_ids)):
        try:
            asked = _invite(uow, periods, camp, partner_id, reason, seats=seats, by=f"partner_ids/{number}")
        except DomainError as error:
            results.append(InvitedPartner(partner_id=partner_id, code=error.code, message=str(error)))
        else:
            results.append(InvitedPartner(partner_id=partner_id, invitation_id=asked.id, state=asked.state))
    return InvitedPartners(results=results)


@command(needs=EVERY_ORGANISATION)
def reissue_invitation(
    uow: UnitOfWork,
    scope: Scope,
    periods: Periods,
    *,
    invitation_id: InvitationId,
    version: ExpectedVersion,
    reason: Reason,
    seats: Seats | None = None,
) -> Invitation:
    """Issue again an invitation that was withdrawn, declined or has expired, for a reason that its letter gives."""
    invitation = Invitations(uow).get(invitation_id, scope=scope, version=version)
    camp = Camps(uow).get(invitation.camp_id, scope=PLATFORM)
    invitation.refuse_unless_closed()
    camp.refuse_unless_inviting(uow.now)
    camp.refuse_more_seats_than_there_are(seats)
    _refuse_unless_invitable(uow, invitation)
    invitation.add([said(uow, reason)])
    issue(uow, periods, camp, invitation, ask=partial(Invitation.issue_again, seats=seats))
    if invitation.partner_id:
        propose_again(uow, invitation)
    return invitation


def _invite(
    uow: UnitOfWork,
    periods: Periods,
    camp: Camp,
    partner_id: str,
    reason: str,
    *,
    seats: int | None,
    by: str,
) -> Invitation:
    camp.refuse_unless_inviting(uow.now)
    camp.refuse_more_seats_than_there_are(seats)
    EligiblePartners(uow).referenced(partner_id, by=by).refuse_unless_invitable()
    known = Invitations(uow).first({"camp_id": camp.id, "partner_id": partner_id}, scope=PLATFORM)
    if known is not None:
        raise known.already_invited()
    invitation = Invitation.to_camp(
        id=uow.new_id("inv"), camp=camp, partner_id=partner_id, reasons=[said(uow, reason)], seats=seats
    )
    issue(uow, periods, camp, invitation)
    return invitation


def _refuse_unless_invitable(uow: UnitOfWork, invitation: Invitation) -> None:
    if invitation.partner_id:
        EligiblePartners(uow).referenced(invitation.partner_id, by="invitation_id").refuse_unless_invitable()
    if invitation.guest and invitation.guest.person_id:
        person = People(uow).referenced(invitation.guest.person_id, by="invitation_id")
        person.refuse_unless_of(None, field="invitation_id")


def said(uow: UnitOfWork, reason: str) -> events.Reason:
    """Give what the institute says itself as a reason to invite."""
    return events.Reason(kind=STAFF, id=uow.new_id("rsn"), title=reason)
