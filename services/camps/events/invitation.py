"""What happens to invitations, to their seats, and to who waits for some."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from chassis.domain.aggregate import Event, Keywords
from services.camps.events.camp import (
    AnswerBy,
    CampTerms,
    EndsOn,
    Mode,
    Place,
    Season,
    StartsOn,
    Title,
    VenueOrNone,
    Year,
    Zone,
    ZoneLaw,
)

InvitationId = Annotated[str, "the invitation; also the event's subject"]
BeginsAt = Annotated[datetime | None, "the instant at which the camp's first day opens, in UTC"]
EndsAt = Annotated[datetime | None, "the instant at which the camp's last day closes, in UTC"]
Via = Annotated[str, "the way the answer came: api, or rsvp for the link in a letter; more may come"]


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why a partner is invited."""

    kind: Annotated[str, "milestone, initiative, or staff for a reason that the institute gave itself; more may come"]
    id: Annotated[str, "the thing of that kind; of a reason that the institute gave, its own id"]
    title: Annotated[str, "the reason in words, such as a milestone's title"]


@dataclass(frozen=True, kw_only=True)
class InvitationEvent(Event):
    """Something happened to an invitation."""

    audience = "partner"

    invitation_id: InvitationId
    camp_id: Annotated[str, "the camp it is to"]
    partner_id: Annotated[str, "the partner that is or was invited"]
    admission_number: Annotated[
        int,
        Keywords(minimum=1),
        "in which admission of the partner it was asked last: 2 when it came back after a departure",
    ] = 1


@dataclass(frozen=True, kw_only=True)
class SeatsOffered(InvitationEvent):
    """Seats of a camp are held for a partner, which is asked to answer. It carries all that a letter must say."""

    season: Season
    year: Year
    camp_title: Title
    place: Place
    zone: Zone
    starts_on: StartsOn
    ends_on: EndsOn
    answer_by: AnswerBy
    seats: Annotated[int, Keywords(minimum=1), "how many of its people the partner may bring"]
    reasons: Annotated[list[Reason], "why it is invited; more reasons may be found after this was published"]
    begins_at: BeginsAt = None
    ends_at: EndsAt = None
    mode: Mode = "in_person"
    venue: VenueOrNone = None


@dataclass(frozen=True, kw_only=True)
class InvitationIssued(SeatsOffered):
    """Seats of a camp are held for a partner, which is asked to answer. It carries all that a letter must say."""

    type = "camps.invitation.issued"

    offer_until: Annotated[
        datetime | None, "until when the seats are held for the partner, if that counts instead of answer_by"
    ] = None


@dataclass(frozen=True, kw_only=True)
class WaitlistJoined(InvitationEvent):
    """There is a reason to invite a partner, but a camp has not enough free seats, or others wait already.

    The invitation waits and holds no seat. Published again when it waits once more. It carries all that a letter says.
    """

    type = "camps.waitlist.joined"

    seats: Annotated[int, Keywords(minimum=1), "how many seats it waits for; it takes all of them or none"]
    position: Annotated[int, Keywords(minimum=1), "its place on the waitlist when it joined; 1 is the first"]
    camp_title: Annotated[str | None, "what the camp is called"] = None
    place: Annotated[str | None, "where it takes place, in words"] = None
    zone: Annotated[str | None, "the IANA time zone of the place; the days are days there"] = None
    starts_on: Annotated[date | None, "the camp's first day"] = None
    ends_on: Annotated[date | None, "the camp's last day"] = None
    reasons: Annotated[list[Reason] | None, "why there is an invitation; more reasons may be found later"] = None
    begins_at: BeginsAt = None
    ends_at: EndsAt = None
    mode: Mode = "in_person"
    venue: VenueOrNone = None


@dataclass(frozen=True, kw_only=True)
class WaitlistClosed(InvitationEvent):
    """A partner waits for seats of a camp, and nothing is offered any more: who comes is settled, or the camp begins.

    What it was offered and had not taken has ended by that, and it waits in its turn. When seats are offered again,
    camps.waitlist.joined or camps.waitlist.promoted says so. It carries all that a letter says.
    """

    type = "camps.waitlist.closed"

    seats: Annotated[int, Keywords(minimum=1), "how many seats it waits for"]
    position: Annotated[int, Keywords(minimum=1), "its place on the waitlist; 1 is the first"]
    was_offered: Annotated[bool, "whether seats were held for it, and might still have been taken, until now"]
    camp_title: Title
    place: Place
    zone: Zone
    starts_on: StartsOn
    ends_on: EndsOn
    begins_at: BeginsAt
    ends_at: EndsAt
    mode: Mode
    venue: VenueOrNone
    reasons: Annotated[list[Reason], "why there is an invitation; more reasons may be found later"]


@dataclass(frozen=True, kw_only=True)
class WaitlistReduced(InvitationEvent):
    """A partner that waits would take fewer seats than before, in the place it has."""

    type = "camps.waitlist.reduced"

    seats: Annotated[int, Keywords(minimum=1), "how many seats it waits for now"]
    before: Annotated[int, Keywords(minimum=1), "how many it waited for before"]
    via: Via
    told_sequence: Annotated[
        int, Keywords(minimum=0), "the sequence of the event by which it was told that it waits; 0 if that is not said"
    ] = 0


@dataclass(frozen=True, kw_only=True)
class WaitlistLeft(InvitationEvent):
    """A partner waits no longer for seats of a camp. It may join again, behind all others."""

    type = "camps.waitlist.left"

    reason: Annotated[str | None, "the reason it gave, if it did, or that of the institute"]
    kind: Annotated[str, "who said so: by_partner or by_staff; more may come"]
    via: Via


@dataclass(frozen=True, kw_only=True)
class WaitlistPromoted(SeatsOffered):
    """Seats of a camp became free for a partner that waited: they are held for it until an instant.

    It is asked to answer. The event carries all that a letter must say.
    """

    type = "camps.waitlist.promoted"

    offer_until: Annotated[
        datetime,
        "until when the seats are held for the partner; it may come after answer_by, and counts instead of it",
    ]
    waited_for: Annotated[
        int | None, Keywords(minimum=1), "how many seats it waited for, if it is offered fewer; it may wait for all"
    ] = None


@dataclass(frozen=True, kw_only=True)
class InvitationAccepted(InvitationEvent):
    """A partner comes to a camp with this many of its people; the other seats that were kept for it are free.

    Published again when it comes with fewer.
    """

    type = "camps.invitation.accepted"

    seats: Annotated[int, Keywords(minimum=1), "how many of its people come"]
    via: Via


@dataclass(frozen=True, kw_only=True)
class InvitationTentative(InvitationEvent):
    """A partner may come to a camp; its seats are kept for it."""

    type = "camps.invitation.tentative"

    via: Via


@dataclass(frozen=True, kw_only=True)
class InvitationDeclined(InvitationEvent):
    """A partner does not come to a camp.

    Its seats are kept for a grace period in which it can take that back; camps.seats.freed says when they are free.
    """

    type = "camps.invitation.declined"

    reason: Annotated[str | None, "the reason it gave, if it did"]
    via: Via
    undo_until: Annotated[datetime | None, "the instant until which it can take that back, in UTC"] = None


@dataclass(frozen=True, kw_only=True)
class InvitationAnswerUndone(InvitationEvent):
    """Within the grace period a partner took its no back: what it had answered before holds again."""

    type = "camps.invitation.answer_undone"

    state: Annotated[str, "where its invitation stands again: issued, tentative, accepted or reconfirm"]
    via: Via


@dataclass(frozen=True, kw_only=True)
class InvitationExpired(InvitationEvent):
    """A partner was asked to come, and did not answer in time.

    That is until the last day to answer by was over, or its offer of seats that had become free. Only what was
    delivered expires.
    """

    type = "camps.invitation.expired"


@dataclass(frozen=True, kw_only=True)
class InvitationWithdrawn(InvitationEvent):
    """An invitation holds no longer, and the partner is not expected; it may be issued again."""

    type = "camps.invitation.withdrawn"

    reason: Annotated[str, "why it was withdrawn"]
    kind: Annotated[
        str | None, "what for: by_staff, no_reason_left, partner_departed or camp_cancelled; more may come"
    ] = None


@dataclass(frozen=True, kw_only=True)
class InvitationCampChanged(InvitationEvent):
    """Something that a partner was told about a camp it is invited to, attends or waits for has changed.

    It carries all that a letter must say, as it is now and as it was.
    """

    type = "camps.invitation.camp_changed"

    camp_title: Title
    place: Place
    zone: Zone
    starts_on: StartsOn
    ends_on: EndsOn
    answer_by: AnswerBy
    offer_until: Annotated[datetime | None, "until when the partner may answer, if that counts instead of answer_by"]
    seats: Annotated[int, Keywords(minimum=1), "how many seats are kept for it, or how many it waits for"]
    state: Annotated[str, "where the invitation stands: issued, tentative, accepted, reconfirm, declined or waitlisted"]
    told_sequence: Annotated[
        int, Keywords(minimum=1), "the sequence of the event by which the partner was asked last, or told that it waits"
    ]
    before: Annotated[CampTerms, "what the partner had been told"]
    opens_at: Annotated[str | None, "the hour at which its first day opens, as the clocks there show it"] = None
    closes_at: Annotated[str | None, "the hour at which its last day closes, as the clocks there show it"] = None
    postponed_because: Annotated[str | None, "why its days are open, if they are: those that are told do not count"] = (
        None
    )
    zone_law: ZoneLaw = None
    begins_at: BeginsAt = None
    ends_at: EndsAt = None
    mode: Mode = "in_person"
    venue: VenueOrNone = None
    offers_closed: Annotated[bool, "whether nothing is offered any more to who waits, for who comes is settled"] = False


@dataclass(frozen=True, kw_only=True)
class SeatsFreed(Event):
    """An invitation gave up seats of a camp: those who wait for some may have them."""

    type = "camps.seats.freed"

    camp_id: Annotated[str, "the camp whose seats they are"]
    invitation_id: Annotated[str, "the invitation that had them; also the event's subject"]
    seats: Annotated[int, Keywords(minimum=1), "how many seats are free by it"]
