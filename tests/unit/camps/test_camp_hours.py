"""The hours of a camp are what clocks at its place show: each is one instant, and none is one that clocks leave out.

The instants are those of the changes of clocks as the laws of 2026 have them (IANA tzdata 2026.1): second Sunday of
March and first of November in the United States, last Sundays of March and October in Europe.
"""

from datetime import UTC, date, datetime, timedelta

import pytest

from services.camps.model.camp_days import EndsBeforeItStarts, Season
from services.camps.model.camp_hours import NonexistentLocalTime, instant_of
from tests.builders.camps import a_camp

FIRST_OF_JUNE = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day", "hour", "instant"),
    [
        ("America/New_York", date(2027, 3, 13), "09:00", datetime(2027, 3, 13, 14, 0, tzinfo=UTC)),
        ("America/New_York", date(2027, 3, 14), "09:00", datetime(2027, 3, 14, 13, 0, tzinfo=UTC)),
        ("America/New_York", date(2027, 3, 14), "01:59", datetime(2027, 3, 14, 6, 59, tzinfo=UTC)),
        ("America/New_York", date(2027, 3, 14), "03:00", datetime(2027, 3, 14, 7, 0, tzinfo=UTC)),
        ("America/New_York", date(2026, 11, 1), "01:30", datetime(2026, 11, 1, 5, 30, tzinfo=UTC)),
        ("America/New_York", date(2026, 11, 1), "02:00", datetime(2026, 11, 1, 7, 0, tzinfo=UTC)),
        ("Europe/Stockholm", date(2027, 3, 28), "09:00", datetime(2027, 3, 28, 7, 0, tzinfo=UTC)),
        ("Europe/Stockholm", date(2027, 10, 31), "02:30", datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
        ("Europe/London", date(2028, 3, 26), "09:00", datetime(2028, 3, 26, 8, 0, tzinfo=UTC)),
        ("Asia/Qatar", date(2027, 3, 28), "09:00", datetime(2027, 3, 28, 6, 0, tzinfo=UTC)),
        ("America/Sao_Paulo", date(2027, 10, 17), "09:00", datetime(2027, 10, 17, 12, 0, tzinfo=UTC)),
    ],
)
def test_an_hour_of_a_day_is_one_instant_and_the_first_of_two(
    zone: str, day: date, hour: str, instant: datetime
) -> None:
    assert instant_of(day, hour, zone=zone) == instant


def test_an_hour_that_the_law_comes_to_leave_out_is_the_later_instant() -> None:
    assert instant_of(date(2027, 3, 14), "02:30", zone="America/New_York") == datetime(2027, 3, 14, 7, 30, tzinfo=UTC)


def test_a_camp_does_not_open_at_an_hour_that_no_clock_shows() -> None:
    camp = a_camp()
    moved = {"year": 2027, "season": "winter", "starts_on": date(2027, 3, 14), "ends_on": date(2027, 3, 15)}

    with pytest.raises(NonexistentLocalTime) as refused:
        camp.change(**moved, opens_at="02:30", at=FIRST_OF_JUNE)  # type: ignore[misc,arg-type]

    assert list(refused.value.fields) == [
        {
            "pointer": "/opens_at",
            "code": "nonexistent_local_time",
            "detail": "2027-03-14T01:30:00-05:00 or 2027-03-14T03:30:00-04:00 is expected: the clocks of "
            "America/New_York leave out 02:30 on 2027-03-14",
        }
    ]


def test_a_camp_of_one_day_closes_after_it_opens() -> None:
    with pytest.raises(EndsBeforeItStarts) as refused:
        a_camp().change(ends_on=date(2026, 7, 13), opens_at="09:00", closes_at="09:00", at=FIRST_OF_JUNE)

    (field,) = refused.value.fields
    assert field["pointer"] == "/closes_at"
    assert field["detail"] == "An hour after 09:00 (opens_at, on that day) is expected; got '09:00'"


OFFSETS = {
    "America/Chicago": (-6, -5, "US"), "America/New_York": (-5, -4, "US"), "America/Los_Angeles": (-8, -7, "US"),
    "Europe/Copenhagen": (1, 2, "EU"), "Europe/London": (0, 1, "EU"), "Europe/Stockholm": (1, 2, "EU"),
    "Asia/Qatar": (3, 3, None), "America/Sao_Paulo": (-3, -3, None), "Asia/Singapore": (8, 8, None),
}  # fmt: skip
"""Hours from UTC in winter and in summer in the zones of the thirteen partners, and whose law changes the clocks."""
CHANGES = {
    "US": (date(2027, 3, 14), date(2027, 11, 7), date(2028, 3, 12), date(2028, 11, 5)),
    "EU": (date(2027, 3, 28), date(2027, 10, 31), date(2028, 3, 26), date(2028, 10, 29)),
}
"""Second Sunday of March and first of November (15 USC 260a); last Sundays of March and October (2000/84/EC)."""
OVER_A_CHANGE = [
    (zone, change, *((winter, summer) if change.month == 3 else (summer, winter)))
    for zone, (winter, summer, law) in OFFSETS.items()
    for change in CHANGES[law or "EU"]
]


@pytest.mark.parametrize(("zone", "change", "before", "after"), OVER_A_CHANGE, ids=str)
def test_a_camp_that_is_moved_over_a_change_of_clocks_keeps_its_hours_and_has_the_instants_of_its_days(
    zone: str, change: date, before: int, after: int
) -> None:
    first, last = change - timedelta(2), change - timedelta(1)
    camp = a_camp(zone=zone, answer_by=None)
    camp.change(year=change.year, season=Season.WINTER, starts_on=first, ends_on=last, at=FIRST_OF_JUNE)
    then = camp.begins_at(), camp.ends_at()

    camp.change(starts_on=change, ends_on=change + timedelta(1), at=FIRST_OF_JUNE)

    def hour(day: date, at: int, offset: int) -> datetime:
        return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=at - offset)

    assert then == (hour(first, 9, before), hour(last, 17, before))
    assert (camp.begins_at(), camp.ends_at()) == (hour(change, 9, after), hour(change + timedelta(1), 17, after))
    assert camp.anchor_revision == 2


@pytest.mark.parametrize(("zone", "change", "before", "after"), OVER_A_CHANGE, ids=str)
def test_a_camp_that_lasts_over_a_change_of_clocks_closes_at_the_hour_of_its_place(
    zone: str, change: date, before: int, after: int
) -> None:
    camp = a_camp(zone=zone, starts_on=change - timedelta(1), answer_by=None)
    camp.ends_on = change + timedelta(1)

    assert camp.ends_at() - camp.begins_at() == timedelta(days=2, hours=8 + before - after)
