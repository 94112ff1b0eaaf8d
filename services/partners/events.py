"""What partners says: facts, in the past tense. `contracts/events/` holds each one's published form."""

from dataclasses import dataclass
from datetime import date

from chassis.domain import Event


@dataclass(frozen=True, kw_only=True)
class PersonJoined(Event):
    """A leader, improver or delegate of a partner, or one of the institute's own, is on record."""

    type = "partners.person.joined"

    person_id: str
    partner_id: str | None
    name: str
    email: str
    role: str
    language: str
    zone: str


@dataclass(frozen=True, kw_only=True)
class PartnerAdmitted(Event):
    """The institute has said yes to a partner, for a term of years."""

    type = "partners.partner.admitted"

    partner_id: str
    name: str
    kind: str
    country: str
    subdivision: str | None
    continent: str
    zone: str
    language: str
    focus_areas: list[str]
    term_starts_on: date
    term_ends_on: date
    leader_ids: list[str]


@dataclass(frozen=True, kw_only=True)
class PersonChanged(PersonJoined):
    """What is on record of a person has changed; it carries all of it."""

    type = "partners.person.changed"


@dataclass(frozen=True, kw_only=True)
class PersonLeft(Event):
    """A person has left the partner, or the institute."""

    type = "partners.person.left"

    person_id: str
    partner_id: str | None
    left_on: date


@dataclass(frozen=True, kw_only=True)
class PartnerProfileChanged(Event):
    """What a partner is called, where it is or what it works on has changed; it carries all of it."""

    type = "partners.partner.profile_changed"

    partner_id: str
    name: str
    country: str
    subdivision: str | None
    continent: str
    zone: str
    language: str
    focus_areas: list[str]


@dataclass(frozen=True, kw_only=True)
class PartnerDeparted(Event):
    """A partner has left the programme."""

    type = "partners.partner.departed"

    partner_id: str
    reason: str
    departed_on: date
