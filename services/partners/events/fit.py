"""What happens to the fit of partners: what assessors find together, what is agreed on, and what is awaited."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, TypedDict

from chassis.domain.aggregate import Event, Keywords
from services.partners.events.partner import AdmissionNumber

PartnerId = Annotated[str, "the partner whose fit it is"]
FitId = Annotated[str, "what was found of the partner, round by round; also the event's subject"]
Codes = "the codes of the characteristics"
CriteriaVersion = Annotated[
    int | None, Keywords(minimum=1), "the version of the criteria of that round; null where none is agreed on"
]


class OfRound(TypedDict):
    """Which round of whose fit an event is about."""

    fit_id: str
    partner_id: str
    partner_name: str
    round: int


class Gaps(TypedDict):
    """What is agreed to be missing, by which assessments and criteria."""

    gaps: list[str]
    assessment_ids: list[str]
    criteria_version: int | None


class Awaited(TypedDict):
    """Which assessment is awaited, by when."""

    fit_id: str
    partner_id: str
    due_on: date
    admission_number: int


@dataclass(frozen=True, kw_only=True)
class FitEvent(Event):
    """Something happened to a round of assessments of a partner; verdicts and evidence are not published."""

    fit_id: FitId
    partner_id: PartnerId
    partner_name: Annotated[str, "the partner's name: it may be assessed before others know it"]
    round: Annotated[int, Keywords(minimum=1), "which round of assessments: 1 at entry, then one more each time"]


@dataclass(frozen=True, kw_only=True)
class AssessorsDiffer(FitEvent):
    """Those who assessed a partner in one round do not find the same; published again when it is about others."""

    type = "partners.fit.assessors_differ"

    characteristics: Annotated[list[str], f"{Codes} on which they differ, in the order of the criteria"]


@dataclass(frozen=True, kw_only=True)
class AssessorsAgree(FitEvent):
    """Those who assessed a partner in one round and differed do not any more: one of them corrected or withdrew."""

    type = "partners.fit.assessors_agree"


@dataclass(frozen=True, kw_only=True)
class FitStanding(FitEvent):
    """What is agreed on about a partner is different. Each such event carries the gaps as they are agreed on now."""

    gaps: Annotated[list[str], f"{Codes} agreed to be absent or emerging, in the order of the criteria"]
    assessment_ids: Annotated[list[str], "the assessments of the round in which that was agreed on"]
    criteria_version: CriteriaVersion


@dataclass(frozen=True, kw_only=True)
class FitAgreed(FitStanding):
    """The institute agrees on how a partner fits, by assessments of two people at least.

    Published once for each round, and again after it was reconsidered.
    """

    type = "partners.fit.agreed"

    agreed_on: Annotated[date, "the day, where the partner is, on which it was agreed on"]
    changed: Annotated[list[str], f"{Codes} that have another verdict than in the round agreed on before"]


@dataclass(frozen=True, kw_only=True)
class FitReconsidered(FitStanding):
    """What was agreed on was taken back, for a reason: what the round before came to holds again, if there was one."""

    type = "partners.fit.reconsidered"

    reason: Annotated[str, "why"]


@dataclass(frozen=True, kw_only=True)
class AssessmentAwaited(Event):
    """A partner in the programme is to be assessed, as it is each year."""

    fit_id: FitId
    partner_id: PartnerId
    due_on: Annotated[date, "the day, where the partner is, from which on it is due"]
    admission_number: AdmissionNumber


@dataclass(frozen=True, kw_only=True)
class AssessmentDue(AssessmentAwaited):
    """A year has passed since it was agreed how a partner fits, or since it was admitted; published once for that."""

    type = "partners.assessment.due"


@dataclass(frozen=True, kw_only=True)
class AssessmentOverdue(AssessmentAwaited):
    """It was said that an assessment is due, and some time later there is no agreement on how the partner fits."""

    type = "partners.assessment.overdue"


@dataclass(frozen=True, kw_only=True)
class AssessmentExcused(Event):
    """An assessment that was due is not awaited any more: it is agreed on, or the partner rests or has departed."""

    type = "partners.assessment.excused"

    fit_id: FitId
    partner_id: PartnerId
