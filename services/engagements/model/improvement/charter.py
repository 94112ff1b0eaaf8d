"""The charter of an initiative: why, for whom, with whom and within which bounds; and the aim that it is to reach."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from chassis.domain.errors import Conflict, Invalid
from chassis.domain.external_ids import KnownElsewhere
from chassis.domain.transitions import NotFromThisState, refuse_unless_possible
from services.engagements.model.days import refuse_the_past
from services.engagements.model.improvement.initiative_lifecycle import (
    REFUSALS,
    TRANSITIONS,
    CharterNotSigned,
    InitiativeState,
    NobodyToSign,
)
from services.engagements.model.person import Person
from services.engagements.model.statement import StateChange, Statement


class Level(StrEnum):
    """The level of care and delivery that an initiative works on (the programme description's four)."""

    LOCAL = "local"
    STATE = "state"
    REGIONAL = "regional"
    NATIONAL = "national"


class Setting(StrEnum):
    """Where changes are introduced (the programme description's two)."""

    HEALTH_CARE = "health_care"
    COMMUNITY = "community"


class InterventionFocus(StrEnum):
    """What an initiative is to enhance (the programme description's three)."""

    VALUE = "value"
    POPULATION_HEALTH = "population_health"
    SAFE_AND_EFFECTIVE_CARE = "safe_and_effective_care"


class CoDesignerKind(StrEnum):
    """Who designs with the team."""

    PATIENTS = "patients"
    FAMILIES = "families"
    COMMUNITY_BODY = "community_body"
    STAFF = "staff"


class AimWithoutChange(Invalid):
    """An aim says from which value to which other one."""


class NotItsOutcomeMeasure(Invalid):
    """The measure of an aim is an outcome measure of its initiative's engagement."""


@dataclass(frozen=True, kw_only=True)
class CoDesigner:
    """A group that designs with the team: who they are, and what they contribute; nobody's name."""

    kind: CoDesignerKind
    who: str
    contribution: str | None = None


@dataclass(frozen=True, kw_only=True)
class Barrier:
    """What may stand in the way, and what is done about it."""

    barrier: str
    mitigation: str | None = None


@dataclass(frozen=True, kw_only=True)
class Aim:
    """What is to be better, for whom, how much, and by when (Model for Improvement: what are we trying to accomplish?).

    `system_level` says that it is an aim of the whole system and not of a part of it.
    """

    statement: str
    population: str
    baseline_value: Decimal
    target_value: Decimal
    target_date: date
    outcome_measure_id: str | None = None
    system_level: bool = False

    def share_reached(self, value: Fraction) -> Fraction:
        """Return exactly how much of the way from baseline to target a value is; 1 is the target."""
        baseline = Fraction(self.baseline_value)
        return (value - baseline) / (Fraction(self.target_value) - baseline)


@dataclass(frozen=True, kw_only=True)
class MeasureFact:
    """What an initiative needs to know of a measure."""

    id: str
    engagement_id: str
    kind: str
    quality_dimension: str | None = None
    in_use: bool = True


@dataclass(frozen=True, kw_only=True)
class Signature:
    """That the sponsor stands behind the charter, who put that on record, and what took it back, if anything did."""

    sponsor_id: str
    signed_on: date
    recorded_by: str
    recorded_at: datetime
    withdrawn: Statement | None = None


ANSWERING = ("sponsor_id", "lead_id")
"""Who answers for the results; the improvement advisor helps, and a coach is not accountable for results."""
ROLES = (*ANSWERING, "improvement_advisor_id", "coach_id")
SUBSTANCE = ("problem", "alignment", "aim", "population", "in_scope", "out_of_scope", "resources", "sponsor_id")
"""What a sponsor signs: where one of these changes, the signature does not stand any more."""


@dataclass(frozen=True, kw_only=True)
class Vacancy:
    """A role whose person has left, and since when it waits for another one."""

    role: str
    person_id: str
    since: date


@dataclass(kw_only=True)
class Charter(KnownElsewhere):
    """The answers of a team to why, for whom, with whom and within which bounds; and where its initiative stands."""

    lifecycle = TRANSITIONS
    engagement_id: str
    partner_id: str
    title: str
    level: Level
    focus_areas: list[str]
    settings: list[Setting]
    intervention_focus: InterventionFocus
    problem: str | None = None
    why_now: str | None = None
    alignment: str | None = None
    """To which strategic priority of the partner it belongs."""
    population: str | None = None
    population_size: int | None = None
    expected_impact: str | None = None
    in_scope: str | None = None
    out_of_scope: str | None = None
    sponsor_id: str | None = None
    lead_id: str | None = None
    improvement_advisor_id: str | None = None
    coach_id: str | None = None
    member_ids: list[str] = field(default_factory=list)
    vacancies: list[Vacancy] = field(default_factory=list)
    co_designers: list[CoDesigner] = field(default_factory=list)
    stakeholders: list[str] = field(default_factory=list)
    barriers: list[Barrier] = field(default_factory=list)
    resources: str | None = None
    review_dates: list[date] = field(default_factory=list)
    aim: Aim | None = None
    signatures: list[Signature] = field(default_factory=list)
    state: InitiativeState = InitiativeState.IDEA
    transitions: list[StateChange] = field(default_factory=list)
    """What became of it for a reason that somebody gave."""

    @property
    def is_open(self) -> bool:
        """Whether it is worked on, or is to be."""
        return self.state is not InitiativeState.CLOSED

    @property
    def signature(self) -> Signature | None:
        """The signature that stands, if one does."""
        newest = self.signatures[-1] if self.signatures else None
        return None if newest is None or newest.withdrawn else newest

    def _differing(self, changes: Mapping[str, Any]) -> list[str]:
        return [name for name, value in changes.items() if getattr(self, name) != value]

    def _take(self, changes: Mapping[str, Any], *, by: str, at: datetime) -> None:
        """Have other members; what was signed otherwise is signed no more."""
        substance = [name for name in self._differing(changes) if name in SUBSTANCE]
        for name, value in changes.items():
            setattr(self, name, value)
        self.vacancies = [each for each in self.vacancies if getattr(self, f"{each.role}_id") == each.person_id]
        if substance and self.signature:
            self._withdraw_signature(Statement(reason=f"Changed: {', '.join(substance)}", by=by, at=at))

    def _sign(self, *, signed_on: date, by: str, at: datetime) -> None:
        if self.sponsor_id is None:
            raise NobodyToSign(f"initiative {self.id} has no sponsor: name one first")
        if self.signature:
            self._withdraw_signature(Statement(reason="Signed anew", by=by, at=at))
        self.signatures.append(
            Signature(sponsor_id=self.sponsor_id, signed_on=signed_on, recorded_by=by, recorded_at=at)
        )

    def _withdraw_signature(self, statement: Statement) -> None:
        if self.signature is None:
            raise CharterNotSigned(f"the charter of initiative {self.id} is not signed: sign it first")
        self.signatures[-1] = replace(self.signatures[-1], withdrawn=statement)

    def _move(self, to: InitiativeState, statement: Statement) -> None:
        self.state = to
        self.transitions.append(StateChange(to=to, statement=statement))

    def _must_allow(self, operation: str, *, otherwise: type[Conflict] | None = None) -> None:
        """Raise the refusal of its state, `otherwise` or NotFromThisState, where the table has no such transition."""
        refusal = otherwise or REFUSALS.get(self.state, NotFromThisState)
        about = f"initiative {self.id} is {self.state}"
        refuse_unless_possible(TRANSITIONS, operation, state=self.state, about=about, otherwise=refusal)

    def _named(self) -> dict[str, Any]:
        """Give what every event says of it."""
        about = {"initiative_id": self.id, "engagement_id": self.engagement_id}
        return {**about, "partner_id": self.partner_id, "title": self.title}


def refuse_who_cannot(people: Mapping[str, Person], *, partner_id: str) -> None:
    """Raise what Person raises, at the member, unless everybody named can do what they are named for.

    `people` are by the members that name them, such as `sponsor_id` or `member_ids/0`.
    """
    for member, person in people.items():
        if member in ANSWERING:
            person.must_be_able_to_answer_for(field=member, partner_id=partner_id)
        elif member == "coach_id":
            person.must_be_able_to_coach(field=member)
        else:
            person.must_be_able_to_take_part(field=member, partner_id=partner_id)


def refuse_aim(aim: Aim, *, measure: MeasureFact | None, engagement_id: str, today: date | None) -> None:
    """Raise AimWithoutChange, DayIsPast or NotItsOutcomeMeasure, at the member of the aim.

    Without `today`, its day may be past.
    """
    if aim.baseline_value == aim.target_value:
        detail = f"Another value than the baseline, {aim.baseline_value:f}, is expected"
        raise AimWithoutChange.at("/aim/target_value", "unchanged", detail)
    if today:
        refuse_the_past(aim.target_date, field="aim/target_date", today=today)
    if measure and (measure.kind != "outcome" or measure.engagement_id != engagement_id):
        detail = f"An outcome measure of engagement {engagement_id} is expected; '{measure.id}' is none"
        raise NotItsOutcomeMeasure.at("/aim/outcome_measure_id", "not_an_outcome_measure", detail)
