from datetime import UTC, date, datetime
from typing import Any

import pytest

from services.camps.events import CampAnnounced, CampInvitationsOpened
from services.camps.model.camp import (
    AnswerByOutOfRange,
    Camp,
    EndsBeforeItStarts,
    InvitationsAlreadyOpen,
    MoreSeatsThanThereAre,
    Season,
)
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
    return Camp.announce(id="cmp_1", **(described | given))


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
        ("America/New_York", datetime(2026, 7, 13, 3, 59, tzinfo=UTC), False),
        ("America/New_York", datetime(2026, 7, 13, 4, 0, tzinfo=UTC), True),
        ("Asia/Qatar", datetime(2026, 7, 12, 20, 59, tzinfo=UTC), False),
        ("Asia/Qatar", datetime(2026, 7, 12, 21, 0, tzinfo=UTC), True),
    ],
)
def test_a_camp_begins_when_its_first_day_begins_where_it_takes_place(
    zone: str, instant: datetime, begun: bool
) -> None:
    camp = a_camp(zone=zone, starts_on=date(2026, 7, 13))

    assert camp.has_begun(instant) is begun
