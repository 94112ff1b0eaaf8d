"""What happens to delegates: those who come to a camp by name."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from chassis.domain.aggregate import Event, Keywords
from services.camps.events.camp import EndsOn, Mode, Place, Season, StartsOn, Title, VenueOrNone, Year, Zone


@dataclass(frozen=True, kw_only=True)
class DelegateEvent(Event):
    """Something happened to a delegate. It carries all that a letter to them, and their calendar, must say."""

    delegate_id: Annotated[str, "the delegate; also the event's subject"]
    camp_id: Annotated[str, "the camp"]
    partner_id: Annotated[str | None, "the partner in whose seat they come; null where it is none's"]
    invitation_id: Annotated[str | None, "the partner's invitation, whose seat it is"]
    person_id: Annotated[str | None, "the person on record; null for who is named for this camp alone"]
    kind: Annotated[str, "whose seat it is: partner, guest, faculty or institute; more may come"]
    name: Annotated[str, "the name as the person writes it"]
    email: Annotated[str, "where they are written to"]
    language: Annotated[str, "their language, as a BCP 47 tag"]
    zone: Annotated[str, "their IANA time zone"]
    role: Annotated[str, "what they come as, in the words of who named them"]
    attends: Annotated[str, "in_person or remote"]
    season: Season
    year: Year
    camp_title: Title
    place: Place
    camp_zone: Zone
    starts_on: StartsOn
    ends_on: EndsOn
    begins_at: Annotated[datetime, "the instant at which the camp's first day opens, in UTC"]
    ends_at: Annotated[datetime, "the instant at which the camp's last day closes, in UTC"]
    anchor_revision: Annotated[int, Keywords(minimum=0), "how often the camp's days were moved since it was announced"]
    substitute_for: Annotated[str | None, "the delegate whose seat they took over, if they did"]
    mode: Mode = "in_person"
    venue: VenueOrNone = None


@dataclass(frozen=True, kw_only=True)
class DelegateNamed(DelegateEvent):
    """Somebody is named to come to a camp. Published again when they had been withdrawn and come after all."""

    type = "camps.delegate.named"


@dataclass(frozen=True, kw_only=True)
class DelegateConfirmed(DelegateEvent):
    """It is sure that a delegate comes. Published again when they had been withdrawn and come after all."""

    type = "camps.delegate.confirmed"


@dataclass(frozen=True, kw_only=True)
class DelegateChanged(DelegateEvent):
    """What is known of somebody who comes is different: it carries all of it, as it is now."""

    type = "camps.delegate.changed"

    email_before: Annotated[str, "where they were written to until now"]


@dataclass(frozen=True, kw_only=True)
class DelegateSubstituted(DelegateEvent):
    """Somebody else comes in the place and in the seat of a delegate, and is named by an event of their own."""

    type = "camps.delegate.substituted"

    substitute_id: Annotated[str, "the delegate who comes instead"]


@dataclass(frozen=True, kw_only=True)
class DelegateWithdrawn(DelegateEvent):
    """A delegate does not come, and their seat is their partner's to fill, if it still has it."""

    type = "camps.delegate.withdrawn"

    because: Annotated[
        str,
        "by_hand, invitation when their partner has the seats no longer or does not say that it comes, camp_cancelled, "
        "or person_left; more may come",
    ]
