"""What camps says: facts, in the past tense. `contracts/events/` holds each one's published form."""

from dataclasses import dataclass
from datetime import date

from chassis.domain import Event


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why a partner is invited: `id` names the thing of this `kind`, `title` says it in words."""

    kind: str
    id: str
    title: str


@dataclass(frozen=True, kw_only=True)
class CampAnnounced(Event):
    """Everybody may know when and where the next camp is."""

    type = "camps.camp.announced"
    heard = False

    camp_id: str
    season: str
    year: int
    title: str
    place: str
    zone: str
    starts_on: date
    ends_on: date
    capacity: int


@dataclass(frozen=True, kw_only=True)
class CampInvitationsOpened(Event):
    """From now on partners are invited to this camp."""

    type = "camps.camp.invitations_opened"

    camp_id: str
    season: str
    year: int
    answer_by: date


@dataclass(frozen=True, kw_only=True)
class InvitationIssued(Event):
    """Seats are held for a partner, and it is asked to answer."""

    type = "camps.invitation.issued"

    invitation_id: str
    camp_id: str
    partner_id: str
    season: str
    year: int
    camp_title: str
    place: str
    zone: str
    starts_on: date
    ends_on: date
    answer_by: date
    seats: int
    reasons: list[Reason]


@dataclass(frozen=True, kw_only=True)
class WaitlistJoined(Event):
    """There were not enough free seats for all of an invitation: it waits, and holds none."""

    type = "camps.waitlist.joined"
    heard = False

    invitation_id: str
    camp_id: str
    partner_id: str
    seats: int
    position: int


@dataclass(frozen=True, kw_only=True)
class SessionProposed(Event):
    """A partner that is coming anyway has one more result to share: a speaking slot is proposed."""

    type = "camps.session.proposed"
    heard = False

    session_id: str
    camp_id: str
    partner_id: str
    kind: str
    milestone_id: str
    title: str
