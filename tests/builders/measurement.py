"""Measures and data points for tests: each call shows only what matters to its test."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from services.engagements.analysis.limits import Chart
from services.engagements.analysis.verdict import Improvement
from services.engagements.model.evidence import Found
from services.engagements.model.measurement.data_point import DataPoint, Value
from services.engagements.model.measurement.definition import OperationalDefinition, RebaseAnswers
from services.engagements.model.measurement.judgement import Measured
from services.engagements.model.measurement.measure import Measure, MeasureKind
from services.engagements.model.measurement.periods import Frequency
from services.engagements.model.measurement.stratum import Stratum
from tests.builders.engagements import an_engagement

FIRST_WEEK = date(2026, 1, 5)
"""A Monday."""
YES = RebaseAnswers(clearly_different=True, reason_known=True, desirable=True, expected_to_continue=True)
FOUND = Found(key="sgn_1", finding="“Infections” shows a favourable shift", judged="abc")


def a_definition(*, multiplier: int = 1, effective_from: date | None = None) -> OperationalDefinition:
    """Infections that were counted; the first definition unless it takes effect on a day."""
    number = 1 if effective_from is None else 2
    return OperationalDefinition(
        number=number, numerator="Infections", multiplier=multiplier, effective_from=effective_from
    )


def a_measure(
    *,
    improvement: Improvement = Improvement.DECREASE,
    chart: Chart = Chart.RUN,
    frequency: Frequency = Frequency.WEEKLY,
    target: str | None = None,
    strata: Iterable[Stratum] = (),
    multiplier: int = 1,
    rules: str = "perla_2011",
) -> Measure:
    """A weekly measure of `eng_1`, which is to decrease, judged by Perla's rules unless told otherwise."""
    return Measure.define(
        id="msr_1",
        engagement=an_engagement(),
        definition=a_definition(multiplier=multiplier),
        title="Infections",
        kind=MeasureKind.OUTCOME,
        improvement=improvement,
        unit="infections",
        frequency=frequency,
        chart=chart,
        rules=rules,
        target=Decimal(target) if target else None,
        strata=[*strata],
    )


def a_data_point(measure: Measure | None = None, *, on: date = date(2026, 3, 4), value: str = "5") -> DataPoint:
    """Five infections in the week of 2 March 2026."""
    return DataPoint.record_for(measure or a_measure(), id="dpt_1", on=on, stratum=None,
                                given=Value(value=Decimal(value)), by="anna",
                                at=datetime(2026, 6, 1, tzinfo=UTC), today=date(2026, 6, 1))  # fmt: skip


def weekly(*values: str | int | None) -> list[Measured]:
    """One value a week from `FIRST_WEEK` on; None leaves a week out."""
    weeks = (FIRST_WEEK + timedelta(weeks=number) for number in range(len(values)))
    return [
        Measured(week, Decimal(value), None) for week, value in zip(weeks, values, strict=True) if value is not None
    ]
