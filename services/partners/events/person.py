"""What happens to people."""

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

from chassis.domain.aggregate import Event

PersonId = Annotated[str, "the person; also the event's subject"]
PartnerOfPerson = Annotated[str | None, "whose person it is; null for the institute's own"]


@dataclass(frozen=True, kw_only=True)
class PersonEvent(Event):
    """What others know of a person."""

    person_id: PersonId
    partner_id: PartnerOfPerson
    name: Annotated[str, "the name as the person writes it"]
    email: Annotated[str, "where the person is written to"]
    role: Annotated[str, "leader, improver or delegate of a partner; coach or staff of the institute; more may come"]
    language: Annotated[str, "the person's language, as a BCP 47 tag"]
    zone: Annotated[str, "the person's IANA time zone"]
    roles: Annotated[list[str], "every role they have now; `role` is the main one"] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class PersonJoined(PersonEvent):
    """A leader, improver or delegate of a partner, or one of the institute's own people, was put on record.

    Published once for each person.
    """

    type = "partners.person.joined"


@dataclass(frozen=True, kw_only=True)
class PersonChanged(PersonEvent):
    """What is on record of somebody is different.

    It carries all of it, as it is now, so that the newest one heard is enough.
    """

    type = "partners.person.changed"


@dataclass(frozen=True, kw_only=True)
class PersonReturned(PersonEvent):
    """Somebody who had left is back, or it was a mistake that they had left.

    It carries all that is on record of them, as it is now.
    """

    type = "partners.person.returned"


@dataclass(frozen=True, kw_only=True)
class PersonMoved(PersonEvent):
    """Somebody of a partner works for another one from now on, also who had left the one before.

    It carries all that is on record of them, as it is now; of the partner before they are no more.
    """

    type = "partners.person.moved"

    former_partner_id: Annotated[str, "the partner whose person they were before"]
    left_on: Annotated[date, "the day, where the person is, on which it was put on record that they left that one"]
    moved_on: Annotated[date, "the day, where the person is, from which on they are of `partner_id`"]


@dataclass(frozen=True, kw_only=True)
class PersonLeft(Event):
    """Somebody is no longer with their partner, or with the institute. They may return."""

    type = "partners.person.left"

    person_id: PersonId
    partner_id: PartnerOfPerson
    left_on: Annotated[date, "the day, where the person is, on which this was put on record"]


@dataclass(frozen=True, kw_only=True)
class PersonErased(Event):
    """Who somebody was is erased for good: everybody removes what they keep of them beside the id.

    It says no name and no address. They have left before, or by this; they do not return, and events that describe them
    and are heard later say nothing any more.
    """

    type = "partners.person.erased"

    person_id: PersonId
    partner_id: PartnerOfPerson
    left_on: Annotated[date, "the day, where the person was, on which it was put on record that they left"]
