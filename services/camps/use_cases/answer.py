"""Partners answer their invitations, and may answer otherwise later."""

from functools import partial
from typing import Any, Protocol

from chassis.domain.scope import PLATFORM, Scope
from chassis.persistence.documents import to_public
from chassis.persistence.unit_of_work import UnitOfWork
from services.camps.model.answer import Answer, Periods, Via
from services.camps.model.invitation import Invitation
from services.camps.model.reply_link import ReplyLinks
from services.camps.model.seat_ledger import SeatLedger
from services.camps.repository import Invitations, SeatLedgers
from services.camps.use_cases.seats import save_what_happened

WHO_HAS_THE_LINK = "link"
"""Who answered, as far as is known when it was done from a letter."""


class Deed(Protocol):
    """What an answer does to an invitation and its seats."""

    def __call__(self, invitation: Invitation, /, *, ledger: SeatLedger, answer: Answer) -> None:
        """Do it."""


def accept_invitation(*, work: UnitOfWork, scope: Scope, seats: int | None = None, **asked: Any) -> dict[str, object]:
    """Say that a partner comes, with as many people as there are seats or with fewer."""
    return _answer(work, scope, partial(Invitation.accept, seats=seats), **asked)


def leave_invitation_open(*, work: UnitOfWork, scope: Scope, **asked: Any) -> dict[str, object]:
    """Say that a partner may come."""
    return _answer(work, scope, Invitation.leave_open, **asked)


def decline_invitation(*, work: UnitOfWork, scope: Scope, periods: Periods, **asked: Any) -> dict[str, object]:
    """Say that a partner does not come; its seats are kept until that can no longer be taken back."""
    return _answer(work, scope, partial(Invitation.decline, grace=periods.grace), **asked)


def take_back_answer(*, work: UnitOfWork, scope: Scope, **asked: Any) -> dict[str, object]:
    """Let what a partner answered before its no hold again."""
    return _answer(work, scope, Invitation.take_back, **asked)


def answer_by_link(
    *,
    work: UnitOfWork,
    periods: Periods,
    links: ReplyLinks,
    token: str,
    nonce: str,
    answer: str,
    seats: int | None = None,
) -> dict[str, object]:
    """Answer for a partner as whoever has the link to its invitation, from a form that was shown.

    Raises UnknownLink, FormOutdated, and whatever else an answer is refused for.
    """
    deeds: dict[str, Deed] = {
        "accepted": partial(Invitation.accept, seats=seats),
        "tentative": Invitation.leave_open,
        "declined": partial(Invitation.decline, grace=periods.grace),
        "undone": Invitation.take_back,
    }
    invitation = Invitations(work).get(links.invitation_id(token), scope=PLATFORM)
    links.refuse_an_old_form(invitation, nonce)
    invitation.refuse_late_answers(at=work.now)
    _take(work, invitation, deeds[answer], Answer(by=WHO_HAS_THE_LINK, via=Via.RSVP, at=work.now))
    return {"state": invitation.state}


def _answer(
    work: UnitOfWork, scope: Scope, deed: Deed, *, invitation_id: str, version: int | None, reason: str | None = None
) -> dict[str, object]:
    invitation = Invitations(work).get(invitation_id, scope=scope, version=version)
    if not scope.works_for_the_programme:
        invitation.refuse_late_answers(at=work.now)
    _take(work, invitation, deed, Answer(by=scope.subject, via=Via.API, at=work.now, reason=reason))
    return to_public(invitation)


def _take(work: UnitOfWork, invitation: Invitation, deed: Deed, answer: Answer) -> None:
    ledger = SeatLedgers(work).get(invitation.camp_id, scope=PLATFORM)
    deed(invitation, ledger=ledger, answer=answer)
    save_what_happened(work, invitation, ledger)
