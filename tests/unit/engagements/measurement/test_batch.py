"""A batch of data points: what it counts, what it tells of its mistakes, and when it counts itself."""

from datetime import UTC, date, datetime, timedelta

import pytest

from services.engagements.model.measurement.batch import (
    IN_FILE,
    IN_JSON,
    MOST_ROWS,
    DataPointBatch,
    Mistake,
    MistakesInRows,
    NoRows,
    PartMissing,
    TooManyRows,
)
from services.engagements.model.measurement.measure_lifecycle import MeasureNotInUse
from tests.builders.engagements import statement
from tests.builders.measurement import a_data_point, a_measure

NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


def begun(*, skip_invalid: bool = False) -> DataPointBatch:
    return DataPointBatch.begin(a_measure(), id="bat_1", by="anna", skip_invalid=skip_invalid)


def mistake(row: int, column: str | None = "value") -> Mistake:
    return Mistake(row=row, column=column, code="invalid", detail="A number is expected; got 'x'")


def test_it_says_which_series_and_which_time_it_is_about() -> None:
    batch = begun()
    batch.take_part(1, [a_data_point(on=date(2026, 3, 9)), a_data_point(on=date(2026, 2, 2))], [], at=NOON)

    batch.finish(place=IN_JSON, dry_run=False)

    (event,) = batch.recorded
    assert vars(event) == {
        "batch_id": "bat_1", "measure_id": "msr_1", "engagement_id": "eng_1", "partner_id": "prt_1", "strata": [],
        "has_all_together": True, "points": 2, "first": date(2026, 2, 2), "last": date(2026, 3, 9),
    }  # fmt: skip


def test_a_trial_says_nothing() -> None:
    batch = begun()
    batch.take_part(1, [a_data_point()], [], at=NOON)

    batch.finish(place=IN_JSON, dry_run=True)

    assert (batch.state, batch.recorded) == ("arriving", [])


def test_a_pointer_into_json_counts_from_0_and_into_a_file_as_its_rows() -> None:
    batch = begun()
    batch.take_part(1, [], [mistake(2), mistake(3, column=None)], at=NOON)

    pointers = {}
    for place in (IN_JSON, IN_FILE):
        with pytest.raises(MistakesInRows, match="Row 2, column value: A number") as refused:
            batch.finish(place=place, dry_run=False)
        pointers[place.prefix] = [each["pointer"] for each in refused.value.fields]

    assert pointers == {
        "/data_points": ["/data_points/1/value", "/data_points/2"],
        "/rows": ["/rows/2/value", "/rows/3"],
    }


def test_the_rest_is_counted_in_rows_and_not_in_mistakes() -> None:
    batch = begun()
    batch.take_part(1, [], [each for row in range(1, 31) for each in (mistake(row, "on"), mistake(row))], at=NOON)

    with pytest.raises(MistakesInRows, match=r"; and 20 more rows$") as refused:
        batch.finish(place=IN_FILE, dry_run=False)

    assert (batch.refused, len(refused.value.fields)) == (30, 20)


def test_with_mistakes_left_out_the_others_count() -> None:
    batch = begun(skip_invalid=True)
    batch.take_part(1, [a_data_point()], [mistake(3)], at=NOON)

    batch.finish(place=IN_FILE, dry_run=False)

    assert (batch.state, batch.points, batch.refused, batch.rows) == ("recorded", 1, 1, 2)


def test_of_which_nothing_is_left_nothing_is_said() -> None:
    batch = begun(skip_invalid=True)
    batch.take_part(1, [], [mistake(3)], at=NOON)

    batch.finish(place=IN_FILE, dry_run=False)

    assert batch.recorded == []


def test_a_batch_without_rows_is_refused() -> None:
    batch = begun()
    batch.take_part(1, [], [], at=NOON)

    with pytest.raises(NoRows):
        batch.finish(place=IN_FILE, dry_run=False)


def test_its_parts_come_one_after_another() -> None:
    batch = begun()
    batch.take_part(1, [], [mistake(2)], at=NOON)

    with pytest.raises(PartMissing, match="part 2 of batch bat_1 is expected; got 3"):
        batch.take_part(3, [], [], at=NOON)


def test_each_part_has_it_wait_a_quarter_of_an_hour_for_the_next() -> None:
    batch = begun()
    batch.take_part(1, [], [], at=NOON)
    batch.take_part(2, [], [], at=NOON + timedelta(minutes=10))

    assert batch.clears_at == NOON + timedelta(minutes=25)


def test_more_rows_than_a_batch_may_have_are_refused() -> None:
    batch = begun()
    batch.points = MOST_ROWS

    with pytest.raises(TooManyRows, match="100000"):
        batch.take_part(1, [a_data_point()], [], at=NOON)


def test_a_measure_that_is_retired_takes_none() -> None:
    measure = a_measure()
    measure.retire(statement())

    with pytest.raises(MeasureNotInUse):
        DataPointBatch.begin(measure, id="bat_1", by="anna", skip_invalid=False)
