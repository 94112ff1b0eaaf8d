"""What the service does when data change: it weighs them against the evidence rules of milestones."""

from collections.abc import Callable, Iterable
from datetime import date

from chassis.domain.scope import PLATFORM, Scope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import reaction
from services.engagements.analysis.verdict import Meaning
from services.engagements.model.engagement import Engagement
from services.engagements.model.evidence import (
    Concern,
    EvidenceKind,
    EvidenceOfAnotherEngagement,
    EvidenceRule,
    Found,
)
from services.engagements.model.improvement.initiative import Initiative
from services.engagements.model.improvement.progress import AssessorRole, last_day_of
from services.engagements.model.measurement.measure import Measure
from services.engagements.model.milestone import Milestone
from services.engagements.repository.engagement import Engagements, Milestones
from services.engagements.repository.improvement import Initiatives
from services.engagements.repository.measurement import Charts, Measures, Signals
from services.engagements.schemas.engagement import MilestoneId
from services.engagements.schemas.measurement import InitiativeId, MeasureId
from services.engagements.use_cases.statement import statement_of

Finder = Callable[[UnitOfWork, EvidenceRule], Found | None]


@reaction(
    "engagements.chart.judged",
    "engagements.initiative.scored",
    "engagements.milestone.planned",
    "engagements.milestone.restored",
)
def weigh_evidence(
    uow: UnitOfWork,
    *,
    measure_id: MeasureId | None = None,
    initiative_id: InitiativeId | None = None,
    milestone_id: MilestoneId | None = None,
) -> None:
    """Propose milestones whose evidence rule is met now, take proposals back, and reopen what rested on data."""
    for milestone in _milestones(uow, measure_id, initiative_id, milestone_id):
        _weigh(uow, milestone)


def refuse_rule_that_cannot_be_met(
    uow: UnitOfWork, scope: Scope, rule: EvidenceRule | None, engagement: Engagement
) -> None:
    """Raise, at the member that is wrong, for a rule that is not whole, or about what is not of this engagement."""
    if rule is None:
        return
    rule.must_be_whole()
    if rule.measure_id:
        measure = Measures(uow).named(rule.measure_id, by="evidence_rule/measure_id", scope=scope)
        _refuse_another_engagements(measure, "measure", engagement)
    if rule.initiative_id:
        initiative = Initiatives(uow).named(rule.initiative_id, by="evidence_rule/initiative_id", scope=scope)
        _refuse_another_engagements(initiative, "initiative", engagement)


def _refuse_another_engagements(thing: Measure | Initiative, noun: str, engagement: Engagement) -> None:
    if thing.engagement_id != engagement.id:
        detail = f"One of engagement {engagement.id} is expected; got '{thing.id}'"
        raise EvidenceOfAnotherEngagement.at(f"/evidence_rule/{noun}_id", "another_engagement", detail)


def concerns_about(uow: UnitOfWork, rule: EvidenceRule | None) -> list[Concern]:
    """Give the groups that the work is to be better for, and whose data get worse."""
    if rule is None or rule.measure_id is None:
        return []
    measure = Measures(uow).get(rule.measure_id, scope=PLATFORM)
    worse = Signals(uow).evidence_of(measure.id, measure.focus, Meaning.CONCERN)
    return [Concern(stratum=each.stratum or "", since=each.first, signal_id=each.id) for each in worse]


def _milestones(
    uow: UnitOfWork, measure_id: str | None, initiative_id: str | None, milestone_id: str | None
) -> Iterable[Milestone]:
    if measure_id:
        return Milestones(uow).resting_on_measure(measure_id)
    if initiative_id:
        return Milestones(uow).resting_on_initiative(initiative_id)
    return [Milestones(uow).known(milestone_id, scope=PLATFORM)] if milestone_id else []


def _weigh(uow: UnitOfWork, milestone: Milestone) -> None:
    rule = milestone.evidence_rule
    if rule is None:
        return
    engagement = Engagements(uow).get(milestone.engagement_id, scope=PLATFORM)
    found = FINDERS[rule.kind](uow, rule)
    gone = statement_of(uow, PLATFORM, f"{_source(uow, rule)} does not show any more what was seen in it")
    if milestone.weigh(found, engagement=engagement, statement=gone):
        Milestones(uow).save(milestone)


def _source(uow: UnitOfWork, rule: EvidenceRule) -> str:
    """Name what a rule is about, for people."""
    if rule.measure_id:
        return f"“{_measure(uow, rule).title}”, with the data there are now,"
    return f"“{_initiative(uow, rule).title}”, with the scores there are now,"


def _measure(uow: UnitOfWork, rule: EvidenceRule) -> Measure:
    return Measures(uow).get(rule.measure_id or "", scope=PLATFORM)


def _initiative(uow: UnitOfWork, rule: EvidenceRule) -> Initiative:
    return Initiatives(uow).get(rule.initiative_id or "", scope=PLATFORM)


def _shift(uow: UnitOfWork, rule: EvidenceRule) -> Found | None:
    measure = _measure(uow, rule)
    shifts = Signals(uow).evidence_of(measure.id, [None], Meaning.IMPROVEMENT)
    counted = [each for each in sorted(shifts, key=lambda each: each.first) if _since(rule, each.last)]
    if not counted:
        return None
    shift = counted[0]
    finding = (
        f"“{measure.title}” shows a favourable {shift.rule.replace('_', ' ')} of {shift.length} data points from "
        f"{shift.first} to {shift.last}, by {shift.rules} version {shift.rules_version}"
    )
    return Found(key=shift.id, finding=finding, judged=shift.judged)


def _target_held(uow: UnitOfWork, rule: EvidenceRule) -> Found | None:
    measure = _measure(uow, rule)
    chart = Charts(uow).of_series(measure.id, None)
    spans = chart.target_met if chart else []
    held = [each for each in spans if each.length >= (rule.points or 1) and _since(rule, each.last)]
    if chart is None or not held:
        return None
    span = held[0]
    finding = (
        f"“{measure.title}” was at its target of {measure.target:f} or beyond it for {span.length} consecutive data "
        f"points from {span.first} to {span.last}"
    )
    return Found(key=f"{chart.id}:{span.first}", finding=finding, judged=chart.judged)


def _share_of_units(uow: UnitOfWork, rule: EvidenceRule) -> Found | None:
    measure = _measure(uow, rule)
    charts = [each for each in Charts(uow).of_measure(measure.id) if each.stratum]
    there = sum(each.meets_target_now() for each in charts)
    if not measure.strata or 100 * there < (rule.percent or 100) * len(measure.strata):
        return None
    finding = f"{there} of {len(measure.strata)} groups of “{measure.title}” are at its target of {measure.target:f}"
    return Found(key=f"{measure.id}:{rule.percent}", finding=finding)


def _score(uow: UnitOfWork, rule: EvidenceRule) -> Found | None:
    initiative = _initiative(uow, rule)
    high = [each for each in initiative.scores_by(AssessorRole.FACULTY) if each.judged.score >= (rule.score or 0)]
    counted = [each for each in high if _since(rule, last_day_of(each.month))]
    if not counted:
        return None
    first = min(counted, key=lambda each: each.month)
    finding = f"Faculty scored “{initiative.title}” {first.judged.score:f} in {first.month}"
    return Found(key=f"{initiative.id}:{first.month}", finding=finding)


def _since(rule: EvidenceRule, last: date) -> bool:
    return rule.since is None or last >= rule.since


FINDERS: dict[EvidenceKind, Finder] = {
    EvidenceKind.FAVOURABLE_SHIFT: _shift,
    EvidenceKind.TARGET_HELD: _target_held,
    EvidenceKind.SCORE: _score,
    EvidenceKind.SHARE_OF_UNITS: _share_of_units,
}
