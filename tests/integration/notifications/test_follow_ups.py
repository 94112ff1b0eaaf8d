"""What becomes of coaching follow-ups: due once, completed or skipped, in whatever order it is heard."""

import threading
from datetime import UTC, date, datetime

import pytest

from chassis.domain.errors import NotFound, Stale
from chassis.domain.scope import Scope
from services.notifications.model.follow_up import FollowUpClosed
from services.notifications.use_cases import follow_up
from tests.integration.notifications.follow_ups import COMPLETED, DUE, MIDNIGHT_IN_NEW_YORK, state
from tests.integration.notifications.harness import NotificationsHarness

STAFF = Scope(subject="anna", organisation="*", roles=("programme_staff",))
STRANGER = Scope(subject="bo", organisation="prt_2", roles=("faculty",))


# --- lists ---


def test_follow_ups_are_found_by_their_coach_and_their_day(planned: NotificationsHarness) -> None:
    day = date(2026, 6, 15)

    found = [planned.follow_ups(**asked) for asked in ({"coach_id": "per_coach"}, {"due_from": day, "due_until": day})]
    others = [
        planned.follow_ups(**asked)
        for asked in ({"coach_id": "per_leader"}, {"due_until": date(2026, 6, 14)}, {"due_from": date(2026, 6, 16)})
    ]

    assert [each["due_on"] for (each,) in found] == ["2026-06-15"] * 2
    assert others == [[], [], []]


# --- due ---


def test_a_coach_who_moves_is_reminded_when_the_day_begins_where_they_are_now(planned: NotificationsHarness) -> None:
    planned.move("per_coach", partner_id=None, role="coach", zone="Asia/Tokyo")

    planned.it_is(datetime(2026, 6, 14, 14, 59, tzinfo=UTC))
    planned.let_due_fall()
    assert state(planned) == "planned"
    planned.it_is(datetime(2026, 6, 14, 15, tzinfo=UTC))
    planned.let_due_fall()

    assert state(planned) == "due"


def test_a_follow_up_is_due_when_its_day_begins_in_the_coachs_zone(planned: NotificationsHarness) -> None:
    planned.it_is(MIDNIGHT_IN_NEW_YORK.replace(hour=3, minute=59))
    planned.let_due_fall()
    assert state(planned) == "planned"

    planned.it_is(MIDNIGHT_IN_NEW_YORK)
    planned.let_due_fall()

    (said,) = planned.published(DUE)
    (letter,) = planned.letters(category="follow_up_due")
    assert state(planned) == "due"
    assert (said["data"]["coach_id"], said["data"]["due_on"]) == ("per_coach", "2026-06-15")
    reached = planned.heard_by("plan_coaching_follow_up")
    assert (said["correlation_id"], said["causation_id"]) == ("req_test", reached)
    assert (letter["recipient_id"], letter["about_kind"]) == ("per_coach", "follow_up")


@pytest.mark.parametrize("lease_seconds", [60, 0], ids=["kept", "lost at once"])
def test_however_many_replicas_there_are_and_whatever_leases_they_lose_a_follow_up_falls_due_once(
    one_coach: NotificationsHarness, lease_seconds: float
) -> None:
    for number in range(12):
        one_coach.coach_after(milestone_id=f"mst_{number}")
    one_coach.it_is(MIDNIGHT_IN_NEW_YORK)
    replicas = [
        threading.Thread(
            target=one_coach.let_due_fall, args=(f"process_{number}",), kwargs={"lease_seconds": lease_seconds}
        )
        for number in range(4)
    ]

    for replica in replicas:
        replica.start()
    for replica in replicas:
        replica.join()

    assert len(one_coach.follow_ups(state="due")) == 12
    assert len(one_coach.published(DUE)) == 12
    assert len(one_coach.letters(category="follow_up_due")) == 12


# --- completed ---


def test_a_session_about_the_milestone_completes_its_follow_up(planned: NotificationsHarness) -> None:
    planned.hold(session_id="ses_1")

    (said,) = planned.published(COMPLETED)
    assert state(planned) == "completed"
    assert said["data"]["session_id"] == "ses_1"
    assert planned.categories(category="follow_up") == ["follow_up: cancelled"]


def test_a_follow_up_that_is_due_is_completed_too(planned: NotificationsHarness) -> None:
    planned.it_is(MIDNIGHT_IN_NEW_YORK)
    planned.let_due_fall()

    planned.hold(held_on=date(2026, 6, 16))

    assert state(planned) == "completed"


def test_a_session_that_is_heard_of_before_the_milestone_completes_its_follow_up_later(
    one_coach: NotificationsHarness,
) -> None:
    one_coach.hold(held_on=date(2026, 6, 8))
    one_coach.coach_after(reached_on=date(2026, 6, 1))

    assert state(one_coach) == "completed"
    assert one_coach.letters() == []


def test_a_session_held_before_the_milestone_was_reached_answers_nothing(planned: NotificationsHarness) -> None:
    planned.hold(held_on=date(2026, 5, 31))

    assert state(planned) == "planned"


def test_a_session_about_nothing_in_particular_completes_the_oldest_follow_up(one_coach: NotificationsHarness) -> None:
    one_coach.coach_after(milestone_id="mst_new", reached_on=date(2026, 6, 3))
    one_coach.coach_after(milestone_id="mst_old", reached_on=date(2026, 6, 1))

    one_coach.hold(milestone_id=None)

    assert [each["milestone_id"] for each in one_coach.follow_ups(state="completed")] == ["mst_old"]


def test_a_session_about_nothing_in_particular_completes_none_of_what_was_reached_after_it(
    one_coach: NotificationsHarness,
) -> None:
    one_coach.coach_after(milestone_id="mst_later", kind="aim_target", reached_on=date(2026, 6, 10))
    one_coach.coach_after(milestone_id="mst_before", kind="governance", reached_on=date(2026, 6, 1))

    one_coach.hold(milestone_id=None, held_on=date(2026, 6, 8))

    assert [each["milestone_id"] for each in one_coach.follow_ups(state="completed")] == ["mst_before"]


def test_a_session_about_nothing_in_particular_and_without_a_follow_up_is_no_trouble(
    one_coach: NotificationsHarness,
) -> None:
    one_coach.hold(milestone_id=None)

    assert one_coach.follow_ups() == []


# --- closed by a person ---


def close(notifications: NotificationsHarness, how: str, *, version: int = 1, scope: Scope = STAFF) -> None:
    (only,) = notifications.follow_ups()
    notifications.do(
        getattr(follow_up, how), scope=scope, follow_up_id=only["id"], version={version}, reason="met at the camp"
    )


@pytest.mark.parametrize(
    ("how", "ends"), [("complete_follow_up", "completed"), ("skip_follow_up", "skipped")], ids=["completed", "skipped"]
)
def test_a_person_closes_a_follow_up_and_says_why(planned: NotificationsHarness, how: str, ends: str) -> None:
    close(planned, how)

    (closed,) = planned.follow_ups()
    assert (closed["state"], closed["reason"], closed["closed_by"]) == (ends, "met at the camp", "anna")
    assert len(planned.published(f"notifications.follow_up.{ends}")) == 1
    assert planned.categories(category="follow_up") == ["follow_up: cancelled"]


def test_what_somebody_has_not_seen_they_do_not_close(planned: NotificationsHarness) -> None:
    with pytest.raises(Stale):
        close(planned, "skip_follow_up", version=7)


def test_what_is_closed_stays_closed(planned: NotificationsHarness) -> None:
    close(planned, "skip_follow_up")

    planned.hold()
    with pytest.raises(FollowUpClosed, match="is skipped"):
        close(planned, "complete_follow_up", version=2)

    assert state(planned) == "skipped"


def test_nobody_closes_a_follow_up_they_may_not_see(planned: NotificationsHarness) -> None:
    with pytest.raises(NotFound):
        close(planned, "skip_follow_up", scope=STRANGER)


def test_what_is_said_of_a_follow_up_carries_what_led_to_it(planned: NotificationsHarness) -> None:
    planned.hold()

    (said,) = planned.published(COMPLETED)
    assert said["causation_id"] == planned.heard_by("complete_answered_follow_up")
