"""A session goes from one coach to another, and each is told what they need to know, once."""

import pytest

from chassis.domain.errors import Superseded
from services.notifications.use_cases import session_coach
from tests.integration.notifications.coach_changes import SESSION, hand_over, to_each
from tests.integration.notifications.harness import NotificationsHarness


def test_a_session_is_told_at_its_time_where_it_is_and_where_its_reader_is(
    coaches: NotificationsHarness,
) -> None:
    hand_over(coaches)

    (letter,) = coaches.letters(category="session_taken_over")
    assert "on 10 June 2026 at 14:00 (Europe/Stockholm time; where you are 08:00 on 10 June 2026" in letter["body"]


def test_both_coaches_and_the_leaders_are_told_of_a_session_that_was_handed_over(coaches: NotificationsHarness) -> None:
    hand_over(coaches)

    assert to_each(coaches) == [
        ("per_coach", "session_passed_on"), ("per_leader", "session_handed_over"), ("per_third", "session_taken_over"),
    ]  # fmt: skip
    for letter in coaches.letters():
        assert "10 June 2026 at 14:00 (Europe/Stockholm time" in letter["body"]
        assert (letter["about_kind"], letter["about_id"]) == ("coaching_session", "cos_1")


def test_the_leaders_read_who_holds_their_session_and_how_to_reach_them(coaches: NotificationsHarness) -> None:
    hand_over(coaches)

    (letter,) = coaches.letters(category="session_handed_over")
    assert letter["subject"] == "Person per_third holds your coaching session on 10 June 2026, 14:00"
    assert "Should you want to write first: per_third@" in letter["body"]


def test_of_a_session_that_went_with_the_engagement_only_its_new_coach_is_told_apart(
    coaches: NotificationsHarness,
) -> None:
    hand_over(coaches, with_engagement=True)

    assert to_each(coaches) == [("per_third", "session_taken_over")]


def test_a_session_that_was_handed_over_twice_is_told_to_its_last_coach_in_either_order(
    coaches: NotificationsHarness,
) -> None:
    hand_over(coaches, "per_successor", former="per_third", sequence=3)

    with pytest.raises(Superseded):
        hand_over(coaches, "per_third", sequence=2)

    assert to_each(coaches) == [
        ("per_leader", "session_handed_over"), ("per_successor", "session_taken_over"),
        ("per_third", "session_passed_on"),
    ]  # fmt: skip


def test_whose_session_it_was_is_told_also_when_it_is_kept_only_afterwards_whose_it_is_now(
    coaches: NotificationsHarness,
) -> None:
    hand_over(coaches, "per_third", sequence=2)

    coaches.do(session_coach.tell_the_former_session_coach, **SESSION, sequence=3, coach_id="per_successor",
             former_coach_id="per_third", with_engagement=False)  # fmt: skip

    assert ("per_third", "session_passed_on") in to_each(coaches)


def test_who_holds_a_session_again_is_not_told_that_somebody_else_does(coaches: NotificationsHarness) -> None:
    hand_over(coaches, "per_coach", former="per_third", sequence=3)

    coaches.do(session_coach.tell_the_former_session_coach, **SESSION, sequence=2, coach_id="per_third",
             former_coach_id="per_coach", with_engagement=False)  # fmt: skip

    assert ("per_coach", "session_passed_on") not in to_each(coaches)
