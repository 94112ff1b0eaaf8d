"""The institute decides about sessions, and tells: at once, or later what was decided before."""

from chassis.domain.scope import EVERY_ORGANISATION, PLATFORM, Scope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import command
from services.camps.model.camp import Camp
from services.camps.model.programme.session import Session
from services.camps.model.programme.session_content import SessionCancellation, SessionDecision, Verdict
from services.camps.repository.camp import Camps
from services.camps.repository.programme import Sessions
from services.camps.schemas.camp import ExpectedVersion, Reason
from services.camps.schemas.programme import SessionId


@command(needs=EVERY_ORGANISATION)
def accept_session(uow: UnitOfWork, scope: Scope, *, session_id: SessionId, version: ExpectedVersion) -> Session:
    """Accept a session that is proposed, or was declined; its partner is told at once."""
    session = Sessions(uow).get(session_id, scope=scope, version=version)
    session.accept(_decided(uow, scope, Verdict.ACCEPTED), _camp(uow, session))
    return Sessions(uow).save(session)


@command(needs=EVERY_ORGANISATION)
def decline_session(
    uow: UnitOfWork, scope: Scope, *, session_id: SessionId, version: ExpectedVersion, reason: Reason
) -> Session:
    """Decline a session, for a reason that its partner is told at once."""
    session = Sessions(uow).get(session_id, scope=scope, version=version)
    session.decline(_decided(uow, scope, Verdict.DECLINED, reason), _camp(uow, session))
    return Sessions(uow).save(session)


@command(needs=EVERY_ORGANISATION)
def decide_session(
    uow: UnitOfWork,
    scope: Scope,
    *,
    session_id: SessionId,
    version: ExpectedVersion,
    verdict: Verdict,
    reason: Reason | None = None,
) -> Session:
    """Enter what is decided about a proposed session without telling anybody: it is shown as proposed until then."""
    session = Sessions(uow).get(session_id, scope=scope, version=version)
    session.decide(_decided(uow, scope, verdict, reason))
    return Sessions(uow).save(session)


@command(needs=EVERY_ORGANISATION)
def take_back_decision(uow: UnitOfWork, scope: Scope, *, session_id: SessionId, version: ExpectedVersion) -> Session:
    """Take back what is decided about a session and not yet told."""
    session = Sessions(uow).get(session_id, scope=scope, version=version)
    session.take_back_decision()
    return Sessions(uow).save(session)


@command(needs=EVERY_ORGANISATION)
def disclose_decision(uow: UnitOfWork, scope: Scope, *, session_id: SessionId, version: ExpectedVersion) -> Session:
    """Tell a partner what was decided about its session."""
    session = Sessions(uow).get(session_id, scope=scope, version=version)
    session.disclose(_camp(uow, session))
    return Sessions(uow).save(session)


@command(needs=EVERY_ORGANISATION)
def cancel_session(
    uow: UnitOfWork, scope: Scope, *, session_id: SessionId, version: ExpectedVersion, reason: Reason
) -> Session:
    """Cancel a session that was to take place, for a reason that its partner is told."""
    session = Sessions(uow).get(session_id, scope=scope, version=version)
    session.cancel(SessionCancellation(reason=reason, by=scope.subject, at=uow.now), _camp(uow, session))
    return Sessions(uow).save(session)


@command(needs=EVERY_ORGANISATION)
def reinstate_session(uow: UnitOfWork, scope: Scope, *, session_id: SessionId, version: ExpectedVersion) -> Session:
    """Reinstate a session that was cancelled; its partner is told, and confirms it anew."""
    session = Sessions(uow).get(session_id, scope=scope, version=version)
    session.reinstate(_camp(uow, session))
    return Sessions(uow).save(session)


@command(needs=EVERY_ORGANISATION)
def deliver_session(uow: UnitOfWork, scope: Scope, *, session_id: SessionId, version: ExpectedVersion) -> Session:
    """Put on record that a session was delivered, once its camp has begun."""
    session = Sessions(uow).get(session_id, scope=scope, version=version)
    session.deliver(has_begun=_camp(uow, session).begins_at() <= uow.now)
    return Sessions(uow).save(session)


@command(needs=EVERY_ORGANISATION)
def undo_delivery(uow: UnitOfWork, scope: Scope, *, session_id: SessionId, version: ExpectedVersion) -> Session:
    """Take back that a session was delivered."""
    session = Sessions(uow).get(session_id, scope=scope, version=version)
    session.undo_delivery()
    return Sessions(uow).save(session)


def _camp(uow: UnitOfWork, session: Session) -> Camp:
    return Camps(uow).get(session.camp_id, scope=PLATFORM)


def _decided(uow: UnitOfWork, scope: Scope, verdict: Verdict, reason: str | None = None) -> SessionDecision:
    return SessionDecision(verdict=verdict, reason=reason, by=scope.subject, at=uow.now)
