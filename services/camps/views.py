"""What one can see of camps: read only."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from chassis.domain.scope import EVERY_ORGANISATION, PLATFORM, Scope
from chassis.persistence.queries import list_page
from chassis.persistence.unit_of_work import Reading
from chassis.schemas.messages import Page, Paging
from chassis.schemas.operations import query
from services.camps.model.answer import PossibleAnswer
from services.camps.model.answerable import Withdrawal
from services.camps.model.camp import Camp
from services.camps.model.camp_days import Season
from services.camps.model.camp_lifecycle import CampState
from services.camps.model.invitation import Invitation
from services.camps.model.invitation_lifecycle import InvitationState
from services.camps.model.reply_link import ReplyLinks
from services.camps.model.seat_ledger import PassedOver, SeatLedger
from services.camps.model.session import Session, SessionState
from services.camps.repository import Camps, EligiblePartners, Invitations, People, SeatLedgers, Sessions
from services.camps.schemas import CampId, Code, InvitationId, PartnerId, Query, Secret, Year

NOTICES = {
    "answers_are_over": "The time to answer is over.",
    "more_seats_than_offered": "There are not that many seats for you.",
    "not_fewer_seats": "Please choose fewer seats than you wait for.",
    "camp_has_begun": "The camp has begun, and nobody joins its waitlist any more.",
    "partner_not_invitable": "The partnership rests or has ended, and you cannot join the waitlist now.",
    "not_on_the_waitlist": "You cannot join the waitlist by yourself any more. Please write to us.",
}
"""The reason for a refused answer, for people, by the code of the error."""
ANSWERED_MEANWHILE = (
    "Your answer was not taken, because there was another one in the meantime. This is the present state."
)


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
    """One that waits for seats, and why it is offered none just now."""

    position: int
    invitation_id: str
    partner_id: str
    partner_name: str
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
    """Where an invitation stands on the waitlist now; without a position it does not wait."""

    invitation_id: str
    camp_id: str
    partner_id: str
    position: int | None
    seats: int
    passed_over: list[PassedOver]


@dataclass(frozen=True, kw_only=True)
class ReplyForm:
    """An invitation as the page shows it to whoever has its link; instants are as the clocks at the camp show them.

    `standing_reason` was given for the rest of the partnership, or for its end.
    """

    partner_name: str
    camp_title: str
    place: str
    starts_on: date
    ends_on: date
    state: InvitationState
    seats: int
    waited_for: int | None
    position: int | None
    passed_over: list[PassedOver]
    zone: str
    due_at: str | None
    undone_until: str | None
    notice: str | None
    answers: list[PossibleAnswer]
    nonce: str
    withdrawal: Withdrawal | None
    standing_reason: str | None


@query
def show_camp(reading: Reading, scope: Scope, *, camp_id: CampId) -> Camp:
    """Show a camp."""
    return Camps(reading).get(camp_id, scope=scope)


@query
def list_camps(
    reading: Reading,
    scope: Scope,
    *,
    paging: Paging,
    season: Season | None = None,
    year: Year | None = None,
    state: CampState | None = None,
    q: Query | None = None,
) -> Page[Camp]:
    """List camps: of one season or year, in one state, or by title."""
    return list_page(Camps(reading), paging, scope=scope, q=q, season=season, year=year, state=state)


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
    wanted = {"_id": {"$in": [each.partner_id for each in invited.values()]}}
    names = {each.id: each.name for each in EligiblePartners(reading).each(wanted, scope=PLATFORM)}
    return [
        WaitingPartner(position=number, invitation_id=entry.invitation_id, seats=entry.seats,
                       partner_id=invited[entry.invitation_id].partner_id,
                       partner_name=names[invited[entry.invitation_id].partner_id], passed_over=entry.passed_over)
        for number, entry in enumerate(ledger.waitlist, 1)
    ]  # fmt: skip


@query
def show_waitlist_place(reading: Reading, scope: Scope, *, invitation_id: InvitationId) -> WaitlistPlace:
    """Show where an invitation stands on the waitlist of its camp now."""
    invitation = Invitations(reading).get(invitation_id, scope=scope)
    return WaitlistPlace(invitation_id=invitation.id, camp_id=invitation.camp_id, partner_id=invitation.partner_id,
                         position=_position(reading, invitation), seats=invitation.seats,
                         passed_over=invitation.passed_over)  # fmt: skip


def _position(reading: Reading, invitation: Invitation) -> int | None:
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
    state: InvitationState | None = None,
) -> Page[Invitation]:
    """List invitations: to one camp, of one partner or in one state."""
    wanted = {"camp_id": camp_id, "partner_id": partner_id, "state": state}
    return list_page(Invitations(reading), paging, scope=scope, **wanted)


@query
def show_reply_form(reading: Reading, links: ReplyLinks, *, token: Secret, refused: Code | None = None) -> ReplyForm:
    """Show an invitation by the link in its letter, with why an answer was refused."""
    held = links.read(token)
    holder = People(reading).holding(held)
    invitation = Invitations(reading).get(held.thing_id, scope=PLATFORM)
    holder.refuse_ended_links(partner_id=invitation.partner_id, address_digest=held.address_digest)
    camp = Camps(reading).get(invitation.camp_id, scope=PLATFORM)
    partner = EligiblePartners(reading).get(invitation.partner_id, scope=PLATFORM)
    return ReplyForm(
        partner_name=partner.name,
        camp_title=camp.title,
        place=camp.place,
        starts_on=camp.starts_on,
        ends_on=camp.ends_on,
        state=invitation.state,
        seats=invitation.seats,
        waited_for=invitation.waited_for,
        position=_position(reading, invitation),
        passed_over=invitation.passed_over,
        zone=camp.zone,
        due_at=_local(invitation.due_at, camp),
        undone_until=_local(invitation.undo_until, camp),
        notice=NOTICES.get(refused, ANSWERED_MEANWHILE) if refused else None,
        answers=list(invitation.possible_answers(at=reading.now)),
        nonce=links.nonce(invitation, holder_id=holder.id),
        withdrawal=invitation.withdrawal,
        standing_reason=partner.standing_reason,
    )


def _local(instant: datetime | None, camp: Camp) -> str | None:
    return instant.astimezone(ZoneInfo(camp.zone)).isoformat() if instant else None


@query
def list_sessions(
    reading: Reading,
    scope: Scope,
    *,
    paging: Paging,
    camp_id: CampId | None = None,
    partner_id: PartnerId | None = None,
    state: SessionState | None = None,
) -> Page[Session]:
    """List sessions: at one camp, of one partner or in one state."""
    return list_page(Sessions(reading), paging, scope=scope, camp_id=camp_id, partner_id=partner_id, state=state)
