"""Times of prayer against what others publish, and what of a programme leaves no time for them."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from services.camps.model.programme.prayer_times import Prayer, PrayerTime
from services.camps.model.programme.slots import PlacedSlot, Slot
from services.camps.reference.prayer_times import of_day, prayer_times

DOHA, TEHRAN, SINGAPORE = (25.283897, 51.528770), (35.715298, 51.404343), (1.370845, 103.801456)
A_FEW_MINUTES = timedelta(minutes=3)
"""Tables round, and some add a minute to be sure."""


def moment(day: date, hour: str, zone: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(hour), ZoneInfo(zone))


@pytest.mark.parametrize(
    ("position", "zone", "day", "dhuhr", "asr", "maghrib"),
    [
        # Ministry of Endowments of Qatar, as in Shared/Times/Doha-Qatar.json of batoulapps/adhan-js
        (DOHA, "Asia/Riyadh", "2016-01-01", "11:37", "14:35", "16:55"),
        (DOHA, "Asia/Riyadh", "2016-04-01", "11:38", "15:07", "17:51"),
        (DOHA, "Asia/Riyadh", "2016-07-01", "11:38", "15:01", "18:28"),
        (DOHA, "Asia/Riyadh", "2016-10-01", "11:23", "14:47", "17:20"),
        # Islamic Religious Council of Singapore, as in Singapore-Singapore.json of the same
        (SINGAPORE, "Asia/Singapore", "2020-01-01", "13:10", "16:34", "19:10"),
        (SINGAPORE, "Asia/Singapore", "2020-03-23", "13:13", "16:12", "19:15"),
        # praytimes.org, as in Tehran-Tehran.json of the same; there Maghrib is later than sunset
        (TEHRAN, "Asia/Tehran", "2018-01-01", "12:08", "14:44", None),
        (TEHRAN, "Asia/Tehran", "2018-07-01", "13:08", "16:57", None),
    ],
)
def test_prayers_begin_when_published_tables_say(
    position: tuple[float, float], zone: str, day: str, dhuhr: str, asr: str, maghrib: str | None
) -> None:
    asked = date.fromisoformat(day)

    begin = {each.prayer: each.starts_at for each in of_day(asked, zone, position)}

    for prayer, hour in zip(Prayer, (dhuhr, asr, maghrib), strict=True):
        assert hour is None or abs(begin[prayer] - moment(asked, hour, zone)) <= A_FEW_MINUTES, prayer


@pytest.mark.parametrize(("day", "sunset"), [("2026-02-01", "16:48"), ("2026-06-01", "21:07"), ("2026-12-01", "15:57")])
def test_maghrib_is_at_sunset_in_the_main_town_of_the_zone_and_looked_at_for_an_hour(day: str, sunset: str) -> None:
    """Sunsets of London by whattime.city/london/sun."""
    asked = date.fromisoformat(day)

    *_, maghrib = prayer_times("Europe/London", first=asked, last=asked)

    assert abs(maghrib.starts_at - moment(asked, sunset, "Europe/London")) <= A_FEW_MINUTES
    assert (maghrib.prayer, maghrib.ends_at - maghrib.starts_at) == (Prayer.MAGHRIB, timedelta(hours=1))


def test_each_is_due_until_the_next_begins_and_on_fridays_that_at_midday_for_ninety_minutes() -> None:
    thursday, friday = date(2026, 7, 16), date(2026, 7, 17)

    dhuhr, asr, maghrib, on_friday, *_ = prayer_times("America/New_York", first=thursday, last=friday)

    assert (dhuhr.ends_at, asr.ends_at) == (asr.starts_at, maghrib.starts_at)
    assert (on_friday.day, on_friday.ends_at - on_friday.starts_at) == (friday, timedelta(minutes=90))


def test_noon_is_that_of_the_day_also_where_clocks_are_a_day_ahead() -> None:
    """On Kiritimati, west of Honolulu by its clocks and not by the sun, which is highest soon after 12:30."""
    day = date(2026, 7, 1)

    dhuhr, *_ = prayer_times("Pacific/Kiritimati", first=day, last=day)

    assert dhuhr.starts_at.strftime("%Y-%m-%d %H") == "2026-07-01 12"


@pytest.mark.parametrize(("day", "known"), [("2026-07-01", [Prayer.DHUHR]), ("2026-12-01", [])])
def test_nothing_is_said_of_prayers_by_a_sun_that_does_not_set_or_does_not_rise(day: str, known: list[Prayer]) -> None:
    asked = date.fromisoformat(day)

    assert [each.prayer for each in prayer_times("Arctic/Longyearbyen", first=asked, last=asked)] == known


def test_of_the_zone_of_no_place_there_are_none() -> None:
    assert prayer_times("Etc/UTC", first=date(2026, 7, 1), last=date(2026, 7, 1)) == []


ZONE = "Asia/Qatar"
MONDAY, FRIDAY = date(2026, 7, 13), date(2026, 7, 17)


def slots(*hours: str, day: date = MONDAY) -> list[PlacedSlot]:
    """Of as many rooms as there are slots, each written as its hours: 09:00-10:00."""
    written = [each.split("-") for each in hours]
    return [
        Slot(session_id=f"ses_{n}", room=f"Room {n}", day=day, starts=starts, ends=ends).in_zone(ZONE)
        for n, (starts, ends) in enumerate(written)
    ]


def asr(*, day: date = MONDAY) -> PrayerTime:
    """Due from 15:00 to 18:00."""
    starts_at, ends_at = (moment(day, hour, ZONE) for hour in ("15:00", "18:00"))
    return PrayerTime(prayer=Prayer.ASR, day=day, starts_at=starts_at, ends_at=ends_at)


def friday_prayer() -> PrayerTime:
    """Due from 12:00 to 13:30."""
    starts_at, ends_at = (moment(FRIDAY, hour, ZONE) for hour in ("12:00", "13:30"))
    return PrayerTime(prayer=Prayer.DHUHR, day=FRIDAY, starts_at=starts_at, ends_at=ends_at)


@pytest.mark.parametrize(
    ("hours", "in_its_way"),
    [
        (["14:00-18:30"], [0]),
        (["14:00-16:00", "16:19-18:30"], [0, 1]),
        (["14:00-16:00", "16:20-18:30"], []),
        (["14:00-16:00", "16:20-18:30", "15:50-16:30"], [0, 1, 2]),  # another room has no break then
        (["14:00-18:30", "15:10-15:20"], [0, 1]),
        (["14:00-17:40"], []),  # the day is over while it is due
        (["14:00-17:41"], [0]),
        (["15:20-18:30"], []),  # the day begins when it has been due for long enough
        (["09:00-10:00", "14:00-18:30"], [1]),
        (["09:00-15:00", "18:00-19:00"], []),
    ],
)
def test_a_prayer_has_twenty_minutes_in_which_no_room_has_anything(hours: list[str], in_its_way: list[int]) -> None:
    assert asr().slots_in_its_way(slots(*hours)) == in_its_way


@pytest.mark.parametrize(
    ("hours", "in_its_way"),
    [(["09:00-12:15", "13:15-17:00"], []), (["09:00-12:16", "13:15-17:00"], [0, 1]), (["09:00-12:30"], [])],
)
def test_friday_prayer_has_an_hour_within_ninety_minutes_of_noon(hours: list[str], in_its_way: list[int]) -> None:
    assert friday_prayer().slots_in_its_way(slots(*hours, day=FRIDAY)) == in_its_way


def test_it_is_said_by_name_day_and_the_clocks_of_the_place() -> None:
    """And that the hours are those of the main town, so that nobody takes them for exact elsewhere."""
    assert asr().said_without_time() == (
        "On 2026-07-13 there are no 20 minutes without a session for the Asr prayer between 15:00 and 18:00, "
        "as the sun is in the main town of the time zone"
    )
    assert friday_prayer().said_without_time().startswith("On 2026-07-17 there are no 60 minutes without a session for")
    assert "the Friday prayer between 12:00 and 13:30" in friday_prayer().said_without_time()
