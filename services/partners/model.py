"""Who is in the programme: partners and people, and what it takes to be admitted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from chassis.domain import Aggregate, Conflict, FieldError, Forbidden, Invalid
from services.partners import events


class ScopeLevel(StrEnum):
    """The level of care and delivery on which a partner works (the programme description's four)."""

    LOCAL = "local"
    STATE = "state"
    REGIONAL = "regional"
    NATIONAL = "national"


class FocusArea(StrEnum):
    """The areas of focus the programme description lists; a partner may have others besides."""

    SAFER_CARE = "safer_care"
    VULNERABLE_POPULATIONS = "vulnerable_populations"
    QUALITY_STRATEGIES = "quality_strategies"
    CLOSING_EQUITY_GAPS = "closing_equity_gaps"
    BEHAVIOURAL_MENTAL_HEALTH = "behavioural_mental_health"
    VOLUME_TO_VALUE = "volume_to_value"


class PartnerState(StrEnum):
    """How far a partner is on its way through the programme."""

    PROPOSED = "proposed"
    ADMITTED = "admitted"


class Role(StrEnum):
    """What a person does: the first three for a partner, the others for the institute."""

    LEADER = "leader"
    IMPROVER = "improver"
    DELEGATE = "delegate"
    COACH = "coach"
    STAFF = "staff"


INSTITUTE_ROLES = frozenset({Role.COACH, Role.STAFF})


class DecidedByTheInstitute(Forbidden):
    """Only those who work for the whole programme propose and admit partners and appoint its staff."""


class SubdivisionOfAnotherCountry(Invalid):
    """A subdivision lies in the country it is given with."""


class PartnerAlreadyAdmitted(Conflict):
    """A partner is admitted once."""


class PartnerWithoutLeader(Conflict):
    """A partner is admitted with a leader who is committed to it."""


class TermEndsBeforeItStarts(Invalid):
    """A term ends after it starts."""


class RoleOfAPartner(Invalid):
    """Leaders, improvers and delegates are a partner's people."""


class RoleOfTheInstitute(Invalid):
    """Coaches and staff are the institute's own people."""


@dataclass(frozen=True, kw_only=True)
class Admission:
    """The institute's decision to admit a partner: who said yes, when, why, and for which term."""

    decided_by: str
    decided_on: date
    reasons: list[str]
    term_starts_on: date
    term_ends_on: date


@dataclass(kw_only=True)
class Partner(Aggregate):
    """A large organisation, system, region or country with which the institute works with for years.

    `place` is in its own words; `country`, `subdivision` and `continent` say where that is. `kind` is
    what it is, in a few words.
    """

    name: str
    place: str | None
    country: str
    subdivision: str | None
    continent: str
    zone: str
    language: str
    kind: str
    scope_level: ScopeLevel
    focus_areas: list[str]
    state: PartnerState = PartnerState.PROPOSED
    admission: Admission | None = None

    @classmethod
    def propose(cls, *, id: str, **described: Any) -> "Partner":
        """Put forward a partner to be, described by the fields above; raises SubdivisionOfAnotherCountry."""
        partner = cls(id=id, **described)
        _refuse_another_country(partner.subdivision, country=partner.country)
        return partner

    def admit(self, admission: Admission, *, leader_ids: Sequence[str]) -> None:
        """Say yes, for a term, to a partner with leaders committed to it.

        Raises PartnerAlreadyAdmitted, PartnerWithoutLeader and TermEndsBeforeItStarts.
        """
        if self.admission is not None:
            raise PartnerAlreadyAdmitted(f"partner {self.id} was admitted on {self.admission.decided_on}")
        if not leader_ids:
            raise PartnerWithoutLeader(f"partner {self.id} has no leader: add a person with role leader first")
        _refuse_a_term_that_ends_first(admission)
        self.state, self.admission = PartnerState.ADMITTED, admission
        self.record(self._admitted(admission, leader_ids))

    def _admitted(self, admission: Admission, leader_ids: Sequence[str]) -> events.PartnerAdmitted:
        return events.PartnerAdmitted(
            partner_id=self.id,
            name=self.name,
            kind=self.kind,
            country=self.country,
            subdivision=self.subdivision,
            continent=self.continent,
            zone=self.zone,
            language=self.language,
            focus_areas=self.focus_areas,
            term_starts_on=admission.term_starts_on,
            term_ends_on=admission.term_ends_on,
            leader_ids=list(leader_ids),
        )


@dataclass(kw_only=True)
class Person(Aggregate):
    """Somebody of a partner, or of the institute itself when `partner_id` is None."""

    partner_id: str | None
    name: str
    email: str
    role: Role
    language: str
    zone: str

    @classmethod
    def join(cls, *, id: str, partner_id: str | None, role: Role, **described: Any) -> "Person":
        """Put a person on record, described by the fields above; raises RoleOfAPartner and RoleOfTheInstitute."""
        _refuse_a_role_elsewhere(role, partner_id)
        person = cls(id=id, partner_id=partner_id, role=role, **described)
        person.record(events.PersonJoined(person_id=id, partner_id=partner_id, role=role, **described))
        return person


def _refuse_another_country(subdivision: str | None, *, country: str) -> None:
    """ISO 3166-2 codes begin with the country's own code."""
    if subdivision is not None and not subdivision.startswith(f"{country}-"):
        detail = f"A subdivision of {country}, such as {country}-…, or null is expected; got '{subdivision}'"
        raise SubdivisionOfAnotherCountry(detail, fields=[_wrong("/subdivision", "another_country", detail)])


def _refuse_a_term_that_ends_first(admission: Admission) -> None:
    if admission.term_ends_on <= admission.term_starts_on:
        detail = f"A day after {admission.term_starts_on} is expected; got '{admission.term_ends_on}'"
        raise TermEndsBeforeItStarts(detail, fields=[_wrong("/term_ends_on", "before_start", detail)])


def _refuse_a_role_elsewhere(role: Role, partner_id: str | None) -> None:
    if partner_id is None and role not in INSTITUTE_ROLES:
        detail = f"The partner whose {role} this is, is expected; got null"
        raise RoleOfAPartner(detail, fields=[_wrong("/partner_id", "missing", detail)])
    if partner_id is not None and role in INSTITUTE_ROLES:
        detail = f"No partner is expected, for {role} is a role of the institute; got '{partner_id}'"
        raise RoleOfTheInstitute(detail, fields=[_wrong("/partner_id", "not_allowed", detail)])


def _wrong(pointer: str, code: str, detail: str) -> FieldError:
    return FieldError(pointer=pointer, code=code, detail=detail)
