"""Results are proposed as sessions, and withdrawn when there is nothing to show."""

from collections.abc import Mapping
from typing import Any

from chassis.domain.scope import PLATFORM
from chassis.persistence.unit_of_work import UnitOfWork
from services.camps.events.invitation import Reason
from services.camps.model.invitation import Invitation
from services.camps.model.session import Session, SessionState, SessionWithdrawal, about
from services.camps.repository import Sessions


def propose_session(uow: UnitOfWork, invitation: Invitation, result: Reason) -> None:
    """Propose a session about a result; one that was withdrawn is proposed again."""
    same = {"camp_id": invitation.camp_id, **about(result.kind, result.id)}
    known = Sessions(uow).first(same, scope=PLATFORM)
    if known is None:
        Sessions(uow).save(Session.propose(id=uow.new_id("ses"), invitation=invitation, result=result))
    elif known.state is SessionState.WITHDRAWN:
        known.propose_again()
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
    """Withdraw every session that fits and is only proposed."""
    for session in Sessions(uow).each({**where, "state": SessionState.PROPOSED}, scope=PLATFORM):
        session.withdraw(because)
        Sessions(uow).save(session)
