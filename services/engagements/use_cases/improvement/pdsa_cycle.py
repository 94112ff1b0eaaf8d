"""What one can have done with a PDSA cycle."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, Unpack

from chassis.domain.errors import UnknownReference
from chassis.domain.scope import PLATFORM, Scope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.external_ids import ExternalId
from chassis.schemas.operations import command
from services.engagements.model.improvement.charter import Setting
from services.engagements.model.improvement.initiative import Initiative
from services.engagements.model.improvement.pdsa_cycle import PdsaCycle
from services.engagements.model.improvement.worksheet import (
    DataToCollect,
    Decision,
    Learned,
    Objective,
    Observed,
    PredictionJudgement,
    Scale,
)
from services.engagements.repository.improvement import Initiatives, PdsaCycles
from services.engagements.repository.measurement import Measures
from services.engagements.schemas.engagement import ExpectedVersion, Reason
from services.engagements.schemas.improvement import InitiativeId
from services.engagements.schemas.pdsa import (
    AsPlanned,
    CycleId,
    CyclePlanned,
    DataPlan,
    IdeaCode,
    Judgements,
    Learning,
    Observations,
    Questions,
    ScaleGiven,
    Tasks,
)
from services.engagements.use_cases.improvement.initiative import initiative_at
from services.engagements.use_cases.statement import statement_of


@command
def plan_cycle(
    uow: UnitOfWork,
    scope: Scope,
    *,
    initiative_id: InitiativeId,
    idea: IdeaCode,
    previous_id: CycleId | None = None,
    objective: Objective,
    setting: Setting,
    questions: Questions,
    scale: ScaleGiven | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    tasks: Tasks | None = None,
    data_plan: DataPlan | None = None,
    external_id: ExternalId | None = None,
) -> PdsaCycle:
    """Plan a test of a change idea, perhaps as the next one of a ramp."""
    Initiatives(uow).named(initiative_id, by="initiative_id", scope=scope)
    initiative, engagement = initiative_at(uow, scope, initiative_id)
    previous = PdsaCycles(uow).named(previous_id, by="previous_id", scope=scope) if previous_id else None
    _refuse_unknown_measures(uow, data_plan or [], initiative)
    cycle = PdsaCycle.plan(
        id=uow.new_id("pds"),
        initiative=initiative,
        engagement=engagement,
        previous=previous,
        idea=idea,
        objective=objective,
        setting=setting,
        questions=questions,
        scale=scale or Scale(),
        starts_on=starts_on,
        ends_on=ends_on,
        tasks=tasks or [],
        data_plan=data_plan or [],
    )
    cycle.external_id = external_id
    Initiatives(uow).touch(initiative)
    return PdsaCycles(uow).save(cycle)


@command
def change_cycle(
    uow: UnitOfWork, scope: Scope, *, cycle_id: CycleId, version: ExpectedVersion, **changes: Unpack[CyclePlanned]
) -> PdsaCycle:
    """Change what is planned for a test, predictions too, before it is done."""
    cycle, initiative = _cycle_of_initiative(uow, scope, cycle_id, version)
    _refuse_unknown_measures(uow, changes.get("data_plan") or [], initiative)
    return PdsaCycles(uow).save(cycle) if cycle.change(**changes) else cycle


@command
def start_cycle(
    uow: UnitOfWork, scope: Scope, *, cycle_id: CycleId, version: ExpectedVersion, started_on: date
) -> PdsaCycle:
    """Begin to do a test: each question has a prediction."""
    cycle, _ = _cycle_of_initiative(uow, scope, cycle_id, version)
    initiative, engagement = initiative_at(uow, PLATFORM, cycle.initiative_id)
    cycle.start(initiative=initiative, engagement=engagement, on=started_on, at=uow.now)
    Initiatives(uow).touch(initiative)
    return PdsaCycles(uow).save(cycle)


@command
def retract_cycle_start(
    uow: UnitOfWork, scope: Scope, *, cycle_id: CycleId, version: ExpectedVersion, reason: Reason
) -> PdsaCycle:
    """Take back, with a reason, that a test is being done."""
    cycle, _ = _cycle_of_initiative(uow, scope, cycle_id, version)
    cycle.retract_start(statement_of(uow, scope, reason))
    return PdsaCycles(uow).save(cycle)


@command
def study_cycle(
    uow: UnitOfWork,
    scope: Scope,
    *,
    cycle_id: CycleId,
    version: ExpectedVersion,
    done_on: date,
    as_planned: AsPlanned,
    deviation: Observations | None = None,
    observations: Observations,
    unexpected: Observations | None = None,
) -> PdsaCycle:
    """Record what was seen in doing a test, and study it."""
    cycle, _ = _cycle_of_initiative(uow, scope, cycle_id, version)
    _, engagement = initiative_at(uow, PLATFORM, cycle.initiative_id)
    observed = Observed(as_planned=as_planned, deviation=deviation, observations=observations, unexpected=unexpected,
                        done_on=done_on, by=scope.subject, at=uow.now)  # fmt: skip
    cycle.study(observed, engagement=engagement)
    return PdsaCycles(uow).save(cycle)


@command
def resume_cycle(
    uow: UnitOfWork, scope: Scope, *, cycle_id: CycleId, version: ExpectedVersion, reason: Reason
) -> PdsaCycle:
    """Go on doing a test that is being studied, with a reason."""
    cycle, _ = _cycle_of_initiative(uow, scope, cycle_id, version)
    cycle.resume(statement_of(uow, scope, reason))
    return PdsaCycles(uow).save(cycle)


@command
def judge_predictions(
    uow: UnitOfWork, scope: Scope, *, cycle_id: CycleId, version: ExpectedVersion, judgements: Judgements
) -> PdsaCycle:
    """Compare predictions of a test, some or all, with what was seen."""
    cycle, _ = _cycle_of_initiative(uow, scope, cycle_id, version)
    cycle.judge([(each["question"], _judgement(each, by=scope.subject, uow=uow)) for each in judgements])
    return PdsaCycles(uow).save(cycle)


@command
def act_on_cycle(
    uow: UnitOfWork,
    scope: Scope,
    *,
    cycle_id: CycleId,
    version: ExpectedVersion,
    decision: Decision,
    learning: Learning,
    comparison: Learning | None = None,
    next_changes: Learning | None = None,
) -> PdsaCycle:
    """Decide what becomes of a change after each prediction was judged: adopt, adapt or abandon it."""
    cycle, _ = _cycle_of_initiative(uow, scope, cycle_id, version)
    learned = Learned(decision=decision, learning=learning, comparison=comparison, next_changes=next_changes,
                      by=scope.subject, at=uow.now)  # fmt: skip
    cycle.act(learned)
    return PdsaCycles(uow).save(cycle)


@command
def reconsider_cycle(
    uow: UnitOfWork, scope: Scope, *, cycle_id: CycleId, version: ExpectedVersion, reason: Reason
) -> PdsaCycle:
    """Take the decision after a test back, with a reason: it is studied again."""
    cycle, initiative = _cycle_of_initiative(uow, scope, cycle_id, version)
    _, engagement = initiative_at(uow, PLATFORM, initiative.id)
    following = PdsaCycles(uow).following(cycle)
    cycle.reconsider(next_ids=following, engagement=engagement, statement=statement_of(uow, scope, reason))
    Initiatives(uow).touch(initiative)
    return PdsaCycles(uow).save(cycle)


@command
def cancel_cycle(
    uow: UnitOfWork, scope: Scope, *, cycle_id: CycleId, version: ExpectedVersion, reason: Reason
) -> PdsaCycle:
    """Cancel a test, with a reason."""
    cycle, _ = _cycle_of_initiative(uow, scope, cycle_id, version)
    cycle.cancel(statement_of(uow, scope, reason))
    return PdsaCycles(uow).save(cycle)


@command
def restore_cycle(
    uow: UnitOfWork, scope: Scope, *, cycle_id: CycleId, version: ExpectedVersion, reason: Reason
) -> PdsaCycle:
    """Restore a test that was cancelled, with a reason: it is what it was before."""
    cycle, _ = _cycle_of_initiative(uow, scope, cycle_id, version)
    initiative, engagement = initiative_at(uow, PLATFORM, cycle.initiative_id)
    cycle.restore(initiative=initiative, engagement=engagement, statement=statement_of(uow, scope, reason))
    Initiatives(uow).touch(initiative)
    return PdsaCycles(uow).save(cycle)


def _cycle_of_initiative(
    uow: UnitOfWork, scope: Scope, cycle_id: str, version: Collection[int] | None
) -> tuple[PdsaCycle, Initiative]:
    cycle = PdsaCycles(uow).get(cycle_id, scope=scope, version=version)
    return cycle, Initiatives(uow).get(cycle.initiative_id, scope=PLATFORM)


def _judgement(given: Mapping[str, Any], *, by: str, uow: UnitOfWork) -> PredictionJudgement:
    return PredictionJudgement(match=given["match"], result=given["result"], by=by, at=uow.now)


def _refuse_unknown_measures(uow: UnitOfWork, plan: Sequence[DataToCollect], initiative: Initiative) -> None:
    """Raise UnknownReference, at the member of the plan, for a measure that is none of the engagement's."""
    for at, each in enumerate(plan):
        if each.measure_id is None:
            continue
        measure = Measures(uow).first({"_id": each.measure_id}, scope=PLATFORM)
        if measure is None or measure.engagement_id != initiative.engagement_id:
            detail = f"A measure of engagement {initiative.engagement_id} is expected; got '{each.measure_id}'"
            raise UnknownReference.at(f"/data_plan/{at}/measure_id", "unknown", detail)
