"""Partners answer their invitations, and may answer otherwise later."""

from collections.abc import Callable
from typing import Any

from chassis.documents import to_public
from chassis.scope import PLATFORM, Scope
from chassis.store import Work
from services.camps.model.answer import Answer, Periods, Via
from services.camps.model.invitation import Invitation
from services.camps.model.seat_ledger import SeatLedger
from services.camps.repository import Invitations, SeatLedgers
from services.camps.use_cases.seats import save_what_happened

Deed = Callable[[Invitation, SeatLedger, Answer], None]


def accept_invitation(*, work: Work, scope: Scope, seats: int | None = None, **asked: Any) -> dict[str, object]:
    """Say that a partner comes, with as many people as there are seats or with fewer."""

    def accept(invitation: Invitation, ledger: SeatLedger, answer: Answer) -> None:
        invitation.accept(seats=seats, ledger=ledger, answer=answer)

    return _answer(work, scope, accept, **asked)


def leave_invitation_open(*, work: Work, scope: Scope, **asked: Any) -> dict[str, object]:
    """Say that a partner may come."""
    return _answer(work, scope, lambda it, ledger, answer: it.leave_open(ledger=ledger, answer=answer), **asked)


def decline_invitation(*, work: Work, scope: Scope, periods: Periods, **asked: Any) -> dict[str, object]:
    """Say that a partner does not come; its seats are kept until that can no longer be taken back."""

    def decline(invitation: Invitation, ledger: SeatLedger, answer: Answer) -> None:
        invitation.decline(ledger=ledger, grace=periods.grace, answer=answer)

    return _answer(work, scope, decline, **asked)


def take_back_answer(*, work: Work, scope: Scope, **asked: Any) -> dict[str, object]:
    """Let what a partner answered before its no hold again."""
    return _answer(work, scope, lambda it, ledger, answer: it.take_back(ledger=ledger, answer=answer), **asked)


def _answer(
    work: Work, scope: Scope, deed: Deed, *, invitation_id: str, version: int | None, reason: str | None = None
) -> dict[str, object]:
    invitation = Invitations(work).get(invitation_id, scope=scope, version=version)
    if not scope.works_for_the_programme:
        invitation.refuse_late_answers(at=work.now)
    ledger = SeatLedgers(work).get(invitation.camp_id, scope=PLATFORM)
    deed(invitation, ledger, Answer(by=scope.subject, via=Via.API, at=work.now, reason=reason))
    save_what_happened(work, invitation, ledger)
    return to_public(invitation)
