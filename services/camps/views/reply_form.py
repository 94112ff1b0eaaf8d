"""What who has the link of a letter sees of their invitation."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from chassis.domain.scope import PLATFORM
from chassis.persistence.unit_of_work import Reading
from chassis.schemas.operations import query
from services.camps.events.camp import Venue
from services.camps.model.camp import Camp
from services.camps.model.camp_mode import CampMode
from services.camps.model.camp_schedule import Postponement
from services.camps.model.invitations.answer import PossibleAnswer
from services.camps.model.invitations.answerable import Withdrawal
from services.camps.model.invitations.invitation_lifecycle import InvitationState
from services.camps.model.invitations.invitee import InviteeKind
from services.camps.model.invitations.reply_link import ReplyLinks
from services.camps.model.invitations.seat_history import PlaceCause
from services.camps.model.invitations.seat_ledger import PassedOver
from services.camps.repository.camp import Camps, EligiblePartners
from services.camps.repository.invitations import Invitations
from services.camps.repository.link_holders import holder_of
from services.camps.schemas.invitations import Secret
from services.camps.views.invitations import waitlist_moves, waitlist_position


@dataclass(frozen=True, kw_only=True)
class PlaceOnDay:
    """The place on the waitlist that it had from a day on, by the days of the camp's place, and why."""

    on: date
    place: int
    because: PlaceCause


@dataclass(frozen=True, kw_only=True)
class ReplyForm:
    """An invitation as the page shows it to whoever has its link; instants are as the clocks at the camp show them.

    `standing_reason` was given for the rest of the partnership, or for its end. `language` is that of whom the link was
    sent to, a BCP 47 tag, where it is known. Somebody who is invited by name has no `partner_name`.
    """

    language: str | None
    kind: InviteeKind
    partner_name: str | None
    camp_title: str
    place: str
    mode: CampMode
    venue: Venue | None
    starts_on: date
    ends_on: date
    state: InvitationState
    seats: int
    waited_for: int | None
    position: int | None
    moves: list[PlaceOnDay]
    passed_over: list[PassedOver]
    offers_closed: bool
    """Whether nothing is offered any more to who waits, for who comes is settled."""
    zone: str
    due_at: str | None
    undone_until: str | None
    answers: list[PossibleAnswer]
    nonce: str
    withdrawal: Withdrawal | None
    standing_reason: str | None
    postponement: Postponement | None


@query
def show_reply_form(reading: Reading, links: ReplyLinks, *, token: Secret) -> ReplyForm:
    """Show an invitation by the link in its letter."""
    held = links.read(token)
    invitation = Invitations(reading).get(held.thing_id, scope=PLATFORM)
    holder = holder_of(reading, held, invitation)
    camp = Camps(reading).get(invitation.camp_id, scope=PLATFORM)
    partner_id = invitation.partner_id
    partner = EligiblePartners(reading).get(partner_id, scope=PLATFORM) if partner_id else None
    return ReplyForm(
        language=holder.language,
        kind=invitation.kind,
        partner_name=partner.name if partner else None,
        camp_title=camp.title,
        place=camp.place,
        mode=camp.mode,
        venue=camp.venue,
        starts_on=camp.starts_on,
        ends_on=camp.ends_on,
        state=invitation.state,
        seats=invitation.seats,
        waited_for=invitation.waited_for,
        position=waitlist_position(reading, invitation),
        moves=[
            PlaceOnDay(on=each.at.astimezone(ZoneInfo(camp.zone)).date(), place=each.after, because=each.because)
            for each in waitlist_moves(reading, invitation)
        ],
        passed_over=invitation.passed_over,
        offers_closed=camp.is_frozen(reading.now) or camp.has_begun(reading.now),
        zone=camp.zone,
        due_at=_local(invitation.due_at, camp),
        undone_until=_local(invitation.undo_until, camp),
        answers=list(invitation.possible_answers(at=reading.now)),
        nonce=links.nonce(invitation, holder_id=holder.id),
        withdrawal=invitation.withdrawal,
        standing_reason=partner.standing_reason if partner else None,
        postponement=camp.postponement,
    )


def _local(instant: datetime | None, camp: Camp) -> str | None:
    return instant.astimezone(ZoneInfo(camp.zone)).isoformat() if instant else None
