"""Follow-ups that were closed wrongly: they are open again if anything is left to do, and the coach hears why."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import permutations

import pytest

from services.notifications.model.follow_up import NotToBeReopened
from services.notifications.use_cases import engagement_standing, follow_up, follow_up_reopening
from tests.integration.notifications.harness import Heard, NotificationsHarness

ENGAGEMENT = {"engagement_id": "eng_1", "partner_id": "prt_1"}
REOPENED = "notifications.follow_up.reopened"


@pytest.fixture
def known(notifications: NotificationsHarness) -> NotificationsHarness:
    """Partner, leader and coach are known; nothing has been reached."""
    notifications.partner()
    notifications.person("per_leader")
    notifications.coach("per_coach")
    return notifications


@pytest.fixture
def planned(known: NotificationsHarness) -> NotificationsHarness:
    """A milestone was reached, and the coach is to follow up by 15 June 2026."""
    known.coach_after()
    return known


def state(notifications: NotificationsHarness) -> str:
    (only,) = notifications.follow_ups()
    return str(only["state"])


def by_hand(notifications: NotificationsHarness, use_case: Callable[..., object], *, reason: str) -> None:
    (only,) = notifications.follow_ups()
    notifications.do(use_case, follow_up_id=only["id"], version={only["version"]}, reason=reason)


def pause(notifications: NotificationsHarness) -> None:
    notifications.do(engagement_standing.rest_coaching, sequence=4, **ENGAGEMENT)


def close(notifications: NotificationsHarness) -> None:
    ended = {"closed_on": date(2026, 9, 30), "reason": "Merged"}
    notifications.do(engagement_standing.end_coaching, sequence=4, **ENGAGEMENT, **ended)


@pytest.mark.parametrize("milestone_id", ["mst_1", None])
def test_what_only_a_session_that_was_not_held_completed_is_asked_again_once(
    planned: NotificationsHarness, milestone_id: str | None
) -> None:
    planned.hold(milestone_id=milestone_id)
    assert state(planned) == "completed"

    planned.retract(milestone_id=milestone_id)

    (only,) = planned.follow_ups()
    assert (only["state"], only["session_id"]) == ("planned", None)
    assert [said["data"]["because"] for said in planned.published(REOPENED)] == ["session_retracted"]
    assert planned.categories() == ["follow_up: cancelled", "follow_up_reopened: ready"]
    (letter,) = planned.letters(category="follow_up_reopened")
    assert letter["recipient_id"] == "per_coach"
    assert "The wrong day was recorded" in letter["body"]
    assert "by the end of 15 June 2026 (America/New_York time)" in letter["body"]


def test_what_another_session_answers_too_stays_completed(planned: NotificationsHarness) -> None:
    planned.hold(session_id="ses_1", held_on=date(2026, 6, 8))
    planned.hold(session_id="ses_2", held_on=date(2026, 6, 9))

    planned.retract(session_id="ses_1")

    (only,) = planned.follow_ups()
    assert (only["state"], only["session_id"]) == ("completed", "ses_2")
    assert planned.letters(category="follow_up_reopened") == []


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_a_retraction_holds_in_whatever_order_it_is_heard(known: NotificationsHarness, order: list[int]) -> None:
    heard: list[Heard] = [known.coach_after, known.hold, known.retract]

    known.hear_all([heard[index] for index in order])

    (only,) = known.follow_ups()
    assert (only["state"], only["session_id"]) == ("planned", None)
    (standing,) = [each["category"] for each in known.letters(state="ready")]
    assert standing in ("follow_up", "follow_up_reopened")


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_a_session_held_after_all_completes_in_whatever_order_it_is_heard(
    planned: NotificationsHarness, order: list[int]
) -> None:
    heard: list[Heard] = [planned.hold, planned.retract, lambda: planned.hold(sequence=4)]

    planned.hear_all([heard[index] for index in order])

    assert state(planned) == "completed"
    assert planned.letters(state="ready") == []


@pytest.mark.parametrize(("meanwhile", "then"), [(pause, "resting"), (close, "cancelled")])
def test_what_is_open_again_rests_or_ends_with_its_engagement(
    planned: NotificationsHarness, meanwhile: Callable[[NotificationsHarness], None], then: str
) -> None:
    planned.hold()
    meanwhile(planned)

    planned.retract()

    assert state(planned) == then
    assert planned.letters(category="follow_up_reopened") == []


def test_nothing_is_asked_again_about_a_milestone_that_is_not_reached_after_all(planned: NotificationsHarness) -> None:
    planned.hold()
    planned.reopen()

    planned.retract()

    assert state(planned) == "cancelled"


@pytest.mark.parametrize("closed", [follow_up.complete_follow_up, follow_up.skip_follow_up])
def test_what_a_person_closed_by_mistake_is_open_again_with_a_reason_and_notice_enough(
    planned: NotificationsHarness, closed: Callable[..., object]
) -> None:
    by_hand(planned, closed, reason="Meant another one")
    planned.it_is(datetime(2026, 8, 1, 12, tzinfo=UTC))

    by_hand(planned, follow_up_reopening.reopen_follow_up, reason="It was another milestone")

    (only,) = planned.follow_ups()
    assert (only["state"], only["due_on"], only["closed_by"]) == ("planned", "2026-08-04", None)
    assert [said["data"]["because"] for said in planned.published(REOPENED)] == ["corrected"]
    (letter,) = planned.letters(category="follow_up_reopened")
    assert "It was another milestone" in letter["body"]


def test_what_a_session_completed_is_opened_by_retracting_that_session(planned: NotificationsHarness) -> None:
    planned.hold()

    with pytest.raises(NotToBeReopened, match="coaching session ses_1: retract that"):
        by_hand(planned, follow_up_reopening.reopen_follow_up, reason="It was another milestone")


def test_what_would_be_cancelled_at_once_is_not_opened_by_hand(planned: NotificationsHarness) -> None:
    by_hand(planned, follow_up.skip_follow_up, reason="Meant another one")
    close(planned)

    with pytest.raises(NotToBeReopened, match="would be cancelled at once: engagement_closed"):
        by_hand(planned, follow_up_reopening.reopen_follow_up, reason="It was another milestone")

    assert state(planned) == "skipped"


def test_what_was_cancelled_is_not_opened_by_hand(planned: NotificationsHarness) -> None:
    planned.reopen()

    with pytest.raises(NotToBeReopened, match="possible from completed, skipped"):
        by_hand(planned, follow_up_reopening.reopen_follow_up, reason="It was another milestone")
