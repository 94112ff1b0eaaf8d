"""What becomes of coaching follow-ups: due once, completed, skipped or cancelled, in whatever order it is heard."""

import threading
from datetime import UTC, date, datetime

import pytest

from chassis.domain.errors import NotFound, Stale, Superseded
from chassis.domain.scope import Scope
from services.notifications.model.follow_up import FollowUpClosed
from services.notifications.use_cases import follow_up
from tests.integration.notifications.harness import CAUSE, NotificationsHarness

STAFF = Scope(subject="anna", organisation="*", roles=("programme_staff",))
STRANGER = Scope(subject="bo", organisation="prt_2", roles=("faculty",))
DUE, COMPLETED, CANCELLED = (f"notifications.follow_up.{state}" for state in ("due", "completed", "cancelled"))
MIDNIGHT_IN_NEW_YORK = datetime(2026, 6, 15, 4, tzinfo=UTC)


@pytest.fixture
def known(notifications: NotificationsHarness) -> NotificationsHarness:
    """Partner, leader and coach are known; nothing has been reached."""
    notifications.partner()
    notifications.person("per_leader")
    notifications.coach("per_coach", zone="America/New_York")
    return notifications


@pytest.fixture
def planned(known: NotificationsHarness) -> NotificationsHarness:
    """A milestone was reached, and the coach is to follow up by 15 June 2026."""
    known.coach_after()
    known.tell()
    return known


def state(notifications: NotificationsHarness) -> str:
    (only,) = notifications.follow_ups()
    return str(only["state"])


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

    (said,) = planned.said(DUE)
    (letter,) = planned.letters(category="follow_up_due")
    assert state(planned) == "due"
    assert (said["data"]["coach_id"], said["data"]["due_on"]) == ("per_coach", "2026-06-15")
    assert (said["correlation_id"], said["causation_id"]) == ("req_test", "evt_milestone_reached")
    assert (letter["recipient_id"], letter["about_kind"]) == ("per_coach", "follow_up")


@pytest.mark.parametrize("lease_seconds", [60, 0], ids=["kept", "lost at once"])
def test_however_many_replicas_there_are_and_whatever_leases_they_lose_a_follow_up_falls_due_once(
    known: NotificationsHarness, lease_seconds: float
) -> None:
    for number in range(12):
        known.coach_after(milestone_id=f"mst_{number}")
    known.it_is(MIDNIGHT_IN_NEW_YORK)
    replicas = [
        threading.Thread(
            target=known.let_due_fall, args=(f"process_{number}",), kwargs={"lease_seconds": lease_seconds}
        )
        for number in range(4)
    ]

    for replica in replicas:
        replica.start()
    for replica in replicas:
        replica.join()

    assert len(known.follow_ups(state="due")) == 12
    assert len(known.said(DUE)) == 12
    assert len(known.letters(category="follow_up_due")) == 12


# --- completed ---


def test_a_session_about_the_milestone_completes_its_follow_up(planned: NotificationsHarness) -> None:
    planned.hold(session_id="ses_1")

    (said,) = planned.said(COMPLETED)
    assert state(planned) == "completed"
    assert said["data"]["session_id"] == "ses_1"
    assert planned.categories(category="follow_up") == ["follow_up: cancelled"]


def test_a_follow_up_that_is_due_is_completed_too(planned: NotificationsHarness) -> None:
    planned.it_is(MIDNIGHT_IN_NEW_YORK)
    planned.let_due_fall()

    planned.hold(held_on=date(2026, 6, 16))

    assert state(planned) == "completed"


def test_a_session_that_is_heard_of_before_the_milestone_completes_its_follow_up_later(
    known: NotificationsHarness,
) -> None:
    known.hold(held_on=date(2026, 6, 8))
    known.coach_after(reached_on=date(2026, 6, 1))

    assert state(known) == "completed"
    assert known.letters() == []


def test_a_session_held_before_the_milestone_was_reached_answers_nothing(planned: NotificationsHarness) -> None:
    planned.hold(held_on=date(2026, 5, 31))

    assert state(planned) == "planned"


def test_a_session_about_nothing_in_particular_completes_the_oldest_follow_up(known: NotificationsHarness) -> None:
    known.coach_after(milestone_id="mst_new", reached_on=date(2026, 6, 3))
    known.coach_after(milestone_id="mst_old", reached_on=date(2026, 6, 1))

    known.hold(milestone_id=None)

    assert [each["milestone_id"] for each in known.follow_ups(state="completed")] == ["mst_old"]


def test_a_session_about_nothing_in_particular_completes_none_of_what_was_reached_after_it(
    known: NotificationsHarness,
) -> None:
    known.coach_after(milestone_id="mst_later", kind="aim_target", reached_on=date(2026, 6, 10))
    known.coach_after(milestone_id="mst_before", kind="governance", reached_on=date(2026, 6, 1))

    known.hold(milestone_id=None, held_on=date(2026, 6, 8))

    assert [each["milestone_id"] for each in known.follow_ups(state="completed")] == ["mst_before"]


def test_a_session_about_nothing_in_particular_and_without_a_follow_up_is_no_trouble(
    known: NotificationsHarness,
) -> None:
    known.hold(milestone_id=None)

    assert known.follow_ups() == []


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
    assert len(planned.said(f"notifications.follow_up.{ends}")) == 1
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


# --- cancelled ---


def test_a_milestone_reopened_before_anybody_was_told_is_as_if_nothing_had_been(planned: NotificationsHarness) -> None:
    planned.reopen()

    (said,) = planned.said(CANCELLED)
    assert state(planned) == "cancelled"
    assert said["data"]["reason"] == "milestone_reopened"
    assert planned.categories() == ["follow_up: cancelled", "milestone: cancelled"]
    assert {each["data"]["state"] for each in planned.said("notifications.delivery.settled")} == {"cancelled"}


def test_whoever_was_told_of_a_milestone_that_is_reopened_gets_an_apology(planned: NotificationsHarness) -> None:
    planned.post()

    planned.reopen()

    apologies = planned.letters(category="milestone_reopened")
    assert {each["recipient_id"] for each in apologies} == {"per_leader", "per_coach"}
    assert "sorry" in apologies[0]["body"]


def test_a_milestone_reopened_before_it_is_heard_to_be_reached_is_superseded(known: NotificationsHarness) -> None:
    known.reopen(sequence=3)

    with pytest.raises(Superseded, match="event 3 of this subject is known, and this is 2"):
        known.coach_after(sequence=2)
    with pytest.raises(Superseded, match="event 3 of this subject is known, and this is 2"):
        known.tell(sequence=2)

    assert (known.follow_ups(), known.letters()) == ([], [])


def test_an_older_reopening_that_comes_late_leaves_the_milestone_reached(planned: NotificationsHarness) -> None:
    planned.reopen(sequence=3)
    planned.coach_after(sequence=4)
    planned.tell(sequence=4)

    with pytest.raises(Superseded):
        planned.reopen(sequence=3)

    assert [each["state"] for each in planned.follow_ups()] == ["cancelled", "planned"]


def test_a_letter_written_while_its_milestone_was_reopened_is_not_sent(planned: NotificationsHarness) -> None:
    planned.store.database["milestones"].update_one({"_id": "mst_1"}, {"$set": {"reopened_sequence": 3}})

    planned.post()

    assert planned.categories(category="milestone") == ["milestone: cancelled"]


def test_reached_and_reopened_at_the_same_time_leave_no_follow_up_open(known: NotificationsHarness) -> None:
    for number in range(20):
        id = f"mst_{number}"
        both = [
            threading.Thread(target=known.hear_all, args=([lambda id=id: known.coach_after(milestone_id=id)],)),
            threading.Thread(target=known.hear_all, args=([lambda id=id: known.reopen(milestone_id=id)],)),
        ]
        for one in both:
            one.start()
        for one in both:
            one.join()

    assert known.follow_ups(state="planned") == []
    assert known.store.database["milestones"].count_documents({"reopened_sequence": 3}) == 20


def test_when_a_partner_departs_nobody_needs_to_coach_it(planned: NotificationsHarness) -> None:
    planned.depart()

    (said,) = planned.said(CANCELLED)
    assert state(planned) == "cancelled"
    assert said["data"]["reason"] == "partner_departed"
    assert planned.categories(category="follow_up") == ["follow_up: cancelled"]
    with pytest.raises(Superseded, match="departed"):
        planned.coach_after(milestone_id="mst_2")


def test_a_follow_up_that_slipped_in_while_its_partner_departed_does_not_fall_due(
    planned: NotificationsHarness,
) -> None:
    planned.store.database["partners"].update_one({"_id": "prt_1"}, {"$set": {"departed_on": "2026-06-02"}})
    planned.it_is(MIDNIGHT_IN_NEW_YORK)

    planned.let_due_fall()

    assert state(planned) == "cancelled"
    assert planned.letters(category="follow_up_due") == []


def test_what_is_said_of_a_follow_up_carries_what_led_to_it(planned: NotificationsHarness) -> None:
    planned.hold()

    (said,) = planned.said(COMPLETED)
    assert said["causation_id"] == CAUSE.causation_id
