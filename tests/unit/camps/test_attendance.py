"""Attendance: when it is recorded, of whom, and how it is corrected."""

from datetime import UTC, date, datetime

import pytest

from chassis.domain.transitions import NotFromThisState
from services.camps.model.delegations.attendance import (
    Attendance,
    DayOrSessionExpected,
    NotADayOfTheCamp,
    NotADelegate,
    NothingToAttend,
    Occasion,
    Presence,
)
from services.camps.model.delegations.delegate_lifecycle import ENDED, DelegateState
from tests.builders.camps import a_camp, a_delegate

FIRST_DAY = Occasion(on=date(2026, 7, 13))
OPENING = datetime(2026, 7, 13, 13, 0, tzinfo=UTC)
"""Nine in the morning in Boston."""
CAMP = a_camp()


def recorded(presence: Presence = Presence.PRESENT) -> Attendance:
    return Attendance.of(a_delegate(), FIRST_DAY, id="att_1", presence=presence, recorded_by="anna")


def test_who_was_there_is_recorded_once_the_camp_has_begun() -> None:
    with pytest.raises(NothingToAttend):
        FIRST_DAY.refuse_unless_it_has_come(CAMP, at=datetime(2026, 7, 13, 12, 59, tzinfo=UTC))
    FIRST_DAY.refuse_unless_it_has_come(CAMP, at=OPENING)


@pytest.mark.parametrize("day", [date(2026, 7, 12), date(2026, 7, 14), date(2026, 7, 16)])
def test_a_day_is_one_of_the_camp_and_has_come_where_it_takes_place(day: date) -> None:
    # 03:00 UTC on the 14th is still the evening of the 13th in Boston.
    with pytest.raises(NotADayOfTheCamp):
        Occasion(on=day).refuse_unless_it_has_come(CAMP, at=datetime(2026, 7, 14, 3, 0, tzinfo=UTC))


def test_long_after_the_camp_each_of_its_days_can_be_recorded() -> None:
    Occasion(on=date(2026, 7, 15)).refuse_unless_it_has_come(CAMP, at=datetime(2026, 9, 1, tzinfo=UTC))
    with pytest.raises(NotADayOfTheCamp):
        Occasion(on=date(2026, 7, 16)).refuse_unless_it_has_come(CAMP, at=datetime(2026, 9, 1, tzinfo=UTC))


@pytest.mark.parametrize("occasion", [Occasion(), Occasion(on=date(2026, 7, 13), session_id="ses_1")])
def test_it_is_recorded_for_a_day_or_for_a_session(occasion: Occasion) -> None:
    with pytest.raises(DayOrSessionExpected):
        occasion.refuse_unless_it_has_come(CAMP, at=OPENING)


@pytest.mark.parametrize("state", ENDED)
def test_who_does_not_come_was_not_there(state: DelegateState) -> None:
    with pytest.raises(NotADelegate):
        Attendance.of(a_delegate(state=state), FIRST_DAY, id="att_1", presence=Presence.PRESENT, recorded_by="anna")


def test_a_correction_is_another_row_that_names_the_one_it_corrects() -> None:
    wrong = recorded()

    right = wrong.correct(id="att_2", presence=Presence.ABSENT, recorded_by="bo")

    assert (wrong.state, wrong.presence, wrong.corrected_by, wrong.recorded_by) == (
        "corrected", "present", "att_2", "anna",
    )  # fmt: skip
    assert (right.state, right.presence, right.corrects, right.on) == ("recorded", "absent", "att_1", date(2026, 7, 13))
    (told,) = right.recorded
    assert (vars(told)["presence"], vars(told)["corrects"]) == ("absent", "att_1")


def test_what_was_corrected_is_not_corrected_a_second_time() -> None:
    wrong = recorded()
    wrong.correct(id="att_2", presence=Presence.ABSENT, recorded_by="bo")

    with pytest.raises(NotFromThisState, match="att_2"):
        wrong.correct(id="att_3", presence=Presence.EXCUSED, recorded_by="bo")
