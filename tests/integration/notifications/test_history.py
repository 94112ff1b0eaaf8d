"""Nobody is written to, nor asked to coach, because of what is entered as history, on the real database."""

from tests.integration.notifications.harness import NotificationsHarness


def test_a_milestone_reached_in_history_asks_nobody_to_coach_and_congratulates_nobody(
    one_coach: NotificationsHarness,
) -> None:
    one_coach.entering_history = True
    one_coach.coach_after()
    one_coach.tell()

    assert (one_coach.follow_ups(), one_coach.letters()) == ([], [])


def test_the_same_reached_now_asks_the_coach_and_congratulates_the_leaders(one_coach: NotificationsHarness) -> None:
    one_coach.coach_after()
    one_coach.tell()

    assert [each["state"] for each in one_coach.follow_ups()] == ["planned"]
    assert sorted(each["category"] for each in one_coach.letters()) == ["follow_up", "milestone"]


def test_what_was_reached_in_history_and_is_reopened_now_is_told_to_nobody_for_nobody_was_told(
    one_coach: NotificationsHarness,
) -> None:
    one_coach.entering_history = True
    one_coach.coach_after()
    one_coach.tell()
    one_coach.entering_history = False

    one_coach.reopen()

    assert one_coach.letters() == []


def test_a_session_of_the_past_answers_what_a_coach_is_asked_now(planned: NotificationsHarness) -> None:
    planned.entering_history = True

    planned.hold()

    assert [each["state"] for each in planned.follow_ups()] == ["completed"]
