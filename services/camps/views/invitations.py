"""What one can see of invitations, seats and waitlists."""

from dataclasses import dataclass
from datetime import datetime

from chassis.domain.scope import EVERY_ORGANISATION, PLATFORM, Scope
from chassis.persistence.queries import list_page
from chassis.persistence.unit_of_work import Reading
from chassis.schemas.messages import Page, Paging
from chassis.schemas.operations import query
from services.camps.model.invitations.invitation import Invitation
from services.camps.model.invitations.invitation_lifecycle import InvitationState
from services.camps.model.invitations.invitee import InviteeKind
from services.camps.model.invitations.seat_history import PlaceMove, SeatMove, places
from services.camps.model.invitations.seat_ledger import PassedOver, SeatLedger
from services.camps.repository.camp import EligiblePartners
from services.camps.repository.invitations import Invitations, SeatLedgers, SeatMoves
from services.camps.schemas.camp import CampId, InvitationId, PartnerId


@dataclass(frozen=True, kw_only=True)
class Seats:
    """How the seats of a camp are spread; those `in_grace` are of who declined and may undo it."""

    camp_id: str
    capacity: int
    held: int
    confirmed: int
    in_grace: int
    free: int
    waiting: int


@dataclass(frozen=True, kw_only=True)
class WaitingPartner:
    """One that waits for seats, and why it is offered none just now; without a partner it is somebody by name."""

    position: int
    invitation_id: str
    kind: InviteeKind
    partner_id: str | None
    partner_name: str | None
    seats: int
    passed_over: list[PassedOver]


@dataclass(frozen=True, kw_only=True)
class Waitlist:
    """Who waits for seats of a camp, in order, and whether seats stay free beside who is next.

    `next_invitation_id` is the first that is not passed over, and `missing` how many seats more it needs than are free.
    """

    camp_id: str
    free: int
    next_invitation_id: str | None
    missing: int
    stuck_since: datetime | None
    waiting: list[WaitingPartner]


@dataclass(frozen=True, kw_only=True)
class WaitlistPlace:
    """Where an invitation stands on the waitlist now; without a position it does not wait.

    `moves` say how it came to be there since it joined, oldest first, without who the others are.
    """

    invitation_id: str
    camp_id: str
    partner_id: str | None
    position: int | None
    seats: int
    passed_over: list[PassedOver]
    moves: list[PlaceMove]


@query(needs=EVERY_ORGANISATION)
def show_seats(reading: Reading, scope: Scope, *, camp_id: CampId) -> Seats:
    """Show the seats of a camp."""
    ledger = SeatLedgers(reading).get(camp_id, scope=scope)
    return Seats(
        camp_id=camp_id,
        capacity=ledger.capacity,
        held=ledger.held,
        confirmed=ledger.confirmed,
        in_grace=ledger.in_grace,
        free=ledger.free,
        waiting=len(ledger.waitlist),
    )


@query(needs=EVERY_ORGANISATION)
def show_waitlist(reading: Reading, scope: Scope, *, camp_id: CampId) -> Waitlist:
    """Show who waits for seats of a camp, and whether seats stay free because the next one needs more."""
    ledger = SeatLedgers(reading).get(camp_id, scope=scope)
    first = ledger.next_in_line
    return Waitlist(
        camp_id=camp_id,
        free=ledger.free,
        next_invitation_id=first.invitation_id if first else None,
        missing=max(first.seats - ledger.free, 0) if first else 0,
        stuck_since=ledger.stuck_since,
        waiting=_waiting(reading, ledger),
    )


def _waiting(reading: Reading, ledger: SeatLedger) -> list[WaitingPartner]:
    ids = [entry.invitation_id for entry in ledger.waitlist]
    invited = {each.id: each for each in Invitations(reading).each({"_id": {"$in": ids}}, scope=PLATFORM)}
    wanted = {"_id": {"$in": [each.partner_id for each in invited.values() if each.partner_id]}}
    names = {each.id: each.name for each in EligiblePartners(reading).each(wanted, scope=PLATFORM)}
    return [
        WaitingPartner(position=number, invitation_id=each.id, kind=each.kind, seats=entry.seats,
                       partner_id=each.partner_id, partner_name=names[each.partner_id] if each.partner_id else None,
                       passed_over=entry.passed_over)
        for number, (entry, each) in enumerate(((entry, invited[entry.invitation_id]) for entry in ledger.waitlist), 1)
    ]  # fmt: skip


@query
def show_waitlist_place(reading: Reading, scope: Scope, *, invitation_id: InvitationId) -> WaitlistPlace:
    """Show where an invitation stands on the waitlist of its camp now."""
    invitation = Invitations(reading).get(invitation_id, scope=scope)
    return WaitlistPlace(invitation_id=invitation.id, camp_id=invitation.camp_id, partner_id=invitation.partner_id,
                         position=waitlist_position(reading, invitation), seats=invitation.seats,
                         passed_over=invitation.passed_over, moves=waitlist_moves(reading, invitation))  # fmt: skip


def waitlist_moves(reading: Reading, invitation: Invitation) -> list[PlaceMove]:
    """Give how its place on the waitlist has moved since it joined, if it waits."""
    if invitation.state is not InvitationState.WAITLISTED:
        return []
    return places(invitation.id, SeatMoves(reading).of(invitation.camp_id))


@query(needs=EVERY_ORGANISATION)
def list_seat_moves(reading: Reading, scope: Scope, *, paging: Paging, camp_id: CampId) -> Page[SeatMove]:
    """List what happened to the seats of a camp, in order: replayed, it gives who has some and who waits now."""
    return list_page(SeatMoves(reading), paging, scope=scope, camp_id=camp_id)


def waitlist_position(reading: Reading, invitation: Invitation) -> int | None:
    """Give its place on the waitlist of its camp, if it waits."""
    return SeatLedgers(reading).get(invitation.camp_id, scope=PLATFORM).position(invitation.id) or None


@query
def show_invitation(reading: Reading, scope: Scope, *, invitation_id: InvitationId) -> Invitation:
    """Show an invitation."""
    return Invitations(reading).get(invitation_id, scope=scope)


@query
def list_invitations(
    reading: Reading,
    scope: Scope,
    *,
    paging: Paging,
    camp_id: CampId | None = None,
    partner_id: PartnerId | None = None,
    kind: InviteeKind | None = None,
    state: InvitationState | None = None,
) -> Page[Invitation]:
    """List invitations: to one camp, of one partner, of one kind or in one state."""
    wanted = {"camp_id": camp_id, "partner_id": partner_id, "kind": kind, "state": state}
    return list_page(Invitations(reading), paging, scope=scope, **wanted)
