"""Follow-ups that nobody needs any more: the milestone was reopened, or the partner departed."""

import threading

import pytest

from chassis.domain.errors import Superseded
from tests.integration.notifications.follow_ups import CANCELLED, MIDNIGHT_IN_NEW_YORK, state
from tests.integration.notifications.harness import NotificationsHarness


def test_a_milestone_reopened_before_anybody_was_told_is_as_if_nothing_had_been(planned: NotificationsHarness) -> None:
    planned.reopen()

    (said,) = planned.published(CANCELLED)
    assert state(planned) == "cancelled"
    assert said["data"]["reason"] == "milestone_reopened"
    assert planned.categories() == ["follow_up: cancelled", "milestone: cancelled"]
    assert {each["data"]["state"] for each in planned.published("notifications.delivery.settled")} == {"cancelled"}


def test_whoever_was_told_of_a_milestone_that_is_reopened_gets_an_apology(planned: NotificationsHarness) -> None:
    planned.post()

    planned.reopen()

    apologies = planned.letters(category="milestone_reopened")
    assert {each["recipient_id"] for each in apologies} == {"per_leader", "per_coach"}
    assert "sorry" in apologies[0]["body"]


def test_a_milestone_reopened_before_it_is_heard_to_be_reached_is_superseded(one_coach: NotificationsHarness) -> None:
    one_coach.reopen(sequence=3)

    with pytest.raises(Superseded, match="nothing to follow up on since: milestone_reopened"):
        one_coach.coach_after(sequence=2)
    with pytest.raises(Superseded, match="event 3 of this subject is known, and this is 2"):
        one_coach.tell(sequence=2)

    assert (one_coach.follow_ups(), one_coach.letters()) == ([], [])


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


def test_reached_and_reopened_at_the_same_time_leave_no_follow_up_open(one_coach: NotificationsHarness) -> None:
    for number in range(20):
        id = f"mst_{number}"
        both = [
            threading.Thread(target=one_coach.hear_all, args=([lambda id=id: one_coach.coach_after(milestone_id=id)],)),
            threading.Thread(target=one_coach.hear_all, args=([lambda id=id: one_coach.reopen(milestone_id=id)],)),
        ]
        for one in both:
            one.start()
        for one in both:
            one.join()

    assert one_coach.follow_ups(state="planned") == []
    assert one_coach.store.database["milestones"].count_documents({"reopened_sequence": 3}) == 20


def test_when_a_partner_departs_nobody_needs_to_coach_it(planned: NotificationsHarness) -> None:
    planned.depart()

    (said,) = planned.published(CANCELLED)
    assert state(planned) == "cancelled"
    assert said["data"]["reason"] == "partner_departed"
    assert planned.categories(category="follow_up") == ["follow_up: cancelled"]
    with pytest.raises(Superseded, match="admission 1 of partner prt_1 has ended"):
        planned.coach_after(milestone_id="mst_2")


def test_a_follow_up_that_slipped_in_while_its_partner_departed_does_not_fall_due(
    planned: NotificationsHarness,
) -> None:
    planned.store.database["partners"].update_one({"_id": "prt_1"}, {"$set": {"departed_on": "2026-06-02"}})
    planned.it_is(MIDNIGHT_IN_NEW_YORK)

    planned.let_due_fall()

    assert state(planned) == "cancelled"
    assert planned.letters(category="follow_up_due") == []
