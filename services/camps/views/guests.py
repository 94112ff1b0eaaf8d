"""Who is invited by name, and where that stands."""

from typing import Any

from chassis.domain.scope import EVERY_ORGANISATION, Scope
from chassis.persistence.queries import list_page
from chassis.persistence.unit_of_work import Reading
from chassis.schemas.messages import Page, Paging
from chassis.schemas.operations import query
from services.camps.model.invitations.guest import Guest, InvitedKind
from services.camps.model.invitations.invitation_lifecycle import InvitationState
from services.camps.repository.invitations import Invitations
from services.camps.schemas.camp import CampId
from services.camps.schemas.guests import GuestId


@query(needs=EVERY_ORGANISATION)
def show_guest(reading: Reading, scope: Scope, *, guest_id: GuestId) -> Guest:
    """Show who is invited by name."""
    return Guest.of(Invitations(reading).get(guest_id, scope=scope))


@query(needs=EVERY_ORGANISATION)
def list_guests(
    reading: Reading,
    scope: Scope,
    *,
    paging: Paging,
    camp_id: CampId | None = None,
    kind: InvitedKind | None = None,
    state: InvitationState | None = None,
) -> Page[Guest]:
    """List who is invited by name: to one camp, of one kind or in one state."""
    wanted: dict[str, Any] = {"camp_id": camp_id, "kind": kind or {"$in": list(InvitedKind)}, "state": state}
    page = list_page(Invitations(reading), paging, scope=scope, **wanted)
    return Page(items=[Guest.of(each) for each in page.items], next_cursor=page.next_cursor)
