"""A data point: what was measured in one period, by whom, and what it was corrected from."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from chassis.domain.aggregate import INTERNAL, Aggregate
from chassis.domain.errors import Conflict, Invalid
from chassis.domain.transitions import refuse_unless_possible
from services.engagements.analysis.limits import Chart as ChartKind
from services.engagements.events import measure as events
from services.engagements.model.days import InTheFuture
from services.engagements.model.measurement.measure import Measure
from services.engagements.model.measurement.measure_lifecycle import (
    DATA_POINT_TRANSITIONS,
    DataPointNotWithdrawn,
    DataPointState,
    DataPointWithdrawn,
)
from services.engagements.model.statement import StateChange, Statement


class DenominatorMissing(Invalid):
    """Proportions and rates have a denominator: what they are counted in."""


class DenominatorNotWanted(Invalid):
    """A c chart counts in equal areas of opportunity; where they differ, the measure has a u chart."""


class DenominatorNotPositive(Invalid):
    """A denominator is more than 0; a period in which nothing could be counted has no data point."""


class NotACount(Invalid):
    """What is counted is a whole number from 0."""


class MoreThanTheWhole(Invalid):
    """A part is not more than what it is a part of."""


class CorrectedToTheSame(Invalid):
    """To correct is to give another value."""


COUNTED = (ChartKind.P, ChartKind.U, ChartKind.C)


@dataclass(frozen=True, kw_only=True)
class Value:
    """A value, or a count with what it is counted in; exact decimals."""

    value: Decimal
    denominator: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Correction:
    """The value that a data point had before it was corrected, and why it was."""

    before: Value
    statement: Statement


@dataclass(kw_only=True)
class DataPoint(Aggregate):
    """What was measured in one period, of all together or of one stratum; aggregate data, never about one person.

    `period` is the first day of the period. `definition_number` says by which operational definition it was collected.
    """

    lifecycle = DATA_POINT_TRANSITIONS
    measure_id: str
    engagement_id: str
    partner_id: str
    stratum: str | None = None
    period: date
    value: Decimal
    denominator: Decimal | None = None
    definition_number: int
    recorded_by: str
    recorded_at: datetime
    state: DataPointState = DataPointState.RECORDED
    corrections: list[Correction] = field(default_factory=list)
    transitions: list[StateChange] = field(default_factory=list)
    arrived_with: str | None = field(default=None, metadata=INTERNAL)
    """The batch whose state decides whether it counts; None where it was recorded in one step."""
    arrived_as: int | None = field(default=None, metadata=INTERNAL)
    """Which row of that batch it is."""

    @classmethod
    def record_for(
        cls,
        measure: Measure,
        *,
        id: str,
        on: date,
        stratum: str | None,
        given: Value,
        by: str,
        at: datetime,
        today: date,
    ) -> "DataPoint":
        """Record what was measured in the period of a day, and say so; raises what `of_batch` raises."""
        point = cls.of_batch(measure, id=id, on=on, stratum=stratum, given=given, by=by, at=at, today=today)
        point.record(events.DataPointRecorded(**point._named()))
        return point

    @classmethod
    def of_batch(
        cls,
        measure: Measure,
        *,
        id: str,
        on: date,
        stratum: str | None,
        given: Value,
        by: str,
        at: datetime,
        today: date,
    ) -> "DataPoint":
        """Record what was measured in the period of a day; its batch says so of all that came together.

        Raises MeasureNotInUse, NoSuchStratum, InTheFuture, and what `refuse_what_the_chart_cannot_show` raises.
        """
        measure.must_be_in_use()
        measure.must_have_stratum(stratum)
        period = measure.period_of(on)
        if on > today:
            raise InTheFuture.at("/on", "in_the_future", f"A day up to {today} is expected; got '{on}'")
        refuse_what_the_chart_cannot_show(measure.chart, given)
        return cls(id=id, measure_id=measure.id, engagement_id=measure.engagement_id, partner_id=measure.partner_id,
                   stratum=stratum, period=period, value=given.value, denominator=given.denominator,
                   definition_number=measure.definition_on(period).number, recorded_by=by, recorded_at=at)  # fmt: skip

    def arrive_with(self, batch_id: str, *, row: int) -> None:
        """Be one row of a batch that comes in parts: it counts once the batch is recorded."""
        self.arrived_with, self.arrived_as = batch_id, row

    def correct(self, measure: Measure, *, given: Value, statement: Statement) -> None:
        """Have another value, for a reason; the former one is kept.

        Raises DataPointWithdrawn, CorrectedToTheSame, and what `refuse_what_the_chart_cannot_show` raises.
        """
        self._must_allow("correct_data_point", otherwise=DataPointWithdrawn)
        before = Value(value=self.value, denominator=self.denominator)
        if given == before:
            raise CorrectedToTheSame.at("/value", "unchanged", f"A value other than {self.value:f} is expected")
        refuse_what_the_chart_cannot_show(measure.chart, given)
        self.corrections.append(Correction(before=before, statement=statement))
        self.value, self.denominator = given.value, given.denominator
        self.record(events.DataPointCorrected(**self._named(), reason=statement.reason))

    def withdraw(self, statement: Statement) -> None:
        """Have it count no more, for a reason; raises DataPointWithdrawn."""
        self._must_allow("withdraw_data_point", otherwise=DataPointWithdrawn)
        self._move(DataPointState.WITHDRAWN, statement)
        self.record(events.DataPointWithdrawn(**self._named(), reason=statement.reason))

    def restore(self, statement: Statement) -> None:
        """Have it count again, for a reason; raises DataPointNotWithdrawn."""
        self._must_allow("restore_data_point", otherwise=DataPointNotWithdrawn)
        self._move(DataPointState.RECORDED, statement)
        self.record(events.DataPointRestored(**self._named(), reason=statement.reason))

    def _must_allow(self, operation: str, *, otherwise: type[Conflict]) -> None:
        about = f"data point {self.id} is {self.state}"
        refuse_unless_possible(DATA_POINT_TRANSITIONS, operation, state=self.state, about=about, otherwise=otherwise)

    def _move(self, to: DataPointState, statement: Statement) -> None:
        self.state = to
        self.transitions.append(StateChange(to=to, statement=statement))

    def _named(self) -> dict[str, Any]:
        """Give what every event says of it."""
        ids = {"data_point_id": self.id, "measure_id": self.measure_id, "engagement_id": self.engagement_id}
        return {**ids, "partner_id": self.partner_id, "stratum": self.stratum, "period": self.period}


def refuse_what_the_chart_cannot_show(chart: ChartKind, given: Value) -> None:
    """Raise, at `value` or `denominator`, what no point of such a chart can be.

    DenominatorMissing, DenominatorNotWanted, DenominatorNotPositive, NotACount or MoreThanTheWhole.
    """
    _refuse_denominator(chart, given.denominator)
    if chart in COUNTED and (given.value < 0 or given.value % 1):
        raise NotACount.at("/value", "not_a_count", f"A whole number from 0 is expected; got {given.value:f}")
    if chart is ChartKind.P and given.denominator is not None and given.value > given.denominator:
        detail = f"{given.denominator:f}, the denominator, or less is expected; got {given.value:f}"
        raise MoreThanTheWhole.at("/value", "more_than_the_whole", detail)


def _refuse_denominator(chart: ChartKind, denominator: Decimal | None) -> None:
    if denominator is None and chart in (ChartKind.P, ChartKind.U):
        raise DenominatorMissing.at(
            "/denominator", "required", f"A {chart} chart needs what is counted in, at each point"
        )
    if denominator is not None and chart is ChartKind.C:
        raise DenominatorNotWanted.at(
            "/denominator", "not_wanted", f"Null is expected for a c chart; got {denominator:f}"
        )
    if denominator is not None and denominator <= 0:
        detail = f"More than 0 is expected; got {denominator:f}"
        raise DenominatorNotPositive.at("/denominator", "not_positive", detail)
