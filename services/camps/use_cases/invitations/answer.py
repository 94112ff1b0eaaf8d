"""Partners answer their invitations, and may answer otherwise later."""

from dataclasses import dataclass
from functools import partial
from typing import Protocol

from chassis.domain.scope import PLATFORM, Scope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import command
from services.camps.model.invitations.answer import Answer, Periods, PossibleAnswer, Via
from services.camps.model.invitations.invitation import Invitation
from services.camps.model.invitations.invitation_lifecycle import InvitationState
from services.camps.model.invitations.reply_link import ReplyLinks
from services.camps.model.invitations.seat_ledger import SeatLedger
from services.camps.repository.camp import Camps, People
from services.camps.repository.invitations import Invitations, SeatLedgers
from services.camps.repository.link_holders import holder_of
from services.camps.schemas.camp import ExpectedVersion, InvitationId, Reason, Seats
from services.camps.schemas.invitations import FewerSeats, Secret
from services.camps.use_cases.invitations.seats import pass_over_if_it_must_be, save_what_happened
from services.camps.use_cases.invitations.waitlist import rejoin


class AnswerAction(Protocol):
    """What an answer does to an invitation and its seats."""

    def __call__(self, invitation: Invitation, /, *, ledger: SeatLedger, answer: Answer) -> None:
        """Do it."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where an invitation stands after an answer."""

    state: InvitationState


@command
def accept_invitation(
    uow: UnitOfWork,
    scope: Scope,
    *,
    invitation_id: InvitationId,
    version: ExpectedVersion,
    seats: Seats | None = None,
) -> Invitation:
    """Accept an invitation, with as many people as there are seats or with fewer."""
    invitation = Invitations(uow).get(invitation_id, scope=scope, version=version)
    return _answer(uow, scope, invitation, partial(Invitation.accept, seats=seats))


@command
def answer_tentatively(
    uow: UnitOfWork, scope: Scope, *, invitation_id: InvitationId, version: ExpectedVersion
) -> Invitation:
    """Answer an invitation tentatively: the partner may attend."""
    invitation = Invitations(uow).get(invitation_id, scope=scope, version=version)
    return _answer(uow, scope, invitation, Invitation.answer_tentatively)


@command
def decline_invitation(
    uow: UnitOfWork,
    scope: Scope,
    periods: Periods,
    *,
    invitation_id: InvitationId,
    version: ExpectedVersion,
    reason: Reason | None = None,
) -> Invitation:
    """Decline an invitation; its seats are kept until that can no longer be undone."""
    invitation = Invitations(uow).get(invitation_id, scope=scope, version=version)
    return _answer(uow, scope, invitation, partial(Invitation.decline, grace=periods.grace), reason=reason)


@command
def undo_answer(uow: UnitOfWork, scope: Scope, *, invitation_id: InvitationId, version: ExpectedVersion) -> Invitation:
    """Undo a declined answer: what the partner answered before holds again."""
    invitation = Invitations(uow).get(invitation_id, scope=scope, version=version)
    return _answer(uow, scope, invitation, Invitation.undo_answer)


@command
def take_fewer_seats(
    uow: UnitOfWork, scope: Scope, *, invitation_id: InvitationId, version: ExpectedVersion, seats: FewerSeats
) -> Invitation:
    """Wait for fewer seats, in the place the partner has; it is asked as soon as these are free."""
    invitation = Invitations(uow).get(invitation_id, scope=scope, version=version)
    return _answer(uow, scope, invitation, partial(Invitation.take_fewer, seats=seats))


@command
def wait_on(uow: UnitOfWork, scope: Scope, *, invitation_id: InvitationId, version: ExpectedVersion) -> Invitation:
    """Wait for all the seats a partner waited for, in its turn, instead of taking the fewer that are offered."""
    invitation = Invitations(uow).get(invitation_id, scope=scope, version=version)
    camp = Camps(uow).get(invitation.camp_id, scope=PLATFORM)
    return _answer(uow, scope, invitation, partial(Invitation.wait_on, camp=camp))


@command
def leave_waitlist(
    uow: UnitOfWork,
    scope: Scope,
    *,
    invitation_id: InvitationId,
    version: ExpectedVersion,
    reason: Reason | None = None,
) -> Invitation:
    """Leave a waitlist; the institute says why. The partner can join again, behind all others."""
    invitation = Invitations(uow).get(invitation_id, scope=scope, version=version)
    action = partial(Invitation.leave_waitlist, by_staff=scope.is_unrestricted)
    return _answer(uow, scope, invitation, action, reason=reason)


@command
def rejoin_waitlist(
    uow: UnitOfWork, scope: Scope, periods: Periods, *, invitation_id: InvitationId, version: ExpectedVersion
) -> Invitation:
    """Join a waitlist again that was left, behind all others; where seats are free, the partner is asked at once."""
    invitation = Invitations(uow).get(invitation_id, scope=scope, version=version)
    camp = Camps(uow).get(invitation.camp_id, scope=PLATFORM)
    return _answer(uow, scope, invitation, partial(rejoin, uow, periods, camp))


@command
def answer_by_link(
    uow: UnitOfWork,
    periods: Periods,
    links: ReplyLinks,
    *,
    token: Secret,
    nonce: Secret,
    answer: PossibleAnswer,
    seats: Seats | None = None,
) -> Standing:
    """Answer an invitation as the person its link was sent to, from the form that was shown."""
    held = links.read(token)
    invitation = Invitations(uow).get(held.thing_id, scope=PLATFORM)
    holder = holder_of(uow, held, invitation)
    if holder.person:
        People(uow).touch(holder.person)  # Who leaves at this moment does not answer unseen.
    links.refuse_an_old_form(invitation, nonce, holder_id=holder.id)
    invitation.refuse_late_answers(at=uow.now)
    action = _actions(uow, periods, invitation, seats=seats)[answer]
    _apply(uow, invitation, action, Answer(by=holder.id, via=Via.RSVP, at=uow.now))
    return Standing(state=invitation.state)


def _actions(
    uow: UnitOfWork, periods: Periods, invitation: Invitation, *, seats: int | None
) -> dict[PossibleAnswer, AnswerAction]:
    camp = Camps(uow).get(invitation.camp_id, scope=PLATFORM)
    return {
        PossibleAnswer.ACCEPTED: partial(Invitation.accept, seats=seats),
        PossibleAnswer.TENTATIVE: Invitation.answer_tentatively,
        PossibleAnswer.DECLINED: partial(Invitation.decline, grace=periods.grace),
        PossibleAnswer.UNDONE: Invitation.undo_answer,
        PossibleAnswer.FEWER_SEATS: partial(Invitation.take_fewer, seats=seats),
        PossibleAnswer.WAITING: partial(Invitation.wait_on, camp=camp),
        PossibleAnswer.LEFT: Invitation.leave_waitlist,
        PossibleAnswer.REJOINED: partial(rejoin, uow, periods, camp),
    }


def _answer(
    uow: UnitOfWork, scope: Scope, invitation: Invitation, action: AnswerAction, *, reason: str | None = None
) -> Invitation:
    if not scope.is_unrestricted:
        invitation.refuse_late_answers(at=uow.now)
    _apply(uow, invitation, action, Answer(by=scope.subject, via=Via.API, at=uow.now, reason=reason))
    return invitation


def _apply(uow: UnitOfWork, invitation: Invitation, action: AnswerAction, answer: Answer) -> None:
    ledger = SeatLedgers(uow).get(invitation.camp_id, scope=PLATFORM)
    action(invitation, ledger=ledger, answer=answer)
    pass_over_if_it_must_be(uow, invitation, ledger)
    save_what_happened(uow, invitation, ledger)
