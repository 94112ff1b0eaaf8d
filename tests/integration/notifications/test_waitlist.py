"""Letters about waiting for seats: once for each joining, with the place, and not when it is no longer true."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from chassis.domain.errors import NotYetKnown, Superseded
from services.notifications.use_cases import camp, invitation, invitation_end, waitlist
from tests.integration.notifications.harness import NotificationsHarness

CAMP: dict[str, Any] = {
    "camp_title": "Summer Camp 2026", "place": "Boston", "zone": "America/New_York", "starts_on": date(2026, 7, 13),
    "ends_on": date(2026, 7, 15), "seats": 4, "reasons": [{"kind": "milestone", "title": "Infections halved"}],
}  # fmt: skip


@pytest.fixture
def known(notifications: NotificationsHarness) -> NotificationsHarness:
    """A partner and its leader are known."""
    notifications.partner()
    notifications.person("per_leader")
    return notifications


def join(notifications: NotificationsHarness, *, sequence: int = 2, **said: Any) -> None:
    notifications.about_the_invitation(
        waitlist.write_that_it_waits, sequence=sequence, **{**CAMP, "position": 3, **said}
    )


def promote(notifications: NotificationsHarness, *, sequence: int = 3) -> None:
    until = datetime(2026, 6, 29, 21, 30, tzinfo=UTC)
    notifications.about_the_invitation(invitation.write_the_offer, sequence=sequence, offer_until=until, **CAMP)


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


def leave(notifications: NotificationsHarness, *, sequence: int = 3, **said: Any) -> None:
    about = {"kind": "by_partner", **said}
    notifications.about_the_invitation(waitlist.confirm_that_it_waits_no_longer, sequence=sequence, **about)


def test_who_joins_a_waitlist_is_told_its_place_and_what_it_waits_for(known: NotificationsHarness) -> None:
    join(known)

    (letter,) = known.letters()
    assert (letter["category"], letter["recipient_id"]) == ("waitlist_joined", "per_leader")
    assert "Your place on the waitlist on 1 June 2026: 3" in letter["body"]
    assert "Seats you wait for: 4" in letter["body"]
    assert "- Infections halved" in letter["body"]


def test_the_letter_shows_where_the_present_place_can_be_seen(known: NotificationsHarness) -> None:
    join(known)
    known.post()

    (mail,) = known.arrived()
    assert "/rsvp/" in mail.get_content()


def test_who_was_offered_seats_meanwhile_is_not_told_that_it_waits(known: NotificationsHarness) -> None:
    promote(known)

    with pytest.raises(Superseded):
        join(known)

    assert known.categories() == ["waitlist_offer: ready"]


def test_a_letter_that_it_waits_is_not_sent_once_there_are_seats(known: NotificationsHarness) -> None:
    join(known)
    promote(known)

    assert known.categories() == ["waitlist_joined: cancelled", "waitlist_offer: ready"]


def test_an_offer_that_lapsed_unsent_is_not_sent_once_it_waits_again(known: NotificationsHarness) -> None:
    promote(known)
    join(known, sequence=4)

    assert known.categories() == ["waitlist_joined: ready", "waitlist_offer: cancelled"]


def test_who_waits_again_is_told_again(known: NotificationsHarness) -> None:
    join(known)
    known.post()
    join(known, sequence=5, position=1)

    assert known.categories() == ["waitlist_joined: ready", "waitlist_joined: sent"]


def test_who_waits_is_not_reminded_to_answer(known: NotificationsHarness) -> None:
    promote(known)
    join(known, sequence=4)
    known.it_is(datetime(2026, 7, 5, 13, tzinfo=UTC))  # a week before the day before the camp

    known.remind_of_answers()

    assert "answer_reminder: ready" not in known.categories()


def test_a_leader_who_comes_later_is_told_that_the_partner_waits(known: NotificationsHarness) -> None:
    join(known)

    known.person("per_new")

    assert {letter["recipient_id"] for letter in known.letters(category="waitlist_joined")} == {"per_leader", "per_new"}


def test_a_leader_who_comes_when_the_camp_has_begun_is_not_told_that_the_partner_waits(
    known: NotificationsHarness,
) -> None:
    join(known)
    known.it_is(datetime(2026, 7, 13, 4, tzinfo=UTC))

    known.person("per_new")

    assert [letter["recipient_id"] for letter in known.letters()] == ["per_leader"]


def test_a_withdrawal_speaks_of_the_wait_and_not_of_seats(known: NotificationsHarness) -> None:
    join(known)
    known.post()

    why = {"reason": "The camp is smaller", "kind": "by_staff"}
    known.about_the_invitation(invitation_end.announce_withdrawal, sequence=3, **why)

    (letter,) = known.letters(category="invitation_withdrawn")
    assert "was waiting for seats at Summer Camp 2026" in letter["body"]
    assert "no seats are kept" not in letter["body"]


def test_an_event_from_before_there_were_letters_about_waiting_is_no_letter(known: NotificationsHarness) -> None:
    known.about_the_invitation(waitlist.write_that_it_waits, sequence=2, seats=4, position=1)

    assert known.letters() == []


def test_who_leaves_the_waitlist_is_told_so_and_how_to_come_back(known: NotificationsHarness) -> None:
    join(known)
    leave(known)

    assert known.categories() == ["waitlist_joined: cancelled", "waitlist_left: ready"]
    (letter,) = known.letters(category="waitlist_left")
    assert "no longer waits for seats at Summer Camp 2026" in letter["body"]
    assert "behind all who are waiting" in letter["body"]
    assert "/rsvp/" in letter["body"]


def test_who_is_taken_off_the_waitlist_reads_the_reason(known: NotificationsHarness) -> None:
    join(known)
    leave(known, kind="by_staff", reason="They told us by telephone")

    (letter,) = known.letters(category="waitlist_left")
    assert "The reason that was given: They told us by telephone" in letter["body"]


def test_news_of_leaving_waits_until_it_is_known_what_was_waited_for(known: NotificationsHarness) -> None:
    with pytest.raises(NotYetKnown, match="inv_1"):
        leave(known)


def test_who_waits_again_is_not_told_that_it_waits_no_longer(known: NotificationsHarness) -> None:
    join(known)
    join(known, sequence=4)

    with pytest.raises(Superseded):
        leave(known)

    assert known.letters(category="waitlist_left") == []


def test_a_letter_about_leaving_is_not_sent_once_it_waits_again(known: NotificationsHarness) -> None:
    join(known)
    leave(known)
    join(known, sequence=4)

    assert known.categories(category="waitlist_left") == ["waitlist_left: cancelled"]


def test_a_leader_who_comes_after_the_partner_left_the_waitlist_is_told_nothing(known: NotificationsHarness) -> None:
    join(known)
    leave(known)

    known.person("per_new")

    assert {letter["recipient_id"] for letter in known.letters()} == {"per_leader"}


def test_an_offer_of_fewer_seats_says_so_and_that_the_partner_may_wait_for_all(known: NotificationsHarness) -> None:
    until = datetime(2026, 6, 29, 21, 30, tzinfo=UTC)
    about = {**CAMP, "seats": 2, "waited_for": 4, "offer_until": until}
    known.about_the_invitation(invitation.write_the_offer, sequence=3, **about)

    (letter,) = known.letters()
    assert "Seats kept for you: 2" in letter["body"]
    assert "wait for all 4, please say so" in letter["body"]


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
