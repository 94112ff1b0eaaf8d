"""A session: something that somebody shares at a camp."""

from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any

from chassis.domain.aggregate import Aggregate
from chassis.domain.transitions import Transition, refuse_unless_possible
from services.camps.events import session as events
from services.camps.events.invitation import Reason
from services.camps.model.invitation import Invitation


class SessionKind(StrEnum):
    """What is shared in a session."""

    RESULT = "result"


MILESTONE, INITIATIVE = "milestone", "initiative"
"""The kinds of results that a partner may share: one that it has reached, and one that faculty scores high."""
ABOUT = {MILESTONE: "milestone_id", INITIATIVE: "initiative_id"}
"""The members of a session that say which result of a kind it is about."""


class SessionState(StrEnum):
    """How far a session is."""

    PROPOSED = "proposed"
    WITHDRAWN = "withdrawn"


PROPOSED, WITHDRAWN = SessionState
_row = partial(Transition, aggregate="session")
_with_reason = partial(_row, needs_reason=True)
TRANSITIONS = (
    _row(operation="invite_partner", from_states=(WITHDRAWN,), to=(PROPOSED,), way_back="withdraw_reason"),
    _row(operation="invite_partner", from_states=(), to=(PROPOSED,), way_back="withdraw_reason"),
    _row(operation="invite_to_present", from_states=(WITHDRAWN,), to=(PROPOSED,), way_back="withdraw_presentation"),
    _row(operation="invite_to_present", from_states=(), to=(PROPOSED,), way_back="withdraw_presentation"),
    _row(operation="withdraw_presentation", from_states=(PROPOSED,), to=(WITHDRAWN,), way_back="invite_to_present"),
    _row(operation="apply_pending_reasons", from_states=(), to=(PROPOSED,), way_back="withdraw_reason"),
    _with_reason(
        operation="reissue_invitation", from_states=(WITHDRAWN,), to=(PROPOSED,), way_back="withdraw_invitation"
    ),
    _row(operation="withdraw_reason", from_states=(PROPOSED,), to=(WITHDRAWN,), way_back="invite_partner"),
    _with_reason(
        operation="withdraw_invitation", from_states=(PROPOSED,), to=(WITHDRAWN,), way_back="reissue_invitation"
    ),
    *(
        _row(
            operation=operation,
            from_states=(PROPOSED,),
            to=(WITHDRAWN,),
            way_back="A partner that has departed shares its results once it is admitted again.",
        )
        for operation in ("withdraw_open_invitations", "make_eligible")
    ),
    _with_reason(
        operation="cancel_camp",
        from_states=(PROPOSED,),
        to=(WITHDRAWN,),
        way_back="A cancelled camp does not take place, and nothing is shared there.",
    ),
)


class SessionWithdrawal(StrEnum):
    """What a session was withdrawn with."""

    MILESTONE = "milestone_reopened"
    SCORE = "score_fell"
    INVITATION = "invitation_withdrawn"
    CAMP = "camp_cancelled"


@dataclass(kw_only=True)
class Session(Aggregate):
    """A partner's speaking slot at a camp, about a milestone it reached or an initiative that faculty scores high."""

    lifecycle = TRANSITIONS

    camp_id: str
    partner_id: str
    milestone_id: str | None = None
    initiative_id: str | None = None
    """What it is about: the one or the other."""
    title: str
    kind: SessionKind = SessionKind.RESULT
    state: SessionState = SessionState.PROPOSED
    withdrawn_because: SessionWithdrawal | None = None
    """Why it is withdrawn, while it is."""

    @classmethod
    def propose(cls, *, id: str, invitation: Invitation, result: Reason) -> "Session":
        """Propose that a partner that is invited shares a result."""
        session = cls(id=id, camp_id=invitation.camp_id, partner_id=invitation.partner_id, title=result.title,
                      **about(result.kind, result.id))  # fmt: skip
        session._say_that_it_is_proposed()
        return session

    def propose_again(self) -> None:
        """Propose what was withdrawn; raises NotFromThisState."""
        self._must_allow("invite_partner")
        self.state, self.withdrawn_because = SessionState.PROPOSED, None
        self._say_that_it_is_proposed()

    def withdraw(self, because: SessionWithdrawal) -> None:
        """Propose it no longer: the result, the invitation or the camp is gone; raises NotFromThisState."""
        self._must_allow("withdraw_invitation")
        self.state, self.withdrawn_because = SessionState.WITHDRAWN, because
        self.record(events.SessionWithdrawn(**self._named(), because=because))

    @property
    def about_id(self) -> str | None:
        """The id of the result that it is about."""
        return self.milestone_id or self.initiative_id

    @property
    def is_withdrawn_with_its_invitation(self) -> bool:
        """Whether it is proposed no longer only because the invitation was withdrawn."""
        return self.state is SessionState.WITHDRAWN and self.withdrawn_because is SessionWithdrawal.INVITATION

    def _say_that_it_is_proposed(self) -> None:
        self.record(events.SessionProposed(**self._named(), kind=self.kind, title=self.title))

    def _must_allow(self, operation: str) -> None:
        refuse_unless_possible(TRANSITIONS, operation, state=self.state, about=f"session {self.id} is {self.state}")

    def _named(self) -> dict[str, Any]:
        whose = {"session_id": self.id, "camp_id": self.camp_id, "partner_id": self.partner_id}
        return {**whose, "milestone_id": self.milestone_id, "initiative_id": self.initiative_id}


def about(kind: str, id: str) -> dict[str, Any]:
    """Give the members of a session that say which result it is about."""
    return {ABOUT[kind]: id}
