"""What one can have done with the data points of a measure."""

from collections.abc import Collection

from chassis.domain.scope import PLATFORM, Scope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import command
from services.engagements.model.measurement.aggregate_only import refuse_names_of_people
from services.engagements.model.measurement.data_point import DataPoint, Value
from services.engagements.model.measurement.measure import Measure
from services.engagements.repository.engagement import Engagements
from services.engagements.repository.measurement import DataPoints, Measures
from services.engagements.schemas.engagement import ExpectedVersion, Reason
from services.engagements.schemas.measurement import DataPointId, DayOfPeriod, MeasureId, Number, StratumCode
from services.engagements.use_cases.statement import statement_of


@command(refuses=refuse_names_of_people)
def record_data_point(
    uow: UnitOfWork,
    scope: Scope,
    *,
    measure_id: MeasureId,
    on: DayOfPeriod,
    value: Number,
    denominator: Number | None = None,
    stratum: StratumCode | None = None,
) -> DataPoint:
    """Record what was measured in the period of a day: aggregate data, never about one person."""
    measure = Measures(uow).get(measure_id, scope=scope)
    engagement = Engagements(uow).get(measure.engagement_id, scope=PLATFORM)
    engagement.must_be_open()
    given = Value(value=value, denominator=denominator)
    point = DataPoint.record_for(measure, id=uow.new_id("dpt"), on=on, stratum=stratum, given=given,
                                 by=scope.subject, at=uow.now, today=engagement.today(uow.now))  # fmt: skip
    return DataPoints(uow).save(point)


@command
def correct_data_point(
    uow: UnitOfWork,
    scope: Scope,
    *,
    data_point_id: DataPointId,
    version: ExpectedVersion,
    value: Number,
    denominator: Number | None = None,
    reason: Reason,
) -> DataPoint:
    """Correct a data point, with a reason; the value that it had is kept."""
    point, measure = _point_of_measure(uow, scope, data_point_id, version)
    given = Value(value=value, denominator=denominator)
    point.correct(measure, given=given, statement=statement_of(uow, scope, reason))
    return DataPoints(uow).save(point)


@command
def withdraw_data_point(
    uow: UnitOfWork, scope: Scope, *, data_point_id: DataPointId, version: ExpectedVersion, reason: Reason
) -> DataPoint:
    """Have a data point count no more, with a reason; another one may take its place."""
    point, _ = _point_of_measure(uow, scope, data_point_id, version)
    point.withdraw(statement_of(uow, scope, reason))
    return DataPoints(uow).save(point)


@command
def restore_data_point(
    uow: UnitOfWork, scope: Scope, *, data_point_id: DataPointId, version: ExpectedVersion, reason: Reason
) -> DataPoint:
    """Have a data point count again that was withdrawn, with a reason."""
    point, _ = _point_of_measure(uow, scope, data_point_id, version)
    point.restore(statement_of(uow, scope, reason))
    return DataPoints(uow).save(point)


def _point_of_measure(
    uow: UnitOfWork, scope: Scope, data_point_id: str, version: Collection[int] | None
) -> tuple[DataPoint, Measure]:
    point = DataPoints(uow).get(data_point_id, scope=scope, version=version)
    return point, Measures(uow).get(point.measure_id, scope=PLATFORM)
