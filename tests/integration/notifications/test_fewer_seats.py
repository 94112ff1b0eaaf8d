"""Letters about waiting for fewer seats: to whoever was told that it waits, and of two numbers only the last."""

from datetime import date
from typing import Any

import pytest

from chassis.domain.errors import NotYetKnown, Superseded
from services.notifications.use_cases import camp, waitlist
from tests.integration.notifications.harness import NotificationsHarness
from tests.integration.notifications.waitlist import CAMP, join, leave, promote


def reduce(notifications: NotificationsHarness, *, sequence: int = 3, **said: Any) -> None:
    about = {"seats": 2, "before": 4, "told_sequence": 2, **said}
    notifications.about_the_invitation(waitlist.confirm_that_it_waits_for_fewer, sequence=sequence, **about)


def change_the_camp(notifications: NotificationsHarness, *, sequence: int, seats: int) -> None:
    before = {"title": CAMP["camp_title"], **{name: CAMP[name] for name in ("place", "zone", "starts_on", "ends_on")},
              "answer_by": None}  # fmt: skip
    about = {**CAMP, "place": "Salem", "seats": seats, "state": "waitlisted", "told_sequence": 2, "before": before}
    del about["reasons"]
    notifications.about_the_invitation(
        camp.announce_the_change, sequence=sequence, **about, answer_by=date(2026, 7, 12)
    )


def test_whoever_was_told_that_it_waits_is_told_that_it_waits_for_fewer_seats(known: NotificationsHarness) -> None:
    join(known)
    known.post()
    reduce(known)

    assert known.categories() == ["waitlist_joined: sent", "waitlist_reduced: ready"]
    (letter,) = known.letters(category="waitlist_reduced")
    assert "It waits for fewer seats now, and no longer for 4." in letter["body"]
    assert "Seats you wait for: 2" in letter["body"]


def test_who_was_not_told_yet_that_it_waits_reads_once_for_how_many_seats_it_does(known: NotificationsHarness) -> None:
    join(known)
    reduce(known)
    known.move("per_leader")

    assert known.categories() == ["waitlist_joined: cancelled", "waitlist_joined: ready"]
    (letter,) = known.letters(state="ready")
    assert "Seats you wait for: 2" in letter["body"]
    assert "Your place on the waitlist on 1 June 2026: 3" in letter["body"]


def test_a_leader_who_comes_later_is_told_of_the_fewer_seats_it_waits_for(known: NotificationsHarness) -> None:
    join(known)
    reduce(known)

    known.person("per_new")

    (letter,) = known.letters(recipient_id="per_new")
    assert (letter["category"], "Seats you wait for: 2" in letter["body"]) == ("waitlist_joined", True)


def test_news_of_fewer_seats_waits_until_it_is_known_that_it_waits_again(known: NotificationsHarness) -> None:
    join(known)

    with pytest.raises(NotYetKnown, match="inv_1"):
        reduce(known, sequence=5, told_sequence=4)


def test_of_two_numbers_of_seats_only_the_last_is_told_in_either_order(known: NotificationsHarness) -> None:
    join(known)
    known.post()
    reduce(known, sequence=4, seats=1, before=2)

    with pytest.raises(Superseded):
        reduce(known)

    (letter,) = known.letters(category="waitlist_reduced")
    assert "Seats you wait for: 1" in letter["body"]


@pytest.mark.parametrize("later", [promote, leave])
def test_what_came_of_the_wait_overtakes_news_of_fewer_seats_in_either_order(
    known: NotificationsHarness, later: Any
) -> None:
    join(known)
    known.post()
    reduce(known)
    later(known, sequence=4)
    assert known.categories(category="waitlist_reduced") == ["waitlist_reduced: cancelled"]

    with pytest.raises(Superseded):
        reduce(known)


def test_a_change_of_the_camp_says_for_how_many_seats_it_waits_in_place_of_unsent_news_of_that(
    known: NotificationsHarness,
) -> None:
    join(known)
    known.post()
    reduce(known)
    change_the_camp(known, sequence=4, seats=2)

    assert known.categories(category="waitlist_reduced") == ["waitlist_reduced: cancelled"]
    (letter,) = known.letters(category="camp_changed")
    assert "Seats you wait for: 2." in letter["body"]
    with pytest.raises(Superseded):
        reduce(known)


def test_a_change_of_the_camp_that_is_heard_late_keeps_to_the_fewer_seats(known: NotificationsHarness) -> None:
    join(known)
    known.post()
    reduce(known, sequence=4)
    change_the_camp(known, sequence=3, seats=4)
    known.person("per_new")

    bodies = [each["body"] for each in known.letters(state="ready")]
    assert len(bodies) == 3
    assert all("Seats you wait for: 2" in body for body in bodies)
