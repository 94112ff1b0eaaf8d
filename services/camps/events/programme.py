"""What happens to the programme of a camp."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from chassis.domain.aggregate import Event, Keywords
from services.camps.events.camp import ZoneLaw


@dataclass(frozen=True, kw_only=True)
class ProgrammeReleased(Event):
    """A programme is released: it is never changed, and what is otherwise later is another release."""

    type = "camps.programme.released"
    audience = "all"

    release_id: Annotated[str, "the release; also the event's subject"]
    camp_id: Annotated[str, "the camp whose programme it is"]
    number: Annotated[int, Keywords(minimum=1), "which release of the camp's programme it is"]
    camp_title: Annotated[str, "what the camp is called"]
    zone: Annotated[str, "the IANA time zone in which its hours are meant"]
    new: Annotated[list[str], "the sessions that the release before did not have"]
    moved: Annotated[list[str], "the sessions that are in another room, or at another time"]
    cancelled: Annotated[list[str], "the sessions that the release before had, and this one has not"]
    zone_law: ZoneLaw = None


@dataclass(frozen=True, kw_only=True)
class OwnSlot:
    """A session that a delegate presents, as a release has it; of one that is cancelled, as the one before had it."""

    session_id: Annotated[str, "the session"]
    title: Annotated[str, "what it is called"]
    room: Annotated[str, "the room"]
    starts_at: Annotated[str, "the instant at which it begins, in UTC"]
    ends_at: Annotated[str, "the instant at which it ends, in UTC"]
    difference: Annotated[str, "new, moved, same or cancelled, compared with what the delegate was told before"]


@dataclass(frozen=True, kw_only=True)
class DelegateAffected(Event):
    """A release says something to a delegate that the one before did not: the first one to everybody who comes.

    So does the last one to who is confirmed after it was told. Published once for each delegate and release. It carries
    all that a letter to them must say.
    """

    type = "camps.programme.delegate_affected"

    mailing_id: Annotated[str, "what tells of the release; also the event's subject"]
    release_id: Annotated[str, "the release"]
    number: Annotated[int, Keywords(minimum=1), "which release of the camp's programme it is"]
    camp_id: Annotated[str, "the camp whose programme it is"]
    camp_title: Annotated[str, "what the camp is called"]
    camp_zone: Annotated[str, "the IANA time zone of the camp"]
    ends_at: Annotated[datetime, "the instant at which the camp's last day closes, in UTC"]
    delegate_id: Annotated[str, "the delegate"]
    person_id: Annotated[str | None, "the person on record; null for who is named for this camp alone"]
    partner_id: Annotated[str | None, "the partner in whose seat they come; null where it is none's"]
    name: Annotated[str, "the name as the person writes it"]
    email: Annotated[str, "where they are written to"]
    language: Annotated[str, "their language, as a BCP 47 tag"]
    zone: Annotated[str, "their IANA time zone"]
    slots: Annotated[list[OwnSlot], "what they present, by the hour"]
    as_it_stands: Annotated[
        bool, "whether they are told the programme as it is, and not what is otherwise since the release before"
    ] = False
    zone_law: ZoneLaw = None
