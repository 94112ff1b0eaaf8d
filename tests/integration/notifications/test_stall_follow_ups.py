"""By when a coach must have coached an initiative that stands still, and what ends that, on the real database."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import permutations
from typing import Any

import pytest

from chassis.domain.errors import Superseded
from chassis.domain.scope import PLATFORM
from chassis.persistence.documents import to_public
from services.notifications import views
from services.notifications.use_cases import engagement_standing, follow_up, follow_up_reopening, initiative
from tests.integration.notifications.harness import CAUSE, NotificationsHarness
from tests.integration.notifications.test_stalled_initiatives import ABOUT, move_on, rest, stall

DUE_DAY = datetime(2026, 6, 15, 4, 0, tzinfo=UTC)
"""Midnight in New York, where the coach is, fourteen days after 1 June."""
WORK: dict[str, Any] = {"engagement_id": "eng_1", "partner_id": "prt_1", "lead_coach_id": "per_coach"}
Deed = Callable[[NotificationsHarness], None]


def plan(known: NotificationsHarness, *, sequence: int = 5, **otherwise: Any) -> None:
    said = {**ABOUT, "stalled_on": date(2026, 6, 1), **otherwise}
    known.do(initiative.plan_coaching_of_initiative, sequence=sequence, **said)


@pytest.fixture
def asked(one_coach: NotificationsHarness) -> NotificationsHarness:
    """The coach was asked to coach an initiative that stands still, and has until 15 June."""
    stall(one_coach)
    plan(one_coach)
    one_coach.post()
    return one_coach


def standing(known: NotificationsHarness) -> list[tuple[str, str | None]]:
    return [(each["state"], each["reason"]) for each in known.follow_ups()]


def test_the_coach_has_a_day_by_which_to_coach_what_stands_still(asked: NotificationsHarness) -> None:
    (planned,) = asked.follow_ups(initiative_id="ini_1")

    (said,) = asked.published("notifications.follow_up.planned")
    assert (planned["initiative_id"], planned["milestone_id"], planned["title"]) == ("ini_1", None, "Fewer infections")
    assert (planned["coach_id"], planned["due_on"], planned["policy"]) == (
        "per_coach", "2026-06-15", "find_what_holds_it_back",
    )  # fmt: skip
    assert (said["data"]["initiative_id"], said["data"]["milestone_id"]) == ("ini_1", None)
    assert [each["category"] for each in asked.letters()] == ["initiative_stalled"]


def test_heard_again_it_is_planned_once_and_for_each_initiative(asked: NotificationsHarness) -> None:
    plan(asked)
    plan(asked, initiative_id="ini_2")

    assert [each["initiative_id"] for each in asked.follow_ups()] == ["ini_1", "ini_2"]


def test_as_its_day_begins_the_coach_is_reminded_of_the_initiative(asked: NotificationsHarness) -> None:
    asked.it_is(DUE_DAY)
    asked.let_due_fall()

    (letter,) = asked.letters(category="follow_up_due")
    assert letter["recipient_id"] == "per_coach"
    assert (
        "The initiative “Fewer infections” of Partner prt_1 had stood still for too long on 1 June 2026"
        in (letter["body"])
    )
    assert standing(asked) == [("due", None)]


def test_a_session_of_its_engagement_answers_it(asked: NotificationsHarness) -> None:
    asked.hold(milestone_id=None)

    (done,) = asked.follow_ups()
    assert (done["state"], done["session_id"]) == ("completed", "ses_1")


def test_a_session_that_was_not_held_after_all_asks_again(asked: NotificationsHarness) -> None:
    asked.hold(milestone_id=None)

    asked.retract(milestone_id=None)

    (letter,) = asked.letters(category="follow_up_reopened")
    assert "an initiative that had stood still for too long on 1 June 2026" in letter["body"]
    assert [state for state, _ in standing(asked)] == ["planned"]


@pytest.mark.parametrize("moved", [{}, {"score": None}, {"score": None, "with_engagement": True}],
                         ids=["another score", "closed", "closed with its engagement"])  # fmt: skip
def test_when_it_moves_on_or_ends_nothing_is_left_to_follow_up_on(
    asked: NotificationsHarness, moved: dict[str, Any]
) -> None:
    move_on(asked, **moved)

    assert standing(asked) == [("cancelled", "initiative_moved_on")]


def test_a_reminder_that_is_not_sent_yet_never_is_once_it_moves_and_who_had_it_is_told(
    asked: NotificationsHarness,
) -> None:
    asked.it_is(DUE_DAY)
    asked.let_due_fall()

    move_on(asked)

    (reminder,) = asked.letters(category="follow_up_due")
    assert reminder["state"] == "cancelled"
    assert [each["recipient_id"] for each in asked.letters(category="initiative_moved_on")] == ["per_coach"]


def test_another_stall_has_a_follow_up_of_its_own(asked: NotificationsHarness) -> None:
    move_on(asked)

    plan(asked, sequence=9)

    assert [state for state, _ in standing(asked)] == ["cancelled", "planned"]


def test_a_stall_that_is_heard_after_its_end_plans_nothing(one_coach: NotificationsHarness) -> None:
    move_on(one_coach)

    with pytest.raises(Superseded):
        plan(one_coach)

    assert one_coach.follow_ups() == []


def test_nothing_is_planned_where_nobody_leads(one_coach: NotificationsHarness) -> None:
    with pytest.raises(Superseded, match="nobody leads"):
        plan(one_coach, coach_id=None)


def test_while_its_engagement_rests_it_rests_and_is_asked_again_by_another_day(asked: NotificationsHarness) -> None:
    rest(asked)
    resting = standing(asked)
    asked.it_is(DUE_DAY)
    asked.do(engagement_standing.take_up_coaching, sequence=4, **WORK)

    (letter,) = asked.letters(category="coaching_resumed")
    assert (resting, [state for state, _ in standing(asked)]) == ([("resting", None)], ["planned"])
    assert "“Fewer infections”, by 18 June 2026" in letter["body"]


def end(known: NotificationsHarness) -> None:
    known.do(engagement_standing.end_coaching, sequence=3, **WORK, closed_on=date(2026, 6, 2), reason="Merged")


def reopen(known: NotificationsHarness) -> None:
    known.do(engagement_standing.take_up_coaching, sequence=4, **WORK)


def close_with_engagement(known: NotificationsHarness) -> None:
    move_on(known, score=None, with_engagement=True)


@pytest.mark.parametrize("order", list(permutations([end, reopen, close_with_engagement])),
                         ids=lambda order: " ".join(deed.__name__ for deed in order))  # fmt: skip
def test_one_that_ended_with_its_engagement_is_not_asked_again_by_that_for_it_stalls_anew(
    asked: NotificationsHarness, order: tuple[Deed, ...]
) -> None:
    for deed in order:
        try:
            deed(asked)
        except Superseded:
            continue

    assert [state for state, _ in standing(asked)] == ["cancelled"]


def test_a_person_says_that_it_was_done_and_takes_that_back(asked: NotificationsHarness) -> None:
    (planned,) = asked.follow_ups()
    asked.do(follow_up.complete_follow_up, follow_up_id=planned["id"], version=None, reason="We spoke")

    asked.do(follow_up_reopening.reopen_follow_up, follow_up_id=planned["id"], version=None, reason="With others")

    assert [state for state, _ in standing(asked)] == ["planned"]


def test_why_it_is_asked_is_explained(asked: NotificationsHarness) -> None:
    (planned,) = asked.follow_ups()
    reading = asked.store.reading(cause=CAUSE)

    explained = to_public(views.explain_follow_up(reading, PLATFORM, follow_up_id=planned["id"]))["explanation"]

    assert explained[0]["text"] == (
        "The initiative “Fewer infections” of Partner prt_1 had stood still for too long on 1 June 2026."
    )
    assert explained[0]["ids"] == ["ini_1", "eng_1", "prt_1"]


def test_a_stall_of_history_plans_nothing(one_coach: NotificationsHarness) -> None:
    one_coach.entering_history = True

    plan(one_coach)

    assert one_coach.follow_ups() == []
