"""A session whose coach has left: staff are asked to hand it over, as long as it needs somebody."""

from collections.abc import Callable
from datetime import date

import pytest

from chassis.domain.errors import Superseded
from services.notifications.use_cases import session_coach
from tests.integration.notifications.coach_changes import SESSION, to_each
from tests.integration.notifications.harness import NotificationsHarness


def leave(coaches: NotificationsHarness, *, sequence: int = 2) -> None:
    coaches.do(session_coach.ask_for_another_session_coach, sequence=sequence, **SESSION, coach_id="per_coach",
               left_on=date(2026, 5, 29))  # fmt: skip


def answer(coaches: NotificationsHarness, *, sequence: int = 3) -> None:
    """It is handed over, held or cancelled, or its coach is back."""
    coaches.do(session_coach.stop_asking_for_a_session_coach, sequence=sequence, session_id="cos_1")


def test_staff_are_asked_to_hand_a_session_over_whose_coach_has_left(coaches: NotificationsHarness) -> None:
    leave(coaches)

    assert to_each(coaches) == [("per_staff", "session_coach_wanted")]
    (letter,) = coaches.letters()
    assert letter["subject"] == "A coach is needed: Partner prt_1, 10 June 2026, 14:00"
    assert "Person per_coach, who was to coach Partner prt_1 on 10 June 2026 at 14:00" in letter["body"]
    assert "the transition “handed_over” of coaching session cos_1" in letter["body"]


def test_the_contact_is_asked_where_no_staff_is_on_record(one_coach: NotificationsHarness) -> None:
    leave(one_coach)

    assert to_each(one_coach) == [("contact", "session_coach_wanted")]


def test_staff_are_not_asked_any_more_when_the_session_needs_nobody(coaches: NotificationsHarness) -> None:
    leave(coaches)

    answer(coaches)

    assert to_each(coaches) == []


def test_staff_are_not_asked_when_the_answer_is_heard_first(coaches: NotificationsHarness) -> None:
    answer(coaches)

    with pytest.raises(Superseded):
        leave(coaches)

    assert to_each(coaches) == []


@pytest.mark.parametrize("first", [leave, answer])
def test_whoever_leaves_again_is_asked_for_again(
    coaches: NotificationsHarness, first: Callable[[NotificationsHarness], None]
) -> None:
    first(coaches)

    leave(coaches, sequence=4)

    assert ("per_staff", "session_coach_wanted") in to_each(coaches)
