"""Coaching sessions that are scheduled: both sides are told when one is, unless later news of it overtakes that."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import permutations

import pytest

from services.notifications.use_cases import coaching_session
from tests.integration.notifications.coach_changes import SESSION, hand_over, to_each
from tests.integration.notifications.harness import NotificationsHarness

SEVENTEENTH = datetime(2026, 6, 17, 8, 30, tzinfo=UTC)
News = Callable[[NotificationsHarness], None]


def schedule(coaches: NotificationsHarness, *, held_at: datetime = SESSION["held_at"]) -> None:
    session = {**SESSION, "coach_id": "per_coach", "held_at": held_at}
    coaches.do(coaching_session.announce_the_session, sequence=1, **session)


def move(coaches: NotificationsHarness, *, coach_id: str = "per_coach", sequence: int = 2) -> None:
    session = {**SESSION, "coach_id": coach_id, "held_at": SEVENTEENTH}
    coaches.do(coaching_session.announce_the_move, sequence=sequence, **session, from_held_at=SESSION["held_at"],
               reason="A strike")  # fmt: skip


def cancel(coaches: NotificationsHarness, *, with_engagement: bool = False) -> None:
    coaches.do(coaching_session.announce_the_cancellation, sequence=2, **SESSION, coach_id="per_coach",
               reason="The coach is ill", with_engagement=with_engagement)  # fmt: skip


def end_with_the_engagement(coaches: NotificationsHarness) -> None:
    cancel(coaches, with_engagement=True)


def hold(coaches: NotificationsHarness) -> None:
    coaches.hold(session_id="cos_1", milestone_id=None)


def hand_over_with_the_engagement(coaches: NotificationsHarness) -> None:
    hand_over(coaches, with_engagement=True)


def test_coach_and_leader_are_told_when_a_session_is_where_it_was_agreed_and_where_they_are(
    coaches: NotificationsHarness,
) -> None:
    schedule(coaches)

    assert to_each(coaches) == [("per_coach", "session_scheduled"), ("per_leader", "session_scheduled")]
    to_coach, to_leader = sorted(coaches.letters(), key=lambda each: str(each["recipient_id"]))
    assert to_coach["subject"] == "Coaching with Partner prt_1 on 10 June 2026, 14:00"
    assert "on 10 June 2026 at 14:00 (Europe/Stockholm time; where you are 08:00 on 10 June 2026" in to_coach["body"]
    assert (
        "session with Person per_coach. It begins on 10 June 2026 at 14:00 (Europe/Stockholm time)."
        in to_leader["body"]
    )


def test_a_session_that_is_put_on_record_afterwards_is_announced_to_nobody(coaches: NotificationsHarness) -> None:
    schedule(coaches, held_at=datetime(2026, 5, 29, 9, tzinfo=UTC))

    assert to_each(coaches) == []


OVERTAKING: dict[News, list[tuple[str, str]]] = {
    move: [("per_coach", "session_moved"), ("per_leader", "session_moved")],
    cancel: [("per_coach", "session_cancelled"), ("per_leader", "session_cancelled")],
    end_with_the_engagement: [],
    hold: [],
    hand_over: [
        ("per_coach", "session_passed_on"), ("per_leader", "session_handed_over"), ("per_third", "session_taken_over"),
    ],
    hand_over_with_the_engagement: [("per_leader", "session_scheduled"), ("per_third", "session_taken_over")],
}  # fmt: skip
"""What is told of a session that was scheduled and of which this is heard before any letter is sent."""


@pytest.mark.parametrize("order", [*permutations(range(2))], ids=str)
@pytest.mark.parametrize("news", OVERTAKING, ids=lambda each: each.__name__)
def test_what_is_not_sent_yet_of_a_session_is_overtaken_by_later_news_in_either_order(
    coaches: NotificationsHarness, news: News, order: tuple[int, ...]
) -> None:
    heard = [lambda: schedule(coaches), lambda: news(coaches)]

    coaches.hear_all([heard[each] for each in order])

    assert to_each(coaches) == OVERTAKING[news]


@pytest.mark.parametrize("order", [*permutations(range(2))], ids=str)
def test_of_a_session_that_was_handed_over_and_moved_everybody_reads_the_last_time_alone(
    coaches: NotificationsHarness, order: tuple[int, ...]
) -> None:
    heard = [lambda: hand_over(coaches), lambda: move(coaches, coach_id="per_third", sequence=3)]

    coaches.hear_all([heard[each] for each in order])
    coaches.hear_all([lambda: hand_over(coaches)])

    assert {each for each in to_each(coaches) if each[0] != "per_coach"} == {
        ("per_leader", "session_moved"), ("per_third", "session_moved"),
    }  # fmt: skip
