"""A session: something that somebody shares at a camp."""

from dataclasses import dataclass
from enum import StrEnum

from chassis.domain.aggregate import Aggregate
from services.camps import events
from services.camps.events import Reason
from services.camps.model.invitation import Invitation


class SessionKind(StrEnum):
    """What is shared in a session."""

    RESULT = "result"


class SessionState(StrEnum):
    """How far a session is."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    WITHDRAWN = "withdrawn"


@dataclass(kw_only=True)
class Session(Aggregate):
    """A partner's speaking slot at a camp, about a milestone it reached."""

    camp_id: str
    partner_id: str
    milestone_id: str
    title: str
    kind: SessionKind = SessionKind.RESULT
    state: SessionState = SessionState.DRAFT

    @classmethod
    def draft(cls, *, id: str, invitation: Invitation, result: Reason) -> "Session":
        """Have a result of a partner that is invited in mind; nobody is told."""
        return cls(
            id=id,
            camp_id=invitation.camp_id,
            partner_id=invitation.partner_id,
            milestone_id=result.id,
            title=result.title,
        )

    def propose(self) -> None:
        """Propose that the partner shares the result."""
        self.state = SessionState.PROPOSED
        self.record(events.SessionProposed(**self._named(), kind=self.kind, title=self.title))

    def withdraw(self) -> None:
        """Propose it no longer: the result, or the invitation, is gone."""
        self.state = SessionState.WITHDRAWN
        self.record(events.SessionWithdrawn(**self._named()))

    def _named(self) -> dict[str, str]:
        about = {"camp_id": self.camp_id, "partner_id": self.partner_id, "milestone_id": self.milestone_id}
        return {"session_id": self.id, **about}
