"""What happens to camps."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from chassis.domain.aggregate import Event, Keywords

CampId = Annotated[str, "the camp; also the event's subject"]
Season = Annotated[str, "summer or winter; there is one camp of each a year"]
Year = Annotated[int, "the year whose camp of that season it is"]
Title = Annotated[str, "what the camp is called"]
Place = Annotated[str, "where it takes place, in words"]
Zone = Annotated[str, "the IANA time zone of the place; the days are days there"]
StartsOn = Annotated[date, "the camp's first day"]
EndsOn = Annotated[date, "the camp's last day"]
OpensAt = Annotated[str, "the hour, such as 09:00, at which its first day opens, as the clocks at its place show it"]
ClosesAt = Annotated[str, "the hour, such as 17:00, at which its last day closes, as the clocks at its place show it"]
Mode = Annotated[str, "how it is attended: in_person, hybrid for there or online, or online; more may come"]
ZoneLaw = Annotated[
    str | None,
    "the release of the IANA time zone database by which hours of the camp are other instants than before, while the "
    "clocks at its place show the same; null where that is not the change",
]
AnswerBy = Annotated[date, "the last day on which partners may answer, in the camp's time zone"]


@dataclass(frozen=True, kw_only=True)
class Venue:
    """The house in which a camp takes place."""

    name: Annotated[str, "what it is called"]
    address: Annotated[str | None, "where it stands, on one line; null where that is not said"] = None


VenueOrNone = Annotated[Venue | None, "the house; null for an online camp, and as long as it is not known"]


@dataclass(frozen=True, kw_only=True)
class CampEvent(Event):
    """Something happened to a camp."""

    audience = "all"

    camp_id: CampId
    season: Season
    year: Year
    title: Title


@dataclass(frozen=True, kw_only=True)
class CampDescribed(CampEvent):
    """When and where a camp is."""

    place: Place
    zone: Zone
    starts_on: StartsOn
    ends_on: EndsOn
    capacity: Annotated[int, Keywords(minimum=1), "how many seats there are"]
    opens_at: OpensAt = "09:00"
    closes_at: ClosesAt = "17:00"
    mode: Mode = "in_person"
    venue: VenueOrNone = None


@dataclass(frozen=True, kw_only=True)
class CampPlanned(CampDescribed):
    """The institute has drafted a camp, or changed its draft: nobody else knows of it."""

    type = "camps.camp.planned"
    audience = "internal"


@dataclass(frozen=True, kw_only=True)
class CampAnnounced(CampDescribed):
    """The institute has said when and where a camp is. Nobody is invited by it."""

    type = "camps.camp.announced"


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
class CampTerms:
    """What partners are told of a camp."""

    title: Title
    place: Place
    zone: Zone
    starts_on: StartsOn
    ends_on: EndsOn
    answer_by: Annotated[date | None, "the last day on which partners may answer; null before they are invited"]
    opens_at: OpensAt = "09:00"
    closes_at: ClosesAt = "17:00"
    mode: Mode = "in_person"
    venue: VenueOrNone = None


@dataclass(frozen=True, kw_only=True)
class CampChange(CampTerms, Event):
    """What is said of a camp is another thing than before."""

    audience = "all"

    camp_id: CampId
    season: Season
    year: Year
    capacity: Annotated[int, Keywords(minimum=1), "how many seats there are"]
    before: Annotated[CampTerms, "what partners had been told"]
    anchor_revision: Annotated[int, Keywords(minimum=0), "how often its days were moved since it was announced"] = 0
    begins_at: Annotated[datetime | None, "the instant at which its first day opens, in UTC"] = None
    ends_at: Annotated[datetime | None, "the instant at which its last day closes, in UTC"] = None
    zone_law: ZoneLaw = None


@dataclass(frozen=True, kw_only=True)
class CampRescheduled(CampChange):
    """A camp is on other days, or in another time zone; other things may have changed with that."""

    type = "camps.camp.rescheduled"


@dataclass(frozen=True, kw_only=True)
class CampChanged(CampChange):
    """Something about a camp has changed, but neither its days nor its time zone."""

    type = "camps.camp.changed"


@dataclass(frozen=True, kw_only=True)
class CampFrozen(CampEvent):
    """Who comes to a camp is settled: no seat is offered any more."""

    type = "camps.camp.frozen"


@dataclass(frozen=True, kw_only=True)
class CampUnfrozen(CampEvent):
    """A camp that was frozen invites again: seats that are free are offered."""

    type = "camps.camp.unfrozen"


@dataclass(frozen=True, kw_only=True)
class CampPostponed(CampEvent):
    """A camp does not take place on its days; camps.camp.rescheduled says the others, once they are known."""

    type = "camps.camp.postponed"

    reason: Annotated[str, "why, as the partners are told"]


@dataclass(frozen=True, kw_only=True)
class CampStarted(CampEvent):
    """The first day of a camp has opened."""

    type = "camps.camp.started"

    begins_at: Annotated[datetime, "the instant at which its first day opened, in UTC"]
    ends_at: Annotated[datetime, "the instant at which its last day closes, in UTC"]


@dataclass(frozen=True, kw_only=True)
class CampEnded(CampEvent):
    """The last day of a camp has closed."""

    type = "camps.camp.ended"

    ended_at: Annotated[datetime, "the instant at which its last day closed, in UTC"]


@dataclass(frozen=True, kw_only=True)
class CampClosed(CampEvent):
    """All that came out of a camp is gathered."""

    type = "camps.camp.closed"


@dataclass(frozen=True, kw_only=True)
class CampReopened(CampEvent):
    """What came out of a camp that was closed is gathered on."""

    type = "camps.camp.reopened"


@dataclass(frozen=True, kw_only=True)
class CampDiscarded(CampEvent):
    """The institute has given up the draft of a camp: nobody else knew of it."""

    type = "camps.camp.discarded"
    audience = "internal"

    reason: Annotated[str, "why"]


@dataclass(frozen=True, kw_only=True)
class CampCancelled(CampEvent):
    """A camp does not take place, or does not go on.

    Each invitation that was open is withdrawn, and that is published, too.
    """

    type = "camps.camp.cancelled"

    reason: Annotated[str, "why, as the partners are told"]
