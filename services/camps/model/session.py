"""A session: something that somebody shares at a camp."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from chassis.domain import Aggregate
from services.camps import events
from services.camps.events import Reason
from services.camps.model.invitation import Invitation


class SessionKind(StrEnum):
    """What is shared in a session."""

    RESULT = "result"


class SessionState(StrEnum):
    """How far a session is."""

    PROPOSED = "proposed"


@dataclass(kw_only=True)
class Session(Aggregate):
    """A partner's speaking slot at a camp, about a milestone it reached."""

    camp_id: str
    partner_id: str
    milestone_id: str
    title: str
    kind: SessionKind = SessionKind.RESULT
    state: SessionState = SessionState.PROPOSED

    @classmethod
    def propose(cls, *, id: str, invitation: Invitation, result: Reason) -> "Session":
        """Propose that a partner that is invited shares a result."""
        about: dict[str, Any] = {"camp_id": invitation.camp_id, "partner_id": invitation.partner_id}
        about |= {"milestone_id": result.id, "title": result.title}
        session = cls(id=id, **about)
        session.record(events.SessionProposed(session_id=id, kind=session.kind, **about))
        return session
