"""A coach who turns out to work for whom they coach: staff are told, as long as it is so."""

from datetime import date

import pytest

from chassis.domain.errors import Superseded
from services.notifications.use_cases import coach_conflict
from tests.integration.notifications.coach_changes import SESSION, to_each
from tests.integration.notifications.harness import NotificationsHarness

ENGAGEMENT = {"engagement_id": "eng_1", "partner_id": "prt_1", "coach_id": "per_coach"}


def find(coaches: NotificationsHarness, *, until: date | None = None, sequence: int = 2) -> None:
    coaches.do(coach_conflict.warn_of_a_conflict, sequence=sequence, **ENGAGEMENT, until=until)


def answer(coaches: NotificationsHarness, *, sequence: int = 3) -> None:
    """Another coach leads it, it is closed, or the interest was none."""
    coaches.do(coach_conflict.stop_warning_of_a_conflict, sequence=sequence, engagement_id="eng_1")


def test_staff_are_told_that_a_lead_coach_works_for_the_partner(coaches: NotificationsHarness) -> None:
    find(coaches)

    assert to_each(coaches) == [("per_staff", "coach_conflict")]
    (letter,) = coaches.letters()
    assert letter["subject"] == "A conflict of interest: Person per_coach coaches Partner prt_1"
    assert "Person per_coach, who leads the coaching of Partner prt_1, works for it." in letter["body"]
    assert "the transition “lead_coach_replaced” of engagement eng_1" in letter["body"]


def test_of_who_left_lately_staff_are_told_from_when_on_they_might_coach(coaches: NotificationsHarness) -> None:
    find(coaches, until=date(2027, 2, 1))

    (letter,) = coaches.letters()
    assert "worked for it until lately, and is not to coach it before 1 February 2027." in letter["body"]


def test_staff_are_told_of_who_is_to_hold_a_session_until_it_is_handed_over(coaches: NotificationsHarness) -> None:
    warn, stop = coach_conflict.warn_of_a_conflict_of_a_session, coach_conflict.stop_warning_of_a_conflict_of_a_session
    coaches.do(warn, sequence=2, **SESSION, coach_id="per_coach", until=None)

    assert to_each(coaches) == [("per_staff", "session_coach_conflict")]
    (letter,) = coaches.letters()
    assert "who is to coach Partner prt_1 on 10 June 2026 at 14:00" in letter["body"]
    coaches.do(stop, sequence=3, session_id="cos_1")
    assert to_each(coaches) == []


def test_nobody_is_told_of_what_is_over_whichever_is_heard_first(coaches: NotificationsHarness) -> None:
    find(coaches)
    answer(coaches)
    with pytest.raises(Superseded):
        find(coaches)

    assert to_each(coaches) == []
    find(coaches, sequence=4)
    assert to_each(coaches) == [("per_staff", "coach_conflict")]
