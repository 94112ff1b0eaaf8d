"""A session: something that somebody shares at a camp."""

from dataclasses import dataclass, field, replace
from typing import Unpack

from chassis.domain.aggregate import INTERNAL
from chassis.domain.errors import Conflict, Invalid
from chassis.domain.transitions import refuse_unless_possible
from services.camps.events import session as events
from services.camps.events.invitation import Reason
from services.camps.model.camp import Camp
from services.camps.model.invitations.invitation import Invitation
from services.camps.model.programme.evidence import Evidenced, about
from services.camps.model.programme.session_content import (
    EvidenceState,
    Material,
    SessionCancellation,
    SessionContent,
    SessionDecision,
    SessionKind,
    SessionWithdrawal,
    Verdict,
)
from services.camps.model.programme.session_lifecycle import TRANSITIONS, SessionState

DEFAULT_MINUTES = 30


class DecisionNotYetTold(Conflict):
    """A session is decided about once; what is decided and not yet told is told, or taken back, first."""


class NothingToTell(Conflict):
    """A decision is told, or taken back, after one was entered that is not told yet."""


class ReasonExpected(Invalid):
    """Whoever is declined is told why."""


class NotOfAnotherIndustry(Invalid):
    """What might transfer to health care is said of a session of another industry."""


class CampNotBegun(Conflict):
    """A session is delivered at its camp, not before."""


@dataclass(kw_only=True)
class Session(Evidenced):
    """Something that is shared at a camp: by a partner, or without one by the institute and its guests."""

    lifecycle = TRANSITIONS

    kind: SessionKind = SessionKind.RESULT
    abstract: str | None = None
    minutes: int | None = None
    expected_audience: int | None = None
    needs: str | None = None
    materials: list[Material] = field(default_factory=list)
    lesson: str | None = None
    hypothesis: str | None = None
    withdrawn_because: SessionWithdrawal | None = None
    """Why it is withdrawn, while it is."""
    decision: SessionDecision | None = None
    """The last one that was told."""
    cancellation: SessionCancellation | None = None
    untold: SessionDecision | None = field(default=None, metadata=INTERNAL)
    """What is decided and not yet told: for the institute alone to see."""

    @classmethod
    def propose(cls, *, id: str, invitation: Invitation, result: Reason) -> "Session":
        """Propose that a partner that is invited shares a result."""
        session = cls(id=id, camp_id=invitation.camp_id, partner_id=invitation.partner_id, title=result.title,
                      evidence=EvidenceState.CURRENT, **about(result.kind, result.id))  # fmt: skip
        session._say_that_it_is_proposed()
        return session

    @classmethod
    def draft(cls, *, id: str, camp: Camp, partner_id: str | None, **content: Unpack[SessionContent]) -> "Session":
        """Write down what somebody may share, for themselves; raises CampCancelled and NotOfAnotherIndustry."""
        camp.refuse_if_cancelled()
        session = cls(id=id, camp_id=camp.id, partner_id=partner_id, state=SessionState.DRAFT, **content)
        session._refuse_a_lesson_of_no_other_industry()
        return session

    def change(self, **content: Unpack[SessionContent]) -> bool:
        """Change what is said of it, and give whether anything differs; raises as in drafting, and ContentIsSettled."""
        after = replace(self, **content)
        if after == self:
            return False
        self._refuse_if_settled()
        after._refuse_a_lesson_of_no_other_industry()
        for name, value in content.items():
            setattr(self, name, value)
        return True

    def submit(self, camp: Camp) -> None:
        """Propose it to the institute; raises NotFromThisState and CampCancelled."""
        self._must_allow("submit_session")
        camp.refuse_if_cancelled()
        self.state, self.withdrawn_because = SessionState.PROPOSED, None
        self._say_that_it_is_proposed()

    def propose_again(self) -> None:
        """Propose what was withdrawn; raises NotFromThisState."""
        self._must_allow("invite_partner")
        self.state, self.withdrawn_because = SessionState.PROPOSED, None
        if self.about_id:
            self.evidence, self.lost_because = EvidenceState.CURRENT, None
        self._say_that_it_is_proposed()

    def withdraw(self, because: SessionWithdrawal) -> None:
        """Propose or prepare it no longer; raises NotFromThisState. What was decided and not told is told no more."""
        self._must_allow("withdraw_session")
        self.state, self.withdrawn_because, self.untold = SessionState.WITHDRAWN, because, None
        self._say(events.SessionWithdrawn, because=because)

    def decide(self, decision: SessionDecision) -> None:
        """Enter what is decided without telling anybody; raises DecisionNotYetTold and ReasonExpected."""
        self._must_allow("decide_session")
        self._refuse_another_decision()
        _refuse_without_a_reason(decision)
        self.untold = decision

    def take_back_decision(self) -> None:
        """Let what was decided and not told not be decided; raises NothingToTell."""
        self._must_allow("take_back_decision")
        self._what_is_to_be_told()
        self.untold = None

    def disclose(self, camp: Camp) -> None:
        """Tell what was decided; raises NothingToTell."""
        self._must_allow("disclose_decision")
        decision, self.untold = self._what_is_to_be_told(), None
        self._tell(decision, camp)

    def accept(self, decision: SessionDecision, camp: Camp) -> None:
        """Decide that it is to take place, and tell; raises NotFromThisState and DecisionNotYetTold."""
        self._must_allow("accept_session")
        self._refuse_another_decision()
        self._tell(decision, camp)

    def decline(self, decision: SessionDecision, camp: Camp) -> None:
        """Decide that it is not to take place, and tell why; raises NotFromThisState and DecisionNotYetTold."""
        self._must_allow("decline_session")
        self._refuse_another_decision()
        self._tell(decision, camp)

    def confirm(self) -> None:
        """Say for who presents it that they will; raises NotFromThisState."""
        self._must_allow("confirm_session")
        self.state = SessionState.CONFIRMED
        self._say(events.SessionConfirmed)

    def cancel(self, cancellation: SessionCancellation, camp: Camp) -> None:
        """Say that what was to take place does not, and why; raises NotFromThisState."""
        self._must_allow("cancel_session")
        self.state, self.cancellation = SessionState.CANCELLED, cancellation
        self._say(events.SessionCancelled, **self._told_at(camp), reason=cancellation.reason)

    def reinstate(self, camp: Camp) -> None:
        """Take back that it was cancelled: who presents it confirms anew; raises NotFromThisState."""
        self._must_allow("reinstate_session")
        self.state, self.cancellation = SessionState.ACCEPTED, None
        self._say(events.SessionReinstated, **self._told_at(camp))
        self._tell_news_of_the_evidence(camp)

    def deliver(self, *, has_begun: bool) -> None:
        """Put on record that it was given at a camp that has begun; raises NotFromThisState and CampNotBegun."""
        self._must_allow("deliver_session")
        if not has_begun:
            raise CampNotBegun(f"{self._standing}, and camp {self.camp_id} has not begun")
        self.state = SessionState.DELIVERED

    def undo_delivery(self) -> None:
        """Take back that it was given; raises NotFromThisState."""
        self._must_allow("undo_delivery")
        self.state = SessionState.CONFIRMED

    @property
    def is_withdrawn_with_its_invitation(self) -> bool:
        """Whether it is proposed no longer only because the invitation was withdrawn."""
        return self.state is SessionState.WITHDRAWN and self.withdrawn_because is SessionWithdrawal.INVITATION

    @property
    def is_withdrawn_by_hand(self) -> bool:
        """Whether somebody said that they do not want to share it."""
        return self.state is SessionState.WITHDRAWN and self.withdrawn_because is SessionWithdrawal.BY_HAND

    @property
    def lasts(self) -> int:
        """How many minutes it takes."""
        return DEFAULT_MINUTES if self.minutes is None else self.minutes

    def _tell(self, decision: SessionDecision, camp: Camp) -> None:
        self.decision, self.state = decision, STATE_BY[decision.verdict]
        self._say(events.SessionDecided, decision=decision.verdict, reason=decision.reason, **self._told_at(camp))
        self._tell_news_of_the_evidence(camp)

    def _what_is_to_be_told(self) -> SessionDecision:
        if self.untold is None:
            raise NothingToTell(f"{self._standing}, and nothing is decided that is not told")
        return self.untold

    def _refuse_another_decision(self) -> None:
        if self.untold:
            raise DecisionNotYetTold(f"{self._standing}, and it is decided, not yet told, that it is "
                                     f"{self.untold.verdict}")  # fmt: skip

    def _refuse_a_lesson_of_no_other_industry(self) -> None:
        if self.kind is SessionKind.OTHER_INDUSTRY:
            return
        for name in ("lesson", "hypothesis"):
            if getattr(self, name):
                detail = f"The kind other_industry is expected with a {name}; got '{self.kind}'"
                raise NotOfAnotherIndustry.at(f"/{name}", "another_kind", detail)

    def _say_that_it_is_proposed(self) -> None:
        self._say(events.SessionProposed, kind=self.kind, title=self.title)

    def _must_allow(self, operation: str) -> None:
        refuse_unless_possible(TRANSITIONS, operation, state=self.state, about=self._standing)


STATE_BY = {Verdict.ACCEPTED: SessionState.ACCEPTED, Verdict.DECLINED: SessionState.DECLINED}


def _refuse_without_a_reason(decision: SessionDecision) -> None:
    if decision.verdict is Verdict.DECLINED and decision.reason is None:
        raise ReasonExpected.at("/reason", "missing", "A reason is expected with a no; got none")
