"""What one can see of camps: read-only, plain data out."""

from typing import Any

from chassis.scope import Scope
from chassis.store import Work
from chassis.views import listed, shown
from services.camps.model.seat_ledger import SeatsSeenByTheInstitute
from services.camps.repository import Camps, Invitations, SeatLedgers, Sessions


def show_camp(*, work: Work, scope: Scope, camp_id: str) -> dict[str, object]:
    """One camp."""
    return shown(Camps(work), camp_id, scope=scope)


def list_camps(*, work: Work, scope: Scope, **asked: Any) -> dict[str, object]:
    """Camps, a page at a time."""
    return listed(Camps(work), scope=scope, **asked)


def show_seats(*, work: Work, scope: Scope, camp_id: str) -> dict[str, object]:
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


def show_invitation(*, work: Work, scope: Scope, invitation_id: str) -> dict[str, object]:
    """One invitation within the caller's scope."""
    return shown(Invitations(work), invitation_id, scope=scope)


def list_invitations(*, work: Work, scope: Scope, **asked: Any) -> dict[str, object]:
    """Invitations within the caller's scope, a page at a time."""
    return listed(Invitations(work), scope=scope, **asked)


def list_sessions(*, work: Work, scope: Scope, **asked: Any) -> dict[str, object]:
    """Sessions within the caller's scope, a page at a time."""
    return listed(Sessions(work), scope=scope, **asked)
