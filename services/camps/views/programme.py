"""What one can see of sessions and of what is decided about them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chassis.domain.scope import EVERY_ORGANISATION, Scope
from chassis.persistence.queries import list_page
from chassis.persistence.unit_of_work import Reading
from chassis.schemas.messages import Page, Paging
from chassis.schemas.operations import query
from services.camps.model.programme.session import Session
from services.camps.model.programme.session_content import SessionKind, Verdict
from services.camps.model.programme.session_lifecycle import SessionState
from services.camps.repository.programme import Sessions
from services.camps.schemas.camp import CampId, PartnerId
from services.camps.schemas.programme import SessionId

UNTOLD = {"$ne": None}


@dataclass(frozen=True, kw_only=True)
class UntoldDecision:
    """What is decided about a session and not yet told."""

    session_id: str
    camp_id: str
    partner_id: str | None
    title: str
    verdict: Verdict
    reason: str | None
    by: str
    at: datetime


@query
def list_sessions(
    reading: Reading,
    scope: Scope,
    *,
    paging: Paging,
    camp_id: CampId | None = None,
    partner_id: PartnerId | None = None,
    state: SessionState | None = None,
    kind: SessionKind | None = None,
) -> Page[Session]:
    """List sessions: at one camp, of one partner, in one state or of one kind."""
    where = {"camp_id": camp_id, "partner_id": partner_id, "state": state, "kind": kind}
    return list_page(Sessions(reading), paging, scope=scope, **where)


@query
def show_session(reading: Reading, scope: Scope, *, session_id: SessionId) -> Session:
    """Show a session; what is decided and not yet told is not in it."""
    return Sessions(reading).get(session_id, scope=scope)


@query(needs=EVERY_ORGANISATION)
def list_untold_decisions(
    reading: Reading, scope: Scope, *, paging: Paging, camp_id: CampId | None = None
) -> Page[UntoldDecision]:
    """List what is decided about sessions and not yet told, at one camp or at all."""
    found = list_page(Sessions(reading), paging, scope=scope, camp_id=camp_id, untold=UNTOLD)
    return Page(items=[_decision(each) for each in found.items], next_cursor=found.next_cursor)


def _decision(session: Session) -> UntoldDecision:
    about: dict[str, Any] = {"session_id": session.id, "camp_id": session.camp_id, "partner_id": session.partner_id}
    decided: dict[str, Any] = vars(session.untold)
    return UntoldDecision(**about, title=session.title, **decided)
