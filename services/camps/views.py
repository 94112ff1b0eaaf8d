"""What one can see of camps: read-only, plain data out."""

from typing import Any
from zoneinfo import ZoneInfo

from chassis.domain.scope import PLATFORM, Scope
from chassis.persistence.queries import listed, shown
from chassis.persistence.unit_of_work import UnitOfWork
from services.camps.model.reply_link import ReplyLinks
from services.camps.model.seat_ledger import SeatsSeenByTheInstitute
from services.camps.repository import Camps, EligiblePartners, Invitations, SeatLedgers, Sessions

NOTICES = {
    "answers_are_over": "The time to answer is over.",
    "more_seats_than_offered": "There are not that many seats for you.",
}
"""The reason for a refused answer, for people, by the code of the error."""
ANSWERED_MEANWHILE = (
    "Your answer was not taken, because there was another one in the meantime. This is the present state."
)


def show_camp(*, work: UnitOfWork, scope: Scope, camp_id: str) -> dict[str, object]:
    """One camp."""
    return shown(Camps(work), camp_id, scope=scope)


def list_camps(*, work: UnitOfWork, scope: Scope, **asked: Any) -> dict[str, object]:
    """Camps, a page at a time."""
    return listed(Camps(work), scope=scope, **asked)


def show_seats(*, work: UnitOfWork, scope: Scope, camp_id: str) -> dict[str, object]:
    """How the seats of a camp are spread; raises SeatsSeenByTheInstitute for who works for one partner."""
    if not scope.works_for_the_programme:
        raise SeatsSeenByTheInstitute
    ledger = SeatLedgers(work).get(camp_id, scope=scope)
    return {
        "camp_id": camp_id,
        "capacity": ledger.capacity,
        "held": ledger.held,
        "confirmed": ledger.confirmed,
        "cooling": ledger.cooling,
        "free": ledger.free,
        "waiting": len(ledger.waitlist),
    }


def show_invitation(*, work: UnitOfWork, scope: Scope, invitation_id: str) -> dict[str, object]:
    """One invitation within the caller's scope."""
    return shown(Invitations(work), invitation_id, scope=scope)


def list_invitations(*, work: UnitOfWork, scope: Scope, **asked: Any) -> dict[str, object]:
    """Invitations within the caller's scope, a page at a time."""
    return listed(Invitations(work), scope=scope, **asked)


def show_reply_form(
    *, work: UnitOfWork, links: ReplyLinks, token: str, refused: str | None = None
) -> dict[str, object]:
    """Return an invitation as its page shows it, with why an answer was refused; raises UnknownLink."""
    invitation = Invitations(work).get(links.invitation_id(token), scope=PLATFORM)
    camp = Camps(work).get(invitation.camp_id, scope=PLATFORM)
    partner = EligiblePartners(work).get(invitation.partner_id, scope=PLATFORM)
    here = ZoneInfo(camp.zone)
    return {
        "partner_name": partner.name,
        "camp_title": camp.title,
        "place": camp.place,
        "starts_on": camp.starts_on.isoformat(),
        "ends_on": camp.ends_on.isoformat(),
        "state": invitation.state,
        "seats": invitation.seats,
        "zone": camp.zone,
        "due_at": invitation.due_at and invitation.due_at.astimezone(here).isoformat(),
        "undone_until": invitation.grace and invitation.grace.until.astimezone(here).isoformat(),
        "notice": refused and NOTICES.get(refused, ANSWERED_MEANWHILE),
        "answers": list(invitation.possible_answers(at=work.now)),
        "nonce": links.nonce(invitation),
    }


def list_sessions(*, work: UnitOfWork, scope: Scope, **asked: Any) -> dict[str, object]:
    """Sessions within the caller's scope, a page at a time."""
    return listed(Sessions(work), scope=scope, **asked)
