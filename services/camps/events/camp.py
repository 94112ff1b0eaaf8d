"""What happens to camps."""

from dataclasses import dataclass
from datetime import date
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
AnswerBy = Annotated[date, "the last day on which partners may answer, in the camp's time zone"]


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
class CampTerms:
    """What partners are told of a camp."""

    title: Title
    place: Place
    zone: Zone
    starts_on: StartsOn
    ends_on: EndsOn
    answer_by: Annotated[date | None, "the last day on which partners may answer; null before they are invited"]


@dataclass(frozen=True, kw_only=True)
class CampChange(CampTerms, Event):
    """What is said of a camp is another thing than before."""

    audience = "all"

    camp_id: CampId
    season: Season
    year: Year
    capacity: Annotated[int, Keywords(minimum=1), "how many seats there are"]
    before: Annotated[CampTerms, "what partners had been told"]


@dataclass(frozen=True, kw_only=True)
class CampRescheduled(CampChange):
    """A camp is on other days, or in another time zone; other things may have changed with that."""

    type = "camps.camp.rescheduled"


@dataclass(frozen=True, kw_only=True)
class CampChanged(CampChange):
    """Something about a camp has changed, but neither its days nor its time zone."""

    type = "camps.camp.changed"


@dataclass(frozen=True, kw_only=True)
class CampCancelled(Event):
    """A camp does not take place. Each invitation that was open is withdrawn, and that is published, too."""

    type = "camps.camp.cancelled"
    audience = "all"

    camp_id: CampId
    season: Season
    year: Year
    title: Title
    reason: Annotated[str, "why, as the partners are told"]
