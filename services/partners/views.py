"""What one can see of partners: read-only, plain data out."""

from chassis.scope import Scope
from chassis.store import Work
from chassis.views import listed, shown
from services.partners.repository import Partners, People


def show_partner(*, work: Work, scope: Scope, partner_id: str) -> dict[str, object]:
    """One partner within the caller's scope."""
    return shown(Partners(work), partner_id, scope=scope)


def list_partners(*, work: Work, scope: Scope, limit: int, cursor: str | None, **where: str) -> dict[str, object]:
    """Partners within the caller's scope, a page at a time."""
    return listed(Partners(work), where, scope=scope, limit=limit, cursor=cursor)


def show_person(*, work: Work, scope: Scope, person_id: str) -> dict[str, object]:
    """One person within the caller's scope."""
    return shown(People(work), person_id, scope=scope)


def list_people(*, work: Work, scope: Scope, limit: int, cursor: str | None, **where: str) -> dict[str, object]:
    """People within the caller's scope, a page at a time."""
    return listed(People(work), where, scope=scope, limit=limit, cursor=cursor)
