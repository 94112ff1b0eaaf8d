"""Coaching sessions that are moved or cancelled, and engagements that were closed by mistake: both sides are told."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from services.notifications.use_cases import coaching_session, engagement_standing
from tests.integration.notifications.harness import NotificationsHarness

SESSION = {
    "session_id": "cos_1", "partner_id": "prt_1", "coach_id": "per_coach", "zone": "Europe/Stockholm",
}  # fmt: skip
TENTH, SEVENTEENTH = datetime(2026, 6, 10, 12, tzinfo=UTC), datetime(2026, 6, 17, 8, 30, tzinfo=UTC)
ENGAGEMENT = {"engagement_id": "eng_1", "partner_id": "prt_1"}


@pytest.fixture
def known(notifications: NotificationsHarness) -> NotificationsHarness:
    """A partner with a leader, and its coach."""
    notifications.partner()
    notifications.person("per_leader")
    notifications.coach("per_coach")
    return notifications


def move(known: NotificationsHarness, *, to: datetime = SEVENTEENTH, sequence: int = 2) -> None:
    known.do(coaching_session.announce_the_move, sequence=sequence, **SESSION, from_held_at=TENTH, held_at=to,
             reason="A strike")  # fmt: skip


def cancel(known: NotificationsHarness, *, with_engagement: bool = False) -> None:
    known.do(coaching_session.announce_the_cancellation, sequence=3, **SESSION, held_at=SEVENTEENTH,
             reason="The coach is ill", with_engagement=with_engagement)  # fmt: skip


def standing(known: NotificationsHarness) -> list[tuple[str, str]]:
    letters = [each for each in known.letters() if each["state"] != "cancelled"]
    return sorted((each["recipient_id"], each["category"]) for each in letters)


def test_coach_and_leader_are_told_of_a_move_with_both_times_and_the_reason(known: NotificationsHarness) -> None:
    move(known)

    assert standing(known) == [("per_coach", "session_moved"), ("per_leader", "session_moved")]
    letter = next(each for each in known.letters() if each["recipient_id"] == "per_leader")
    assert letter["subject"].endswith("is now on 17 June 2026, 10:30")
    assert (
        "It begins on 17 June 2026 at 10:30 (Europe/Stockholm time), "
        "and not on 10 June 2026 at 14:00 (Europe/Stockholm time)" in letter["body"]
    )
    assert "A strike" in letter["body"]


@pytest.mark.parametrize("what_happens", [move, cancel])
def test_who_is_elsewhere_reads_the_time_where_they_are_too(
    known: NotificationsHarness, what_happens: Callable[[NotificationsHarness], None]
) -> None:
    what_happens(known)

    letter = next(each for each in known.letters() if each["recipient_id"] == "per_coach")
    assert (
        "17 June 2026 at 10:30 (Europe/Stockholm time; where you are 04:30 on 17 June 2026, America/New_York time)"
        in letter["body"]
    )


def test_coach_and_leader_are_told_of_a_cancellation_and_not_of_an_earlier_move_any_more(
    known: NotificationsHarness,
) -> None:
    move(known)

    cancel(known)

    assert standing(known) == [("per_coach", "session_cancelled"), ("per_leader", "session_cancelled")]
    assert "The coach is ill" in known.letters(category="session_cancelled")[0]["body"]


def test_what_is_cancelled_with_its_engagement_is_told_by_the_letter_about_that(known: NotificationsHarness) -> None:
    cancel(known, with_engagement=True)

    assert standing(known) == []


def test_a_move_that_is_heard_again_is_told_once(known: NotificationsHarness) -> None:
    known.hear_all([lambda: move(known), lambda: move(known)])

    assert len(known.letters()) == 2


@pytest.mark.parametrize("with_engagement", [False, True])
def test_a_move_that_is_heard_after_the_cancellation_is_told_to_nobody(
    known: NotificationsHarness, with_engagement: bool
) -> None:
    cancel(known, with_engagement=with_engagement)

    known.hear_all([lambda: move(known)])

    assert {category for _, category in standing(known)} == (set() if with_engagement else {"session_cancelled"})


def test_what_was_ended_by_mistake_is_asked_again_and_both_are_told(known: NotificationsHarness) -> None:
    known.coach_after()
    known.do(engagement_standing.keep_the_lead_coach, sequence=3, engagement_id="eng_1", lead_coach_id="per_coach")
    known.do(engagement_standing.end_coaching, sequence=4, **ENGAGEMENT, closed_on=date(2026, 6, 1), reason="Reached")
    assert {each["state"] for each in known.follow_ups()} == {"cancelled"}

    known.do(engagement_standing.take_up_coaching, sequence=5, **ENGAGEMENT)

    (follow_up,) = known.follow_ups()
    assert (follow_up["state"], follow_up["reason"]) == ("planned", None)
    assert standing(known) == [("per_coach", "coaching_resumed"), ("per_leader", "work_resumed")]


def test_what_is_heard_while_an_engagement_was_closed_by_mistake_is_known_when_it_is_open_again(
    known: NotificationsHarness,
) -> None:
    for milestone_id in ("mst_held", "mst_not_reached"):
        known.coach_after(milestone_id=milestone_id)
    known.do(engagement_standing.end_coaching, sequence=4, **ENGAGEMENT, closed_on=date(2026, 6, 1), reason="Reached")
    known.coach_after(milestone_id="mst_heard_late")
    known.hold(milestone_id="mst_held")
    known.reopen(milestone_id="mst_not_reached")

    known.do(engagement_standing.take_up_coaching, sequence=5, **ENGAGEMENT)

    assert {each["milestone_id"]: each["state"] for each in known.follow_ups()} == {
        "mst_held": "completed", "mst_not_reached": "cancelled", "mst_heard_late": "planned",
    }  # fmt: skip


def test_of_two_ends_heard_before_the_reopening_between_them_only_the_last_is_told(known: NotificationsHarness) -> None:
    for sequence in (4, 6):
        known.do(engagement_standing.end_coaching, sequence=sequence, **ENGAGEMENT, closed_on=date(2026, 6, 1),
                 reason="Reached")  # fmt: skip

    assert standing(known) == [("per_leader", "work_ended")]
