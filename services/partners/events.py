"""The events that partners publishes: facts, in the past tense. `contracts/events/` has the schema of each."""

from dataclasses import dataclass
from datetime import date

from chassis.domain.aggregate import Event


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
class PartnerProfileChanged(Event):
    """What others know of a partner in the programme is different: all of it, as it is now."""

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
class PartnerPaused(Event):
    """The partnership rests, for a reason."""

    type = "partners.partner.paused"

    partner_id: str
    reason: str
    paused_on: date


@dataclass(frozen=True, kw_only=True)
class PartnerResumed(Event):
    """The partnership is taken up again."""

    type = "partners.partner.resumed"

    partner_id: str
    resumed_on: date


@dataclass(frozen=True, kw_only=True)
class PartnerDeparted(Event):
    """The partnership has ended, for a reason and for good."""

    type = "partners.partner.departed"

    partner_id: str
    reason: str
    departed_on: date


@dataclass(frozen=True, kw_only=True)
class PersonChanged(Event):
    """What is on record of somebody is different: all of it, as it is now."""

    type = "partners.person.changed"

    person_id: str
    partner_id: str | None
    name: str
    email: str
    role: str
    language: str
    zone: str


@dataclass(frozen=True, kw_only=True)
class PersonLeft(Event):
    """Somebody is no longer with their partner, or with the institute."""

    type = "partners.person.left"

    person_id: str
    partner_id: str | None
    left_on: date


@dataclass(frozen=True, kw_only=True)
class PartnerAssessed(Event):
    """A partner was judged by one version of the criteria; `gaps` are absent or only emerging."""

    type = "partners.partner.assessed"
    heard = False

    partner_id: str
    criteria_version: int
    assessed_on: date
    gaps: list[str]
