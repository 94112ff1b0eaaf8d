"""Every operation of camps, invitations, delegates and sessions is tried from every state."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from chassis.domain.errors import Conflict
from services.camps.model import camp_lifecycle
from services.camps.model.camp import Camp
from services.camps.model.camp_lifecycle import CampState
from services.camps.model.camp_schedule import Cancellation, Postponement
from services.camps.model.delegations import delegate_lifecycle
from services.camps.model.delegations.delegate import Absence, Delegate
from services.camps.model.delegations.delegate_lifecycle import DelegateState
from services.camps.model.invitations import invitation_lifecycle
from services.camps.model.invitations.answerable import Grace, Withdrawal, WithdrawalKind
from services.camps.model.invitations.invitation import Invitation
from services.camps.model.invitations.invitation_lifecycle import InvitationState
from services.camps.model.invitations.seat_ledger import SeatLedger
from services.camps.model.person import Whom
from services.camps.model.programme import session_lifecycle
from services.camps.model.programme.session import Session
from services.camps.model.programme.session_content import (
    SessionCancellation,
    SessionDecision,
    SessionWithdrawal,
    Verdict,
)
from services.camps.model.programme.session_lifecycle import SessionState
from tests.builders.camps import a_camp, a_delegate, a_ledger, a_reason, an_answer, an_invitation
from tests.transition_walk import Try, Walk, steps

JUNE = datetime(2026, 6, 10, 9, 0, tzinfo=UTC)
AFTER_ANSWERS = datetime(2026, 6, 30, 4, 0, tzinfo=UTC)
WITHDRAWAL = Withdrawal(kind=WithdrawalKind.BY_STAFF, reason="The camp is smaller", at=JUNE)
NO_REASON_LEFT = Withdrawal(kind=WithdrawalKind.NO_REASON_LEFT, reason="None is left", at=JUNE)


@dataclass
class Seated:
    """An invitation and the seats of its camp."""

    invitation: Invitation
    ledger: SeatLedger = field(compare=False)

    @property
    def state(self) -> str:
        return self.invitation.state

    @property
    def recorded(self) -> list[Any]:
        return self.invitation.recorded


def camp_that_is(state: str) -> Camp:
    """Its answers are over: what is left of its way to a state is a matter of the calendar."""
    camp = a_camp(answer_by=None if state in ("draft", "announced") else date(2026, 6, 9))
    if state == "cancelled":
        camp.cancel(Cancellation(reason="A storm", by="anna", at=JUNE))
    camp.state = CampState(state)
    return camp


def invitation_that_is(state: str) -> Seated:
    """A no, and what was withdrawn, are in grace; whoever is asked knows of it, and waited for more seats."""
    invitation, ledger = an_invitation(reasons=(a_reason(),)), a_ledger(capacity=4)
    if state == "waitlisted":
        ledger.allot("inv_before", seats=4)
    invitation.issue(camp=a_camp(), ledger=ledger)
    COMES_TO_BE.get(state, lambda it: None)(Seated(invitation, ledger))
    invitation.state, invitation.waited_for = InvitationState(state), 4
    return Seated(invitation, ledger)


def declined(it: Seated) -> None:
    it.invitation.decline(ledger=it.ledger, grace=timedelta(days=9), answer=an_answer())


def withdrawn(it: Seated) -> None:
    it.invitation.withdraw_for_want_of_a_reason(NO_REASON_LEFT, kept=timedelta(days=9), ledger=it.ledger)


COMES_TO_BE: Mapping[str, Try] = {
    "tentative": lambda it: it.invitation.answer_tentatively(ledger=it.ledger, answer=an_answer()),
    "accepted": lambda it: it.invitation.accept(seats=None, ledger=it.ledger, answer=an_answer()),
    "reconfirm": lambda it: it.ledger.hold("inv_1"),
    "declined": declined,
    "withdrawn": withdrawn,
    "expired": lambda it: it.ledger.release("inv_1"),
    "left_waitlist": lambda it: it.ledger.release("inv_1"),
}


def session_that_is(state: str) -> Session:
    about = {"id": "ses_1", "camp_id": "cmp_1", "partner_id": "prt_1", "milestone_id": "mst_1", "title": "Halved"}
    return Session(**about, state=SessionState(state))


def decided(verdict: Verdict) -> SessionDecision:
    return SessionDecision(verdict=verdict, reason="Too many", by="anna", at=JUNE)


def disclosed(it: Session) -> None:
    """Something is to be told, while it is only proposed."""
    if it.state is SessionState.PROPOSED:
        it.decide(decided(Verdict.ACCEPTED))
    it.disclose(a_camp())


def taken_back(it: Session) -> None:
    if it.state is SessionState.PROPOSED:
        it.decide(decided(Verdict.ACCEPTED))
    it.take_back_decision()


def withdrawn_for_want(it: Seated) -> None:
    """The use case asks first whether a reason is left, and whether anybody has answered."""
    without = deepcopy(it.invitation)
    without.lose("mst_1")
    if not without.is_pointless:
        raise Conflict("withdraw_reason is possible from issued, waitlisted")
    it.invitation.withdraw_for_want_of_a_reason(WITHDRAWAL, kept=timedelta(days=1), ledger=it.ledger)


def back_with_a_reason(it: Seated) -> None:
    if not it.invitation.needs_only_a_reason:
        raise Conflict("invite_partner is possible from withdrawn")
    it.invitation.issue(camp=a_camp(), ledger=it.ledger)


def offered(it: Seated) -> None:
    """The ledger tells whose turn it is: only who waits has one."""
    it.ledger.release("inv_before")
    if it.ledger.offer() != ["inv_1"]:
        raise Conflict("it is possible from waitlisted")
    it.invitation.offer(camp=a_camp(), until=AFTER_ANSWERS)


def offered_fewer(it: Seated) -> None:
    it.ledger.release("inv_before")
    it.invitation.offer_fewer(seats=2, camp=a_camp(), ledger=it.ledger, until=AFTER_ANSWERS)


CAMPS: Mapping[str, Try] = {
    "announce_planned_camp": lambda it: it.announce_as_planned(JUNE),
    "open_invitations": lambda it: it.open_invitations(answer_by=date(2026, 6, 29), at=JUNE),
    "freeze_camp": lambda it: it.freeze(JUNE),
    "unfreeze_camp": lambda it: it.unfreeze(JUNE),
    "postpone_camp": lambda it: it.postpone(Postponement(reason="A storm", by="anna", at=JUNE)),
    "reschedule_camp": lambda it: it.reschedule(
        starts_on=date(2026, 7, 20),
        ends_on=date(2026, 7, 22),
        answer_by=it.answer_by and date(2026, 7, 6),
        freezes_on=None,
        at=JUNE,
    ),
    "close_camp": lambda it: it.close(is_published=True),
    "reopen_camp": lambda it: it.reopen(),
    "cancel_camp": lambda it: it.cancel(Cancellation(reason="A storm", by="anna", at=JUNE)),
}
INVITATIONS: Mapping[str, Try] = {
    "accept_invitation": lambda it: it.invitation.accept(seats=3, ledger=it.ledger, answer=an_answer()),
    "answer_tentatively": lambda it: it.invitation.answer_tentatively(ledger=it.ledger, answer=an_answer()),
    "decline_invitation": lambda it: it.invitation.decline(
        ledger=it.ledger, grace=timedelta(days=1), answer=an_answer()
    ),
    "undo_answer": lambda it: it.invitation.undo_answer(ledger=it.ledger, answer=an_answer()),
    "reissue_invitation": lambda it: it.invitation.issue_again(camp=a_camp(), ledger=it.ledger),
    "withdraw_invitation": lambda it: it.invitation.withdraw(WITHDRAWAL, ledger=it.ledger),
    "keep_departure": lambda it: it.invitation.withdraw(WITHDRAWAL, ledger=it.ledger),
    "withdraw_reason": withdrawn_for_want,
    "invite_partner": back_with_a_reason,
    "offer_freed_seats": offered,
    "leave_waitlist": lambda it: it.invitation.leave_waitlist(ledger=it.ledger, answer=an_answer()),
    "rejoin_waitlist": lambda it: it.invitation.rejoin(camp=a_camp(), ledger=it.ledger, answer=an_answer()),
    "take_fewer_seats": lambda it: it.invitation.take_fewer(ledger=it.ledger, answer=an_answer(), seats=2),
    "offer_fewer_seats": offered_fewer,
    "wait_on": lambda it: it.invitation.wait_on(camp=a_camp(), ledger=it.ledger, answer=an_answer()),
}
SESSIONS: Mapping[str, Try] = {
    "invite_partner": lambda it: it.propose_again(),
    "withdraw_invitation": lambda it: it.withdraw(SessionWithdrawal.INVITATION),
    "submit_session": lambda it: it.submit(a_camp()),
    "accept_session": lambda it: it.accept(decided(Verdict.ACCEPTED), a_camp()),
    "decline_session": lambda it: it.decline(decided(Verdict.DECLINED), a_camp()),
    "decide_session": lambda it: it.decide(decided(Verdict.DECLINED)),
    "take_back_decision": taken_back,
    "disclose_decision": disclosed,
    "confirm_session": lambda it: it.confirm(),
    "cancel_session": lambda it: it.cancel(SessionCancellation(reason="A storm", by="anna", at=JUNE), a_camp()),
    "reinstate_session": lambda it: it.reinstate(a_camp()),
    "deliver_session": lambda it: it.deliver(has_begun=True),
    "undo_delivery": lambda it: it.undo_delivery(),
}


def delegate_that_is(state: str) -> Delegate:
    """Who is withdrawn has left the partner, and nothing else keeps them away."""
    delegate = a_delegate(state=DelegateState(state))
    if state == "withdrawn":
        delegate.absences = [Absence.PERSON_LEFT]
    return delegate


def missed(it: Delegate) -> None:
    """Who does not come already has one reason more not to, at the most."""
    if not it.comes:
        raise Conflict("keep_departure is possible from named, confirmed")
    it.miss(Absence.PERSON_LEFT, camp=a_camp())


def regained(it: Delegate) -> None:
    if Absence.PERSON_LEFT not in it.absences:
        raise Conflict("keep_person is possible from withdrawn")
    it.regain(Absence.PERSON_LEFT, camp=a_camp())


DELEGATES: Mapping[str, Try] = {
    "confirm_delegate": lambda it: it.confirm(camp=a_camp()),
    "substitute_delegate": lambda it: it.substitute(
        Whom(name="Cy", email="cy@region.example", language="sv", zone="Europe/Stockholm"),
        id="dlg_2",
        camp=a_camp(),
        role=it.role,
        attends=it.attends,
    ),
    "withdraw_delegate": lambda it: it.withdraw(camp=a_camp()),
    "restore_delegate": lambda it: it.restore(camp=a_camp()),
    "keep_departure": missed,
    "keep_person": regained,
}
AS_ANOTHER = {
    "apply_pending_reasons", "answer_by_link", "give_up_seats", "change_camp", "call_again_when_resumed",
    "call_again_when_reachable", "pass_over_while_paused", "pass_over_while_unreachable", "withdraw_open_invitations",
    "make_eligible", "cancel_camp", "withdraw_reason", "reissue_invitation", "invite_to_present",
    "withdraw_presentation", "reschedule_camp", "unfreeze_camp", "freeze_camp", "follow_the_calendar",
}  # fmt: skip
"""Operations of invitations and sessions that do to each what another one does, or a timer does (test_answer)."""
WALKS = (
    Walk(
        table=camp_lifecycle.TRANSITIONS,
        states=list(CampState),
        that_is=camp_that_is,
        tries=CAMPS,
        as_another={"change_camp", "follow_the_calendar"},
    ),
    Walk(
        table=invitation_lifecycle.TRANSITIONS,
        states=list(InvitationState),
        that_is=invitation_that_is,
        tries=INVITATIONS,
        same_again={("answer_tentatively", "tentative"), ("decline_invitation", "declined")},
        as_another=AS_ANOTHER - INVITATIONS.keys(),
    ),
    Walk(
        table=session_lifecycle.TRANSITIONS,
        states=list(SessionState),
        that_is=session_that_is,
        tries=SESSIONS,
        as_another={*AS_ANOTHER, "propose_what_was_adopted", "withdraw_what_was_adopted", "withdraw_session"},
        silent={"decide_session", "take_back_decision", "deliver_session", "undo_delivery"},
    ),
    Walk(
        table=delegate_lifecycle.TRANSITIONS,
        states=list(DelegateState),
        that_is=delegate_that_is,
        tries=DELEGATES,
        as_another=AS_ANOTHER | INVITATIONS.keys(),
    ),
)


@pytest.mark.parametrize(("walk", "operation", "state"), steps(WALKS))
def test_what_the_table_has_succeeds_and_all_else_is_refused_and_does_nothing(
    walk: Walk, operation: str, state: str
) -> None:
    walk.take(operation, state)


def test_every_operation_is_tried() -> None:
    assert [walk.untried for walk in WALKS] == [set(), set(), set(), set()]


def test_a_no_that_can_be_taken_back_no_longer_is_answered_and_withdrawn_no_more() -> None:
    over = invitation_that_is("declined")
    over.invitation.grace = Grace(until=JUNE, before=InvitationState.ISSUED)
    for attempt in (INVITATIONS["accept_invitation"], INVITATIONS["undo_answer"]):
        with pytest.raises(Conflict):
            attempt(over)
    over.invitation.grace = None
    with pytest.raises(Conflict):
        INVITATIONS["withdraw_invitation"](over)
