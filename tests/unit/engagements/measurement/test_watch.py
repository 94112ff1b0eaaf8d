"""When data are late: when the period after theirs is over where the partner is, told once for each lapse."""

from datetime import UTC, date, datetime

import pytest

from services.engagements.model.engagement import Engagement
from services.engagements.model.engagement_lifecycle import PausedFor
from services.engagements.model.measurement.periods import Frequency
from services.engagements.model.measurement.watch import DataWatch
from tests.builders.engagements import an_engagement, statement
from tests.builders.measurement import a_measure

THE_10TH = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
"""A Tuesday."""


def in_utc(zone: str = "UTC") -> Engagement:
    """An engagement under way, of a partner whose days are those of UTC unless told otherwise."""
    engagement = an_engagement()
    engagement.zone = zone
    return engagement


def monthly() -> DataWatch:
    return DataWatch.of(a_measure(frequency=Frequency.MONTHLY), id="wat_1")


def looked(watch: DataWatch, *, latest: date | None = None, at: datetime = THE_10TH) -> bool:
    return watch.look(a_measure(frequency=Frequency.MONTHLY), in_utc(), latest=latest, at=at)


def lapsed(watch: DataWatch, *, at: datetime) -> bool:
    return watch.lapse(a_measure(frequency=Frequency.MONTHLY), in_utc(), at=at)


def said(watch: DataWatch) -> list[str]:
    return [event.type.removeprefix("engagements.data.") for event in watch.recorded]


@pytest.mark.parametrize(
    ("frequency", "zone", "overdue_at"),
    [
        (Frequency.DAILY, "UTC", datetime(2026, 3, 12, tzinfo=UTC)),
        (Frequency.WEEKLY, "UTC", datetime(2026, 3, 23, tzinfo=UTC)),
        (Frequency.MONTHLY, "UTC", datetime(2026, 5, 1, tzinfo=UTC)),
        (Frequency.QUARTERLY, "UTC", datetime(2026, 7, 1, tzinfo=UTC)),
        (Frequency.MONTHLY, "America/Chicago", datetime(2026, 5, 1, 5, tzinfo=UTC)),
    ],
)
def test_the_first_data_are_late_when_the_period_after_theirs_is_over(
    frequency: Frequency, zone: str, overdue_at: datetime
) -> None:
    measure, engagement = a_measure(frequency=frequency), in_utc(zone)
    watch = DataWatch.of(measure, id="wat_1")

    watch.look(measure, engagement, latest=None, at=THE_10TH)

    assert watch.overdue_at == overdue_at


def test_data_are_late_once_for_each_lapse() -> None:
    watch = monthly()
    looked(watch, latest=date(2026, 2, 1))

    early = lapsed(watch, at=datetime(2026, 4, 30, 23, 59, tzinfo=UTC))
    due = lapsed(watch, at=datetime(2026, 5, 1, tzinfo=UTC))
    again = lapsed(watch, at=datetime(2026, 6, 1, tzinfo=UTC))

    assert (early, due, again) == (False, True, False)
    (event,) = watch.recorded
    assert (event.period, event.latest, event.frequency) == (date(2026, 3, 1), date(2026, 2, 1), "monthly")  # type: ignore[attr-defined]
    assert watch.late_since == date(2026, 3, 1)


def test_fresh_data_end_it_and_the_next_lapse_is_another() -> None:
    watch, in_may = monthly(), datetime(2026, 5, 2, tzinfo=UTC)
    looked(watch)
    lapsed(watch, at=in_may)

    looked(watch, latest=date(2026, 4, 1), at=in_may)
    late = watch.late_since
    lapsed(watch, at=datetime(2026, 7, 1, tzinfo=UTC))

    assert (late, watch.late_since) == (None, date(2026, 5, 1))
    assert said(watch) == ["stale", "fresh", "stale"]


def test_data_that_are_late_themselves_leave_a_shorter_lapse_of_which_nothing_is_said() -> None:
    watch, in_june = monthly(), datetime(2026, 6, 2, tzinfo=UTC)
    looked(watch)
    lapsed(watch, at=in_june)

    looked(watch, latest=date(2026, 3, 1), at=in_june)

    assert (watch.late_since, watch.overdue_at) == (date(2026, 4, 1), None)
    assert said(watch) == ["stale"]


def test_seen_again_as_it_was_nothing_is_new() -> None:
    watch = monthly()

    assert (looked(watch), looked(watch)) == (True, False)


def test_a_measure_with_old_data_has_time_from_the_day_on_which_it_is_watched() -> None:
    watch = monthly()

    looked(watch, latest=date(2024, 1, 1))

    assert watch.overdue_at == datetime(2026, 5, 1, tzinfo=UTC)


def test_while_work_rests_no_data_are_late_and_after_it_there_is_time_again() -> None:
    measure, engagement, watch = a_measure(frequency=Frequency.MONTHLY), in_utc(), monthly()
    looked(watch)
    lapsed(watch, at=datetime(2026, 5, 1, tzinfo=UTC))

    engagement.pause(PausedFor.ITSELF, statement=statement())
    watch.look(measure, engagement, latest=None, at=datetime(2026, 5, 2, tzinfo=UTC))
    resting = (watch.late_since, watch.overdue_at)
    engagement.resume(PausedFor.ITSELF)
    watch.look(measure, engagement, latest=None, at=datetime(2026, 9, 10, tzinfo=UTC))

    assert resting == (None, None)
    assert watch.overdue_at == datetime(2026, 11, 1, tzinfo=UTC)
    assert said(watch) == ["stale", "excused"]


def test_of_a_retired_measure_no_data_are_awaited() -> None:
    measure, watch = a_measure(frequency=Frequency.MONTHLY), monthly()
    looked(watch)

    measure.retire(statement())
    is_new = watch.look(measure, in_utc(), latest=None, at=THE_10TH)

    assert (is_new, watch.overdue_at) == (True, None)


def test_late_data_of_a_measure_that_is_retired_are_excused_and_those_that_are_not_late_need_no_word() -> None:
    measure, late, in_time = a_measure(frequency=Frequency.MONTHLY), monthly(), monthly()
    for watch in (late, in_time):
        looked(watch)
    lapsed(late, at=datetime(2026, 5, 1, tzinfo=UTC))

    measure.retire(statement())
    for watch in (late, in_time):
        watch.look(measure, in_utc(), latest=None, at=datetime(2026, 5, 2, tzinfo=UTC))

    assert (said(late), said(in_time)) == (["stale", "excused"], [])
