"""The events that camps publishes: facts, in the past tense. Their contracts are written from these classes."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from chassis.domain.aggregate import Event, Keywords

CampId = Annotated[str, "the camp; also the event's subject"]
InvitationId = Annotated[str, "the invitation; also the event's subject"]
Season = Annotated[str, "summer or winter; there is one camp of each a year"]
Year = Annotated[int, "the year whose camp of that season it is"]
Title = Annotated[str, "what the camp is called"]
Place = Annotated[str, "where it takes place, in words"]
Zone = Annotated[str, "the IANA time zone of the place; the days are days there"]
StartsOn = Annotated[date, "the camp's first day"]
EndsOn = Annotated[date, "the camp's last day"]
AnswerBy = Annotated[date, "the last day on which partners may answer, in the camp's time zone"]
Via = Annotated[str, "the way the answer came: api, or rsvp for the link in a letter; more may come"]


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why a partner is invited."""

    kind: Annotated[str, "milestone, or staff for a reason that the institute gave itself; more may come"]
    id: Annotated[str, "the thing of that kind; of a reason that the institute gave, its own id"]
    title: Annotated[str, "the reason in words, such as a milestone's title"]


@dataclass(frozen=True, kw_only=True)
class CampAnnounced(Event):
    """The institute has said when and where a camp is. Nobody is invited by it."""

    type = "camps.camp.announced"
    audience = "all"

    camp_id: CampId
    season: Season
    year: Year
    title: Title
    place: Place
    zone: Zone
    starts_on: StartsOn
    ends_on: EndsOn
    capacity: Annotated[int, Keywords(minimum=1), "how many seats there are"]


@dataclass(frozen=True, kw_only=True)
class CampInvitationsOpened(Event):
    """From now on partners are invited to a camp. Published once for each camp."""

    type = "camps.camp.invitations_opened"
    audience = "all"

    camp_id: CampId
    season: Season
    year: Year
    answer_by: AnswerBy


@dataclass(frozen=True, kw_only=True)
class InvitationEvent(Event):
    """Something happened to an invitation."""

    audience = "partner"

    invitation_id: InvitationId
    camp_id: Annotated[str, "the camp it is to"]
    partner_id: Annotated[str, "the partner that is or was invited"]


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

    The invitation waits and holds no seat.
    """

    type = "camps.waitlist.joined"

    seats: Annotated[int, Keywords(minimum=1), "how many seats it waits for; it takes all of them or none"]
    position: Annotated[int, Keywords(minimum=1), "its place on the waitlist when it joined; 1 is the first"]


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


@dataclass(frozen=True, kw_only=True)
class InvitationAnswerUndone(InvitationEvent):
    """Within the grace period a partner took its no back: what it had answered before holds again."""

    type = "camps.invitation.answer_undone"

    state: Annotated[str, "where its invitation stands again: issued, tentative or accepted"]
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
class SeatsFreed(Event):
    """An invitation gave up seats of a camp: those who wait for some may have them."""

    type = "camps.seats.freed"

    camp_id: Annotated[str, "the camp whose seats they are"]
    invitation_id: Annotated[str, "the invitation that had them; also the event's subject"]
    seats: Annotated[int, Keywords(minimum=1), "how many seats are free by it"]


@dataclass(frozen=True, kw_only=True)
class SessionEvent(Event):
    """Something happened to a session, in which a partner shares a result."""

    audience = "partner"

    session_id: Annotated[str, "the session; also the event's subject"]
    camp_id: Annotated[str, "the camp at which it may or might have taken place"]
    partner_id: Annotated[str, "the partner that would speak"]
    milestone_id: Annotated[str, "the milestone whose result is or was to be shared"]


@dataclass(frozen=True, kw_only=True)
class SessionProposed(SessionEvent):
    """A partner that is invited already, or comes, has one more result to share: a speaking slot is proposed.

    Published again only when it had been withdrawn.
    """

    type = "camps.session.proposed"

    kind: Annotated[str, "result; more may come"]
    title: Annotated[str, "what was reached, in the partner's words"]


@dataclass(frozen=True, kw_only=True)
class SessionWithdrawn(SessionEvent):
    """A speaking slot that was proposed is proposed no longer: its milestone was reopened, or the invitation withdrawn.

    It may be proposed again, and that is published again.
    """

    type = "camps.session.withdrawn"

    because: Annotated[
        str | None, "what it was withdrawn with: milestone_reopened or invitation_withdrawn; more may come"
    ] = None
