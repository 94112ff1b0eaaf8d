"""Invitations are withdrawn: by staff, with their last reason, or when a partnership ends."""

from collections.abc import Mapping

from chassis.domain.scope import EVERY_ORGANISATION, PLATFORM, Scope
from chassis.messaging.envelope import Envelope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import command, reaction
from services.camps.model.invitations.answer import Periods
from services.camps.model.invitations.answerable import Withdrawal, WithdrawalKind
from services.camps.model.invitations.invitation import Invitation
from services.camps.model.programme.evidence import MILESTONE, about
from services.camps.model.programme.session_content import SessionWithdrawal
from services.camps.repository.camp import Camps, EligiblePartners
from services.camps.repository.invitations import Invitations, PendingReasons, SeatLedgers
from services.camps.repository.programme import Milestones
from services.camps.schemas.camp import ExpectedVersion, InvitationId, MilestoneId, PartnerId, Reason
from services.camps.schemas.invitations import StandingReason
from services.camps.use_cases.delegations.following import follow_invitation
from services.camps.use_cases.invitations.seats import offer
from services.camps.use_cases.programme.session import lose_evidence, withdraw_sessions, withdraw_what_is_to_come

NO_REASON_LEFT = "There is no reason left for it"
PARTNERSHIP_ENDED = "The partnership has ended"
HAS_LEFT = "They have left the institute"


@reaction("engagements.milestone.reopened")
def withdraw_reason(
    uow: UnitOfWork,
    event: Envelope,
    periods: Periods,
    *,
    milestone_id: MilestoneId,
    partner_id: PartnerId,
) -> None:
    """Take a reason to invite back; an unanswered invitation with none left is withdrawn.

    Raises Superseded.
    """
    Milestones(uow).keep(milestone_id, partner_id, sequence=event.sequence)
    lose_reason(uow, periods, partner_id, about(MILESTONE, milestone_id), because=SessionWithdrawal.MILESTONE)


def lose_reason(
    uow: UnitOfWork, periods: Periods, partner_id: str, result: Mapping[str, str], *, because: SessionWithdrawal
) -> None:
    """Invite a partner no longer for a result, given as a session has it, and have it share that no longer."""
    (result_id,) = result.values()
    PendingReasons(uow).drop({"partner_id": partner_id, "reason.id": result_id})
    lose_evidence(uow, {"partner_id": partner_id, **result}, because=because)
    for invitation in Invitations(uow).each({"partner_id": partner_id, "reasons.id": result_id}, scope=PLATFORM):
        invitation.lose(result_id)
        if invitation.is_pointless:
            withdrawal = Withdrawal(kind=WithdrawalKind.NO_REASON_LEFT, reason=NO_REASON_LEFT, at=uow.now)
            withdraw(uow, invitation, withdrawal, periods)
        else:
            Invitations(uow).save(invitation)


@reaction("partners.partner.departed", "partners.partner.graduated")
def withdraw_open_invitations(
    uow: UnitOfWork,
    event: Envelope,
    periods: Periods,
    *,
    partner_id: PartnerId,
    reason: StandingReason | None = None,
    admission_number: int = 1,
) -> None:
    """Invite a partner that departed no longer, and to no camp that is still to come.

    Raises NotYetKnown while camps has not heard that it was admitted, and Superseded.
    """
    partner = EligiblePartners(uow).known(partner_id, scope=PLATFORM)
    partner.enter(admission_number)
    partner.depart(sequence=event.sequence, reason=reason)
    EligiblePartners(uow).save(partner)
    end_invitations(uow, periods, partner_id)


def end_invitations(uow: UnitOfWork, periods: Periods, partner_id: str) -> None:
    """Take back what a partner is asked or waits for, and the reasons that are pending, with the end of its admission.

    A camp that has begun keeps who is there.
    """
    PendingReasons(uow).drop({"partner_id": partner_id})
    withdrawal = Withdrawal(kind=WithdrawalKind.PARTNER_DEPARTED, reason=PARTNERSHIP_ENDED, at=uow.now)
    for invitation in Invitations(uow).each({"partner_id": partner_id}, scope=PLATFORM):
        camp = Camps(uow).get(invitation.camp_id, scope=PLATFORM)
        if invitation.is_open and not camp.has_begun(uow.now):
            withdraw(uow, invitation, withdrawal, periods)
    withdraw_what_is_to_come(uow, partner_id)


@command(needs=EVERY_ORGANISATION)
def withdraw_invitation(
    uow: UnitOfWork,
    scope: Scope,
    periods: Periods,
    *,
    invitation_id: InvitationId,
    version: ExpectedVersion,
    reason: Reason,
) -> Invitation:
    """Withdraw an invitation, for a reason that the partner is told."""
    invitation = Invitations(uow).get(invitation_id, scope=scope, version=version)
    withdrawal = Withdrawal(kind=WithdrawalKind.BY_STAFF, reason=reason, at=uow.now)
    withdraw(uow, invitation, withdrawal, periods)
    return invitation


def withdraw(uow: UnitOfWork, invitation: Invitation, withdrawal: Withdrawal, periods: Periods) -> None:
    """Withdraw an invitation, its delegates and its sessions, and offer what that leaves to who waits."""
    camp = Camps(uow).get(invitation.camp_id, scope=PLATFORM)
    ledger = SeatLedgers(uow).get(invitation.camp_id, scope=PLATFORM)
    waited = ledger.position(invitation.id)
    if withdrawal.kind is WithdrawalKind.NO_REASON_LEFT:
        invitation.withdraw_for_want_of_a_reason(withdrawal, kept=periods.grace, ledger=ledger)
    else:
        invitation.withdraw(withdrawal, ledger=ledger)
    follow_invitation(uow, invitation)
    Invitations(uow).save(invitation)
    if invitation.partner_id:  # of nobody's are the institute's own sessions
        theirs = {"camp_id": camp.id, "partner_id": invitation.partner_id}
        withdraw_sessions(uow, theirs, because=SessionWithdrawal.INVITATION)
    if waited:  # It frees no seat, but those that were too few for it may be enough for the next.
        offer(uow, camp, ledger, periods)
    SeatLedgers(uow).save(ledger)


def end_invitations_by_name(uow: UnitOfWork, periods: Periods, person_id: str) -> None:
    """Invite somebody of the institute who has left no longer, to no camp that is still to begin."""
    withdrawal = Withdrawal(kind=WithdrawalKind.PERSON_LEFT, reason=HAS_LEFT, at=uow.now)
    for invitation in Invitations(uow).each({"guest.person_id": person_id}, scope=PLATFORM):
        camp = Camps(uow).get(invitation.camp_id, scope=PLATFORM)
        if invitation.is_open and not camp.has_begun(uow.now):
            withdraw(uow, invitation, withdrawal, periods)
