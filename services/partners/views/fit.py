"""How a partner fits, characteristic by characteristic: what each assessor found, and what is agreed on; no total."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from chassis.domain.scope import EVERY_ORGANISATION, PLATFORM, Scope
from chassis.persistence.unit_of_work import Reading
from chassis.schemas.operations import query
from services.partners.model.assessment import LEVELS, Assessment, Confidence, Judgement, Verdict, levels_between
from services.partners.model.assessment_round import AgreedVerdict, AssessmentRound
from services.partners.model.deed import SHOWS, DeedKind, year_of_term
from services.partners.model.fit import Fit
from services.partners.model.fit_lifecycle import FitState
from services.partners.model.partner import Partner
from services.partners.model.yearly_assessment import Noted
from services.partners.reference import CRITERIA
from services.partners.repository.assessment import Assessments
from services.partners.repository.deed import Deeds
from services.partners.repository.fit import Fits
from services.partners.repository.partner import Partners
from services.partners.schemas.identity import PartnerId


@dataclass(frozen=True, kw_only=True)
class FoundByAssessor:
    """What one assessor found of a characteristic; without a verdict while it is sealed from who asks."""

    assessment_id: str
    assessor: str
    assessed_on: date
    verdict: Verdict | None = None
    confidence: Confidence | None = None
    evidence: str | None = None


@dataclass(frozen=True, kw_only=True)
class DoneInYear:
    """How often a partner did something in a year of its term; year 0 is all that was before it, or is without one."""

    kind: DeedKind
    year: int
    times: int


@dataclass(frozen=True, kw_only=True)
class CharacteristicFit:
    """How a partner fits in one characteristic.

    `levels_apart` is how many levels the lowest verdict of the round is below the highest; `agreed` what is agreed on,
    and `reason` why; `before` what was agreed on in the round before, and `levels_changed` by how many levels it has
    risen since, or has fallen where it is negative. `done` is what the partner really did about it, for comparison: it
    is counted into no verdict.
    """

    characteristic: str
    found: list[FoundByAssessor]
    levels_apart: int
    agreed: Verdict | None
    reason: str | None
    before: Verdict | None
    levels_changed: int | None
    done: list[DoneInYear]


@dataclass(frozen=True, kw_only=True)
class FitProfile:
    """How a partner fits: a profile of the round that is open or was agreed on last, never a total.

    `version` is what is named to agree on it, 0 before anybody assessed it. `due_on` is the day from which on it is to
    be assessed again.
    """

    partner_id: str
    version: int
    state: FitState
    round: int | None
    criteria_version: int
    agreed_by: str | None
    agreed_on: date | None
    due_on: date | None
    noted: Noted | None
    characteristics: list[CharacteristicFit]


@query(needs=EVERY_ORGANISATION)
def show_fit(reading: Reading, scope: Scope, *, partner_id: PartnerId) -> FitProfile:
    """Show how a partner fits, each characteristic by itself; what only one has found yet is sealed from the others."""
    partner = Partners(reading).get(partner_id, scope=scope)
    fit = Fits(reading).of_partner(partner_id) or Fit(id="fit_none", partner_id=partner.id)
    last = fit.last_round or AssessmentRound(
        number=0, criteria_version=CRITERIA.version, characteristics=[*CRITERIA.characteristics]
    )
    agreement = last.agreement
    judged, done = _judgements(reading, fit, last, scope), _done(reading, partner)
    return FitProfile(
        partner_id=partner_id,
        version=fit.version,
        state=fit.state,
        round=last.number or None,
        criteria_version=last.criteria_version,
        agreed_by=agreement.by if agreement else None,
        agreed_on=agreement.on if agreement else None,
        due_on=fit.due_on,
        noted=fit.noted,
        characteristics=[_characteristic(code, fit, last, judged, done) for code in last.characteristics],
    )


Judged = Mapping[str, tuple[Assessment, Mapping[str, Judgement]]]


def _judgements(reading: Reading, fit: Fit, of: AssessmentRound, scope: Scope) -> Judged:
    """Give each assessment of a round by its id, with those of its judgements that are not sealed from who asks."""
    ids = [each.assessment_id for each in of.findings]
    kept = Assessments(reading).each({"_id": {"$in": ids}}, scope=PLATFORM)
    return {
        each.id: (
            each,
            {} if fit.hides(each, scope.subject) else {one.characteristic: one for one in each.judgements},
        )
        for each in kept
    }


def _characteristic(
    code: str, fit: Fit, of: AssessmentRound, judged: Judged, done: list[DoneInYear]
) -> CharacteristicFit:
    agreed = (
        next((each for each in of.agreement.verdicts if each.characteristic == code), None) if of.agreement else None
    )
    before = fit.verdict_before(of, code)
    return CharacteristicFit(
        characteristic=code,
        found=[_found(*judged[each.assessment_id], code) for each in of.findings],
        levels_apart=levels_between(of.verdicts_on(code)),
        agreed=agreed.verdict if agreed else None,
        reason=agreed.reason if agreed else None,
        before=before,
        levels_changed=_rise(before, agreed),
        done=[each for each in done if SHOWS[each.kind] == code],
    )


def _done(reading: Reading, partner: Partner) -> list[DoneInYear]:
    admission = partner.admission
    times = Counter(
        (deed.kind, year_of_term(deed.done_on, admission.term_starts_on) if admission else 0)
        for deed in Deeds(reading).that_count_of(partner.id)
        if deed.done_on
    )
    return [DoneInYear(kind=kind, year=year, times=times[kind, year]) for kind, year in sorted(times)]


def _found(assessment: Assessment, judgements: Mapping[str, Judgement], code: str) -> FoundByAssessor:
    judgement = judgements.get(code)
    return FoundByAssessor(
        assessment_id=assessment.id,
        assessor=assessment.assessor,
        assessed_on=assessment.assessed_on,
        verdict=judgement.verdict if judgement else None,
        confidence=judgement.confidence if judgement else None,
        evidence=judgement.evidence if judgement else None,
    )


def _rise(before: Verdict | None, agreed: AgreedVerdict | None) -> int | None:
    if before is None or agreed is None:
        return None
    return LEVELS.index(agreed.verdict) - LEVELS.index(before)


QUERIES = (show_fit,)
