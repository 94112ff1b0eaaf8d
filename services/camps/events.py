"""The events that camps publishes: facts, in the past tense. `contracts/events/` has the schema of each."""

from dataclasses import dataclass
from datetime import date, datetime

from chassis.domain.aggregate import Event


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
    heard = False

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
class InvitationLinkMade(Event):
    """There is a link by which an invitation can be answered: whoever has it answers for the partner."""

    type = "camps.invitation.link_made"

    invitation_id: str
    partner_id: str
    link: str


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
class WaitlistPromoted(InvitationIssued):
    """Seats became free for the first who waited: held for it until `offer_until`, and it is asked to answer."""

    type = "camps.waitlist.promoted"

    offer_until: datetime


@dataclass(frozen=True, kw_only=True)
class InvitationAccepted(Event):
    """A partner comes with this many of its people; said again when it comes with fewer."""

    type = "camps.invitation.accepted"

    invitation_id: str
    camp_id: str
    partner_id: str
    seats: int
    via: str


@dataclass(frozen=True, kw_only=True)
class InvitationTentative(Event):
    """A partner may come: its seats are kept for it."""

    type = "camps.invitation.tentative"

    invitation_id: str
    camp_id: str
    partner_id: str
    via: str


@dataclass(frozen=True, kw_only=True)
class InvitationDeclined(Event):
    """A partner does not come; for a grace period it may take that back."""

    type = "camps.invitation.declined"

    invitation_id: str
    camp_id: str
    partner_id: str
    reason: str | None
    via: str


@dataclass(frozen=True, kw_only=True)
class InvitationAnswerUndone(Event):
    """A partner took its no back: what it had answered before holds again."""

    type = "camps.invitation.answer_undone"

    invitation_id: str
    camp_id: str
    partner_id: str
    state: str
    via: str


@dataclass(frozen=True, kw_only=True)
class InvitationExpired(Event):
    """A partner was asked to come, and did not answer in time."""

    type = "camps.invitation.expired"

    invitation_id: str
    camp_id: str
    partner_id: str


@dataclass(frozen=True, kw_only=True)
class InvitationWithdrawn(Event):
    """An invitation holds no longer: it gives its seats up, or its place on the waitlist."""

    type = "camps.invitation.withdrawn"

    invitation_id: str
    camp_id: str
    partner_id: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class SeatsFreed(Event):
    """An invitation gave seats up: whoever waits may have them."""

    type = "camps.seats.freed"

    camp_id: str
    invitation_id: str
    seats: int


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


@dataclass(frozen=True, kw_only=True)
class SessionWithdrawn(Event):
    """A speaking slot that was proposed is proposed no longer: the result, or the invitation, is gone."""

    type = "camps.session.withdrawn"
    heard = False

    session_id: str
    camp_id: str
    partner_id: str
    milestone_id: str
