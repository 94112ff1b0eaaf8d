"""Results are proposed as sessions, and withdrawn when there is nothing to show."""

from collections.abc import Mapping
from typing import Any

from chassis.domain.scope import PLATFORM
from chassis.persistence.unit_of_work import UnitOfWork
from services.camps.events.invitation import Reason
from services.camps.model.camp import Camp
from services.camps.model.invitations.invitation import Invitation
from services.camps.model.programme.evidence import about
from services.camps.model.programme.session import Session
from services.camps.model.programme.session_content import EvidenceLoss, SessionWithdrawal
from services.camps.model.programme.session_lifecycle import DECIDED, PROPOSED, WITHDRAWABLE, SessionState
from services.camps.repository.camp import Camps
from services.camps.repository.programme import Sessions


def propose_session(uow: UnitOfWork, invitation: Invitation, result: Reason) -> None:
    """Propose a session about a result; one that was withdrawn is proposed again, unless somebody wanted it so.

    One that is to take place all the same shows again what is so.
    """
    same = {"camp_id": invitation.camp_id, **about(result.kind, result.id)}
    known = Sessions(uow).first(same, scope=PLATFORM)
    if known is None:
        Sessions(uow).save(Session.propose(id=uow.new_id("ses"), invitation=invitation, result=result))
    elif known.state is SessionState.WITHDRAWN and not known.is_withdrawn_by_hand:
        known.propose_again()
        Sessions(uow).save(known)
    elif known.is_decided:
        known.regain_evidence(_camp(uow, known))
        Sessions(uow).save(known)


def propose_again(uow: UnitOfWork, invitation: Invitation) -> None:
    """Propose the sessions again that were withdrawn with an invitation, if their results hold still."""
    theirs = {"camp_id": invitation.camp_id, "partner_id": invitation.partner_id, "state": SessionState.WITHDRAWN}
    reached = {reason.id for reason in invitation.reasons}
    for session in Sessions(uow).each(theirs, scope=PLATFORM):
        if session.is_withdrawn_with_its_invitation and session.about_id in reached:
            session.propose_again()
            Sessions(uow).save(session)


def withdraw_sessions(uow: UnitOfWork, where: Mapping[str, Any], *, because: SessionWithdrawal) -> None:
    """Withdraw every session that fits and that is to take place, or may be: nobody comes who would present it."""
    for session in Sessions(uow).each({**where, "state": {"$in": WITHDRAWABLE}}, scope=PLATFORM):
        session.withdraw(because)
        Sessions(uow).save(session)


def lose_evidence(uow: UnitOfWork, where: Mapping[str, Any], *, because: SessionWithdrawal) -> None:
    """Withdraw the sessions that fit and are only proposed; of those that are to take place, say that it is gone."""
    for session in Sessions(uow).each({**where, "state": {"$in": [*DECIDED, PROPOSED]}}, scope=PLATFORM):
        camp = _camp(uow, session)
        if not session.is_decided:
            session.withdraw(because)
        elif uow.now < camp.ends_at():
            session.lose_evidence(EvidenceLoss(because), camp)
        Sessions(uow).save(session)


def withdraw_what_is_to_come(uow: UnitOfWork, partner_id: str) -> None:
    """Withdraw the sessions of a partner that departed, at camps that have not begun."""
    theirs = {"partner_id": partner_id, "state": {"$in": WITHDRAWABLE}}
    for session in Sessions(uow).each(theirs, scope=PLATFORM):
        if not _camp(uow, session).has_begun(uow.now):
            session.withdraw(SessionWithdrawal.DEPARTED)
            Sessions(uow).save(session)


def _camp(uow: UnitOfWork, session: Session) -> Camp:
    return Camps(uow).get(session.camp_id, scope=PLATFORM)
