from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from services.camps.events.camp import CampAnnounced, CampInvitationsOpened
from services.camps.model.camp import Camp, MoreSeatsThanThereAre
from services.camps.model.camp_days import CampInThePast, CampTooLong, DaysOfAnotherSeason, EndsBeforeItStarts, Season
from services.camps.model.camp_life import InvitationsAlreadyOpen
from services.camps.model.camp_schedule import AnswerByOutOfRange
from tests.builders.camps import a_camp

FIRST_OF_JUNE = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)


def announced(**given: Any) -> Camp:
    described: dict[str, Any] = {
        "season": Season.WINTER,
        "year": 2026,
        "title": "Winter Camp 2026",
        "place": "Jönköping",
        "zone": "Europe/Stockholm",
        "starts_on": date(2026, 12, 7),
        "ends_on": date(2026, 12, 9),
        "capacity": 100,
    }
    return Camp.announce(id="cmp_1", **({"at": FIRST_OF_JUNE} | described | given))


def test_an_announced_camp_says_when_and_where_it_is() -> None:
    camp = announced()

    assert camp.state == "announced"
    assert camp.recorded == [
        CampAnnounced(
            camp_id="cmp_1",
            season="winter",
            year=2026,
            title="Winter Camp 2026",
            place="Jönköping",
            zone="Europe/Stockholm",
            starts_on=date(2026, 12, 7),
            ends_on=date(2026, 12, 9),
            capacity=100,
        )
    ]


def test_a_camp_may_last_a_single_day() -> None:
    camp = announced(starts_on=date(2026, 12, 7), ends_on=date(2026, 12, 7))

    assert camp.ends_on == date(2026, 12, 7)


def test_a_camp_does_not_end_before_it_starts() -> None:
    with pytest.raises(EndsBeforeItStarts) as refused:
        announced(starts_on=date(2026, 12, 7), ends_on=date(2026, 12, 6))

    (field,) = refused.value.fields
    assert field["pointer"] == "/ends_on"
    assert field["detail"] == "2026-12-07 (starts_on) or a later day is expected; got '2026-12-06'"


@pytest.mark.parametrize(("capacity", "seats"), [(100, 4), (4, 4), (3, 3), (1, 1)])
def test_an_invitation_is_for_four_seats_or_for_all_there_are(capacity: int, seats: int) -> None:
    camp = announced(capacity=capacity)

    assert camp.seats_per_invitation == seats


def test_an_invitation_may_be_for_all_seats_and_for_no_more() -> None:
    assert announced(capacity=10, seats_per_invitation=10).seats_per_invitation == 10

    with pytest.raises(MoreSeatsThanThereAre) as refused:
        announced(capacity=10, seats_per_invitation=11)

    (field,) = refused.value.fields
    assert field["pointer"] == "/seats_per_invitation"
    assert field["detail"] == "1 to 10 (capacity) is expected; got 11"


def test_a_camp_that_opens_its_invitations_says_by_when_to_answer() -> None:
    camp = a_camp(answer_by=None)

    camp.open_invitations(answer_by=date(2026, 6, 29), at=FIRST_OF_JUNE)

    assert camp.state == "inviting"
    assert camp.recorded == [
        CampInvitationsOpened(camp_id="cmp_1", season="summer", year=2026, answer_by=date(2026, 6, 29))
    ]


def test_invitations_are_opened_once() -> None:
    camp = a_camp(answer_by=date(2026, 6, 29))

    with pytest.raises(InvitationsAlreadyOpen, match="answers by 2026-06-29"):
        camp.open_invitations(answer_by=date(2026, 6, 30), at=FIRST_OF_JUNE)


@pytest.mark.parametrize("answer_by", [date(2026, 6, 1), date(2026, 7, 12)])
def test_answers_are_asked_for_from_today_to_the_day_before_the_camp(answer_by: date) -> None:
    camp = a_camp(starts_on=date(2026, 7, 13), answer_by=None)

    camp.open_invitations(answer_by=answer_by, at=FIRST_OF_JUNE)

    assert camp.deadline() == answer_by


@pytest.mark.parametrize("answer_by", [date(2026, 5, 31), date(2026, 7, 13), date(2026, 7, 14)])
def test_answers_are_not_asked_for_by_a_day_that_has_passed_or_once_the_camp_has_started(answer_by: date) -> None:
    camp = a_camp(starts_on=date(2026, 7, 13), answer_by=None)

    with pytest.raises(AnswerByOutOfRange) as refused:
        camp.open_invitations(answer_by=answer_by, at=FIRST_OF_JUNE)

    (field,) = refused.value.fields
    assert field["pointer"] == "/answer_by"
    assert field["detail"] == (
        f"A day from 2026-06-01 (today in America/New_York) to 2026-07-12 is expected; got '{answer_by}'"
    )
    assert camp.state == "announced"


@pytest.mark.parametrize(
    ("zone", "instant", "begun"),
    [
        ("America/New_York", datetime(2026, 7, 13, 12, 59, tzinfo=UTC), False),
        ("America/New_York", datetime(2026, 7, 13, 13, 0, tzinfo=UTC), True),
        ("Asia/Qatar", datetime(2026, 7, 13, 5, 59, tzinfo=UTC), False),
        ("Asia/Qatar", datetime(2026, 7, 13, 6, 0, tzinfo=UTC), True),
    ],
)
def test_a_camp_begins_when_its_first_day_opens_where_it_takes_place(zone: str, instant: datetime, begun: bool) -> None:
    camp = a_camp(zone=zone, starts_on=date(2026, 7, 13))

    assert camp.has_begun(instant) is begun


@pytest.mark.parametrize(
    ("season", "year", "starts_on"),
    [
        (Season.SUMMER, 2027, date(2027, 4, 1)),
        (Season.SUMMER, 2027, date(2027, 9, 30)),
        (Season.WINTER, 2026, date(2026, 10, 1)),
        (Season.WINTER, 2026, date(2026, 12, 30)),
        (Season.WINTER, 2026, date(2027, 3, 31)),
        (Season.WINTER, 2027, date(2027, 1, 4)),
    ],
)
def test_a_camp_begins_in_its_half_of_its_year_and_a_winter_is_called_by_either_of_its_years(
    season: Season, year: int, starts_on: date
) -> None:
    camp = announced(season=season, year=year, starts_on=starts_on, ends_on=starts_on + timedelta(days=3))

    assert (camp.year, camp.starts_on) == (year, starts_on)


@pytest.mark.parametrize(
    ("season", "year", "starts_on", "right"),
    [
        (Season.WINTER, 2031, date(2026, 12, 7), "from 2031-01-01 to 2031-03-31 or from 2031-10-01 to 2032-03-31"),
        (Season.SUMMER, 2027, date(2026, 7, 13), "from 2027-04-01 to 2027-09-30"),
        (Season.SUMMER, 2026, date(2026, 12, 7), "from 2026-04-01 to 2026-09-30"),
        (Season.WINTER, 2026, date(2026, 9, 30), "from 2026-01-01 to 2026-03-31 or from 2026-10-01 to 2027-03-31"),
        (Season.WINTER, 2028, date(2027, 2, 1), "from 2028-01-01 to 2028-03-31 or from 2028-10-01 to 2029-03-31"),
    ],
)
def test_a_camp_of_another_season_or_year_than_its_days_is_refused(
    season: Season, year: int, starts_on: date, right: str
) -> None:
    with pytest.raises(DaysOfAnotherSeason) as refused:
        announced(season=season, year=year, starts_on=starts_on, ends_on=starts_on)

    (field,) = refused.value.fields
    assert field["pointer"] == "/starts_on"
    assert field["detail"] == f"For the {season} camp of {year} a day {right} is expected; got '{starts_on}'"


def test_a_camp_lasts_two_weeks_at_most() -> None:
    assert announced(starts_on=date(2026, 12, 7), ends_on=date(2026, 12, 20)).ends_on == date(2026, 12, 20)

    with pytest.raises(CampTooLong) as refused:
        announced(starts_on=date(2026, 12, 7), ends_on=date(2030, 12, 9))

    (field,) = refused.value.fields
    assert field["pointer"] == "/ends_on"
    assert field["detail"] == "2026-12-20 (14 days with starts_on) or an earlier day is expected; got '2030-12-09'"


def test_a_camp_of_the_past_is_not_announced_by_the_day_of_its_place() -> None:
    late = datetime(2026, 12, 7, 4, 30, tzinfo=UTC)  # the sixth of December in Los Angeles, at 20:30
    days = {"starts_on": date(2026, 12, 6), "ends_on": date(2026, 12, 8)}
    there = {**days, "zone": "America/Los_Angeles", "at": late}
    assert announced(**there, opens_at="20:31").starts_on == date(2026, 12, 6)

    with pytest.raises(CampInThePast, match=r"opens after 2026-12-06 20:30 .* expected; got '2026-12-06' at 20:30"):
        announced(**there, opens_at="20:30")
    with pytest.raises(CampInThePast, match=r"2026-12-07 .* or a later day is expected; got '2026-12-06'"):
        announced(**days, zone="Europe/Stockholm", at=late)
