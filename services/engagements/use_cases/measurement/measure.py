"""What one can have done with a measure."""

from collections.abc import Mapping
from typing import Any, Unpack

from chassis.domain.scope import Scope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.external_ids import ExternalId
from chassis.schemas.operations import command
from services.engagements.analysis.rule_sets import PERLA_2011, RULE_SETS
from services.engagements.model.engagement import Engagement
from services.engagements.model.measurement.measure import InitiativeOfAnotherEngagement, Measure
from services.engagements.repository.engagement import Engagements
from services.engagements.repository.improvement import Initiatives
from services.engagements.repository.measurement import Measures
from services.engagements.schemas.engagement import EngagementId, ExpectedVersion, Reason
from services.engagements.schemas.measurement import (
    Answers,
    BaselinePoints,
    DayOfPeriod,
    Definition,
    MeasureDescribed,
    MeasureId,
    Number,
    definition_of,
)
from services.engagements.use_cases.statement import statement_of


@command
def define_measure(
    uow: UnitOfWork,
    scope: Scope,
    *,
    engagement_id: EngagementId,
    external_id: ExternalId | None = None,
    **described: Unpack[MeasureDescribed],
) -> Measure:
    """Say what is measured, how, and where it is to go."""
    engagement = Engagements(uow).named(engagement_id, by="engagement_id", scope=scope)
    definition = definition_of(described["definition"], number=1)
    _refuse_another_engagements(uow, scope, described.get("initiative_id"), engagement)
    members = _with_defaults({name: value for name, value in described.items() if name != "definition"})
    measure = Measure.define(id=uow.new_id("msr"), engagement=engagement, definition=definition, **members)
    measure.external_id = external_id
    Engagements(uow).touch(engagement)
    return Measures(uow).save(measure)


def _refuse_another_engagements(
    uow: UnitOfWork, scope: Scope, initiative_id: str | None, engagement: Engagement
) -> None:
    if initiative_id is None:
        return
    initiative = Initiatives(uow).named(initiative_id, by="initiative_id", scope=scope)
    if initiative.engagement_id != engagement.id:
        detail = f"An initiative of engagement {engagement.id} is expected; got '{initiative.id}'"
        raise InitiativeOfAnotherEngagement.at("/initiative_id", "another_engagement", detail)


def _with_defaults(members: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what is null, and take the chart that belongs to the rules."""
    given = {name: value for name, value in members.items() if value is not None}
    rules = given.get("rules", PERLA_2011.name)
    return {"chart": RULE_SETS[rules].chart, **given, "rules": rules}


@command
def redefine_measure(
    uow: UnitOfWork,
    scope: Scope,
    *,
    measure_id: MeasureId,
    version: ExpectedVersion,
    definition: Definition,
    effective_from: DayOfPeriod,
    reason: Reason,
) -> Measure:
    """Collect a measure by another definition from a day on: a new phase begins on its chart."""
    measure = Measures(uow).get(measure_id, scope=scope, version=version)
    number = len(measure.definitions) + 1
    measure.redefine(
        definition_of(definition, number=number, effective_from=effective_from), statement_of(uow, scope, reason)
    )
    return Measures(uow).save(measure)


@command
def freeze_baseline(
    uow: UnitOfWork,
    scope: Scope,
    *,
    measure_id: MeasureId,
    version: ExpectedVersion,
    baseline_points: BaselinePoints | None = None,
    reason: Reason,
) -> Measure:
    """Freeze the centre and the limits of the present phase on its first points, or on all there are again."""
    measure = Measures(uow).get(measure_id, scope=scope, version=version)
    measure.freeze_baseline(baseline_points, statement_of(uow, scope, reason))
    return Measures(uow).save(measure)


@command
def rebase_measure(
    uow: UnitOfWork,
    scope: Scope,
    *,
    measure_id: MeasureId,
    version: ExpectedVersion,
    begins_on: DayOfPeriod,
    answers: Answers,
    reason: Reason,
) -> Measure:
    """Judge what comes from a day on by a centre of its own, with the answers to the four questions."""
    measure = Measures(uow).get(measure_id, scope=scope, version=version)
    measure.rebase(begins_on=begins_on, answers=answers, statement=statement_of(uow, scope, reason))
    return Measures(uow).save(measure)


@command
def undo_rebase(
    uow: UnitOfWork, scope: Scope, *, measure_id: MeasureId, version: ExpectedVersion, reason: Reason
) -> Measure:
    """Take the newest rebase of a measure back, with a reason."""
    measure = Measures(uow).get(measure_id, scope=scope, version=version)
    measure.undo_rebase(statement_of(uow, scope, reason))
    return Measures(uow).save(measure)


@command
def retarget_measure(
    uow: UnitOfWork,
    scope: Scope,
    *,
    measure_id: MeasureId,
    version: ExpectedVersion,
    target: Number | None = None,
    reason: Reason,
) -> Measure:
    """Give a measure another target, or none, with a reason."""
    measure = Measures(uow).get(measure_id, scope=scope, version=version)
    measure.retarget(target, statement_of(uow, scope, reason))
    return Measures(uow).save(measure)


@command
def retire_measure(
    uow: UnitOfWork, scope: Scope, *, measure_id: MeasureId, version: ExpectedVersion, reason: Reason
) -> Measure:
    """Record no more data for a measure, with a reason; what was recorded stays readable."""
    measure = Measures(uow).get(measure_id, scope=scope, version=version)
    measure.retire(statement_of(uow, scope, reason))
    return Measures(uow).save(measure)


@command
def reinstate_measure(
    uow: UnitOfWork, scope: Scope, *, measure_id: MeasureId, version: ExpectedVersion, reason: Reason
) -> Measure:
    """Record data again for a measure that was retired, with a reason."""
    measure = Measures(uow).get(measure_id, scope=scope, version=version)
    measure.reinstate(statement_of(uow, scope, reason))
    return Measures(uow).save(measure)
