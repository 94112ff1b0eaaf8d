"""What can be a data point, and what becomes of one."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from chassis.domain.errors import Invalid
from services.engagements.analysis.limits import Chart
from services.engagements.model.days import InTheFuture
from services.engagements.model.measurement.data_point import (
    CorrectedToTheSame,
    DataPoint,
    DenominatorMissing,
    DenominatorNotPositive,
    DenominatorNotWanted,
    MoreThanTheWhole,
    NotACount,
    Value,
    refuse_what_the_chart_cannot_show,
)
from services.engagements.model.measurement.measure_lifecycle import MeasureNotInUse
from tests.builders.engagements import statement
from tests.builders.measurement import a_data_point, a_definition, a_measure

P, U, C, RUN, INDIVIDUALS = Chart.P, Chart.U, Chart.C, Chart.RUN, Chart.INDIVIDUALS


def given(value: str, denominator: str | None = None) -> Value:
    return Value(value=Decimal(value), denominator=Decimal(denominator) if denominator else None)


@pytest.mark.parametrize(
    ("chart", "value"),
    [
        (P, given("0", "1")),
        (P, given("7", "7")),
        (U, given("9", "0.5")),
        (C, given("0")),
        (RUN, given("-3.5")),
        (RUN, given("3", "8")),
        (INDIVIDUALS, given("0.1")),
    ],
)
def test_what_such_a_chart_shows_is_taken_as_it_was_given(chart: Chart, value: Value) -> None:
    point = DataPoint.record_for(a_measure(chart=chart), id="dpt_1", on=date(2026, 3, 4), stratum=None, given=value,
                                 by="anna", at=datetime(2026, 6, 1, tzinfo=UTC), today=date(2026, 6, 1))  # fmt: skip

    assert (point.value, point.denominator) == (value.value, value.denominator)


@pytest.mark.parametrize(
    ("chart", "value", "refusal", "pointer"),
    [
        (P, given("3"), DenominatorMissing, "/denominator"),
        (U, given("3"), DenominatorMissing, "/denominator"),
        (C, given("3", "100"), DenominatorNotWanted, "/denominator"),
        (P, given("0", "0"), DenominatorNotPositive, "/denominator"),
        (RUN, given("3", "-1"), DenominatorNotPositive, "/denominator"),
        (P, given("-1", "10"), NotACount, "/value"),
        (U, given("1.5", "10"), NotACount, "/value"),
        (C, given("0.1"), NotACount, "/value"),
        (P, given("8", "7"), MoreThanTheWhole, "/value"),
    ],
)
def test_what_no_point_of_such_a_chart_can_be_is_refused_where_it_stands(
    chart: Chart, value: Value, refusal: type[Invalid], pointer: str
) -> None:
    with pytest.raises(refusal) as refused:
        refuse_what_the_chart_cannot_show(chart, value)

    assert [error["pointer"] for error in refused.value.fields] == [pointer]


def test_a_day_stands_for_its_period_and_the_definition_in_force_then() -> None:
    measure = a_measure()
    measure.redefine(a_definition(effective_from=date(2026, 3, 9)), statement())

    before, since = a_data_point(measure, on=date(2026, 3, 8)), a_data_point(measure, on=date(2026, 3, 9))

    assert (before.period, before.definition_number) == (date(2026, 3, 2), 1)
    assert (since.period, since.definition_number) == (date(2026, 3, 9), 2)


def test_nothing_is_measured_in_the_future() -> None:
    with pytest.raises(InTheFuture, match="up to 2026-06-01"):
        a_data_point(on=date(2026, 6, 2))


def test_a_retired_measure_takes_no_data() -> None:
    measure = a_measure()
    measure.retire(statement("The registry has ended"))

    with pytest.raises(MeasureNotInUse, match="The registry has ended"):
        a_data_point(measure)


def test_a_correction_keeps_every_value_there_was_with_who_and_why() -> None:
    point = a_data_point(value="5")

    point.correct(a_measure(), given=given("6"), statement=statement("One was missed"))
    point.correct(a_measure(), given=given("4"), statement=statement("Two were of another unit"))

    assert point.value == 4
    assert [(each.before.value, each.statement.reason) for each in point.corrections] == [
        (5, "One was missed"),
        (6, "Two were of another unit"),
    ]


def test_to_correct_is_to_give_another_value() -> None:
    with pytest.raises(CorrectedToTheSame):
        a_data_point(value="5").correct(a_measure(), given=given("5.0"), statement=statement())


def test_a_correction_is_held_to_what_the_chart_can_show() -> None:
    point = DataPoint.record_for(a_measure(chart=P), id="dpt_1", on=date(2026, 3, 4), stratum=None,
                                 given=given("3", "7"), by="anna", at=datetime(2026, 6, 1, tzinfo=UTC),
                                 today=date(2026, 6, 1))  # fmt: skip

    with pytest.raises(MoreThanTheWhole):
        point.correct(a_measure(chart=P), given=given("8", "7"), statement=statement())

    assert point.corrections == []
