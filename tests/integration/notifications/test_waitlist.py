"""Letters about waiting for seats: once for each joining, with the place, and not when it is no longer true."""

from datetime import UTC, datetime

import pytest

from chassis.domain.errors import NotYetKnown, Superseded
from services.notifications.use_cases import invitation, invitation_end, waitlist
from tests.integration.notifications.harness import NotificationsHarness, text_of
from tests.integration.notifications.waitlist import CAMP, close, join, leave, promote


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
    assert "/rsvp/" in text_of(mail)


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


def test_who_waits_is_told_once_that_no_more_seats_are_offered(known: NotificationsHarness) -> None:
    join(known)
    known.post()

    close(known)

    assert known.categories() == ["waitlist_closed: ready", "waitlist_joined: sent"]
    (letter,) = known.letters(category="waitlist_closed")
    assert "is settled, and no more seats are offered" in letter["body"]
    assert "were offered to" not in letter["body"]


def test_whose_offer_ended_with_the_freeze_is_told_so_and_not_to_answer(known: NotificationsHarness) -> None:
    promote(known)
    known.post()

    close(known, sequence=4, was_offered=True)

    (letter,) = known.letters(category="waitlist_closed")
    assert "The seats that were offered to" in letter["body"]
    assert "are not kept any more, and there is nothing to answer" in letter["body"]
    known.it_is(datetime(2026, 6, 27, 13, tzinfo=UTC))  # two days before the offer would have ended
    known.remind_of_answers()
    assert known.letters(category="answer_reminder") == []


def test_a_freeze_that_is_taken_back_before_its_letter_left_is_told_to_nobody(known: NotificationsHarness) -> None:
    join(known)
    known.post()
    close(known)

    join(known, sequence=4)

    assert known.categories() == ["waitlist_closed: cancelled", "waitlist_joined: ready", "waitlist_joined: sent"]


def test_when_seats_are_offered_again_who_waits_is_told_what_holds(known: NotificationsHarness) -> None:
    close(known)
    known.post()

    join(known, sequence=4, position=1)

    (letter,) = known.letters(category="waitlist_joined")
    assert "Seats at Summer Camp 2026 are offered again." in letter["body"]
    assert "Your place on the waitlist on 1 June 2026: 1" in letter["body"]


def test_who_is_offered_seats_after_the_freeze_was_taken_back_is_not_told_of_it(known: NotificationsHarness) -> None:
    close(known)

    promote(known, sequence=4)

    assert known.categories() == ["waitlist_closed: cancelled", "waitlist_offer: ready"]
