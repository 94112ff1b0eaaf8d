"""What happens to invitations of somebody by name: guests of other industries, faculty, the institute's delegation.

They obey the same rules as those of partners and have events of their own, for they are nobody's but the institute's.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from chassis.domain.aggregate import Event, Keywords
from services.camps.events.camp import (
    CampTerms,
    EndsOn,
    Mode,
    Place,
    StartsOn,
    Title,
    VenueOrNone,
    Zone,
    ZoneLaw,
)
from services.camps.events.invitation import BeginsAt, EndsAt, Reason, Via


@dataclass(frozen=True, kw_only=True)
class GuestEvent(Event):
    """Something happened to the invitation of somebody by name. It carries what a letter must say of them."""

    invitation_id: Annotated[str, "the invitation; also the event's subject"]
    camp_id: Annotated[str, "the camp it is to"]
    kind: Annotated[str, "guest, faculty or institute; more may come"]
    person_id: Annotated[str | None, "the person on record; null for a guest, who is known for this camp alone"]
    name: Annotated[str, "the name as the person writes it"]
    email: Annotated[str, "where they are written to"]
    language: Annotated[str, "their language, as a BCP 47 tag"]
    zone: Annotated[str, "their IANA time zone"]


@dataclass(frozen=True, kw_only=True)
class GuestTold(GuestEvent):
    """It carries all that a letter must say of the camp."""

    camp_title: Title
    place: Place
    camp_zone: Zone
    starts_on: StartsOn
    ends_on: EndsOn
    begins_at: BeginsAt
    ends_at: EndsAt
    mode: Mode = "in_person"
    venue: VenueOrNone = None


@dataclass(frozen=True, kw_only=True)
class GuestAsked(GuestTold):
    """A seat of a camp is held for somebody, who is asked to answer."""

    answer_by: Annotated[date, "the last day to answer, where the camp takes place"]
    offer_until: Annotated[datetime | None, "until when the seat is held, if that counts instead of answer_by"]
    reasons: Annotated[list[Reason], "why they are invited"]


@dataclass(frozen=True, kw_only=True)
class GuestInvited(GuestAsked):
    """A seat of a camp is held for somebody who is invited by name, and who is asked to answer."""

    type = "camps.guest.invited"


@dataclass(frozen=True, kw_only=True)
class GuestOffered(GuestAsked):
    """A seat of a camp became free for somebody who waited: it is held for them until an instant."""

    type = "camps.guest.offered"


@dataclass(frozen=True, kw_only=True)
class GuestWaitlisted(GuestTold):
    """Somebody is to be invited by name, but a camp has no free seat, or others wait already: they wait as these do."""

    type = "camps.guest.waitlisted"

    position: Annotated[int, Keywords(minimum=1), "the place on the waitlist when they joined; 1 is the first"]
    reasons: Annotated[list[Reason], "why they are invited"]


@dataclass(frozen=True, kw_only=True)
class GuestWaitlistClosed(GuestTold):
    """Somebody waits for a seat of a camp, and none is offered any more: who comes is settled, or the camp begins.

    What they were offered and had not taken has ended by that. When seats are offered again, camps.guest.waitlisted or
    camps.guest.offered says so.
    """

    type = "camps.guest.waitlist_closed"

    was_offered: Annotated[bool, "whether a seat was held for them, and might still have been taken, until now"]


@dataclass(frozen=True, kw_only=True)
class GuestAccepted(GuestEvent):
    """Somebody who was invited by name comes to a camp; camps.delegate.confirmed says the rest."""

    type = "camps.guest.accepted"

    via: Via


@dataclass(frozen=True, kw_only=True)
class GuestTentative(GuestEvent):
    """Somebody who was invited by name may come to a camp; their seat is kept for them."""

    type = "camps.guest.tentative"

    via: Via


@dataclass(frozen=True, kw_only=True)
class GuestDeclined(GuestEvent):
    """Somebody who was invited by name does not come; their seat is kept for a while, in which they can undo that."""

    type = "camps.guest.declined"

    reason: Annotated[str | None, "the reason they gave, if they did"]
    via: Via
    undo_until: Annotated[datetime | None, "the instant until which they can take that back, in UTC"]


@dataclass(frozen=True, kw_only=True)
class GuestAnswerUndone(GuestEvent):
    """Somebody took their no back in time: what they had answered before holds again."""

    type = "camps.guest.answer_undone"

    state: Annotated[str, "where the invitation stands again, such as issued, tentative or accepted"]
    via: Via


@dataclass(frozen=True, kw_only=True)
class GuestLeftWaitlist(GuestEvent):
    """Somebody who was to be invited by name waits no longer for a seat. They may join again, behind all others."""

    type = "camps.guest.left_waitlist"

    reason: Annotated[str | None, "the reason they gave, if they did, or that of the institute"]
    via: Via


@dataclass(frozen=True, kw_only=True)
class GuestExpired(GuestEvent):
    """Somebody was invited by name, and did not answer in time. Only what was delivered expires."""

    type = "camps.guest.expired"


@dataclass(frozen=True, kw_only=True)
class GuestWithdrawn(GuestEvent):
    """The invitation of somebody by name holds no longer; it may be issued again."""

    type = "camps.guest.withdrawn"

    reason: Annotated[str, "why it was withdrawn, as they are told"]
    withdrawn_for: Annotated[str, "what for: by_staff, person_left or camp_cancelled; more may come"]


@dataclass(frozen=True, kw_only=True)
class GuestCampChanged(GuestTold):
    """Something that somebody was told about a camp to which they are invited by name has changed."""

    type = "camps.guest.camp_changed"

    answer_by: Annotated[date, "the last day to answer, where the camp takes place"]
    offer_until: Annotated[datetime | None, "until when they may answer, if that counts instead of answer_by"]
    state: Annotated[str, "where the invitation stands, such as issued, tentative, accepted, declined or waitlisted"]
    before: Annotated[CampTerms, "what they had been told"]
    postponed_because: Annotated[str | None, "why its days are open, if they are: those that are told do not count"] = (
        None
    )
    offers_closed: Annotated[bool, "whether nothing is offered any more to who waits, for who comes is settled"] = False
    zone_law: ZoneLaw = None
