"""Who is named to come to a camp is told so, has it in the diary, and is told when that is over or the camp moves."""

from contextlib import suppress
from datetime import UTC, date, datetime
from itertools import permutations
from typing import Any

import pytest

from chassis.domain.errors import Superseded
from services.notifications.use_cases import invitation
from services.notifications.use_cases.calendars import delegate
from tests.integration.notifications.diary import files_in, kept
from tests.integration.notifications.harness import NotificationsHarness, text_of

SAID = {
    "delegate_id": "dlg_1", "camp_id": "cmp_1", "partner_id": "prt_1", "person_id": None, "name": "Nils Påhittad",
    "language": "sv", "zone": "Europe/Stockholm", "attends": "in_person", "camp_title": "Summer Camp 2026",
    "place": "Boston", "camp_zone": "America/New_York", "starts_on": date(2026, 7, 13), "ends_on": date(2026, 7, 15),
    "begins_at": datetime(2026, 7, 13, 13, tzinfo=UTC), "ends_at": datetime(2026, 7, 15, 21, tzinfo=UTC),
    "anchor_revision": 0,
}  # fmt: skip
MOVED = {
    "camp_id": "cmp_1", "title": "Summer Camp 2026", "place": "Boston", "zone": "America/New_York",
    "starts_on": date(2026, 7, 20), "ends_on": date(2026, 7, 22), "opens_at": "10:00", "anchor_revision": 1,
}  # fmt: skip
MOVED_TO = datetime(2026, 7, 20, 14, tzinfo=UTC)  # 10:00 in Boston, which is at UTC-4 in July


def hear(notifications: NotificationsHarness, reaction: Any, *, sequence: int = 1, **said: Any) -> None:
    email = f"nils@{notifications._domain}"
    notifications.do(reaction, sequence=sequence, **{**SAID, "email": email, **said})


def name(notifications: NotificationsHarness, *, sequence: int = 1, **said: Any) -> None:
    hear(notifications, delegate.tell_who_is_named, sequence=sequence, **said)


def withdraw(notifications: NotificationsHarness, *, sequence: int = 2, because: str = "by_hand", **said: Any) -> None:
    hear(notifications, delegate.tell_who_is_withdrawn, sequence=sequence, because=because, **said)


def move(notifications: NotificationsHarness, *, sequence: int = 3, **said: Any) -> None:
    notifications.do(delegate.follow_the_camp, sequence=sequence, **{**MOVED, **said})


@pytest.fixture
def named(known: NotificationsHarness) -> NotificationsHarness:
    """Somebody who is not on record was named, and has got the letter."""
    name(known)
    known.post()
    return known


def test_who_is_named_is_told_where_and_when_and_has_the_camp_in_the_diary(named: NotificationsHarness) -> None:
    (mail,) = named.arrived()
    (event,) = kept([mail]).values()

    assert "Partner prt_1 has named you to come to Summer Camp 2026." in text_of(mail)
    assert "When: 13 July 2026 to 15 July 2026" in text_of(mail)
    assert (event.dtstart.value, event.status.value) == (SAID["begins_at"], "TENTATIVE")
    assert "/rsvp/" not in text_of(mail)


def test_who_comes_for_no_partner_is_written_to_in_the_name_of_the_institute(known: NotificationsHarness) -> None:
    hear(known, delegate.tell_who_is_expected, partner_id=None)
    known.post()

    (letter,) = known.letters()
    news = known.store.database["outbox"].find_one({"type": "notifications.delivery.settled"})
    assert "you come to Summer Camp 2026 for the Institute" in letter["body"]
    assert news and news["data"]["partner_id"] is None


def test_who_is_confirmed_is_expected_and_told_so_once(named: NotificationsHarness) -> None:
    hear(named, delegate.tell_who_is_expected, sequence=2)
    named.post()
    with pytest.raises(Superseded):
        name(named)

    assert named.categories() == ["delegate_confirmed: sent", "delegate_named: sent"]
    assert [each.status.value for each in kept(named.arrived()).values()] == ["CONFIRMED"]


@pytest.mark.parametrize(
    ("because", "sentence"),
    [("by_hand", "does not hold any more."), ("invitation", "the seats of Partner prt_1 are not kept any more")],
)
def test_who_is_withdrawn_is_told_so_and_the_camp_leaves_the_diary(
    named: NotificationsHarness, because: str, sentence: str
) -> None:
    withdraw(named, because=because)
    named.post()

    assert kept(named.arrived()) == {}
    assert sentence in named.letters(category="delegate_withdrawn")[0]["body"]


def test_who_is_replaced_is_told_that_somebody_else_comes_and_the_other_that_they_are_named(
    named: NotificationsHarness,
) -> None:
    hear(named, delegate.tell_who_is_replaced, sequence=2)
    name(named, delegate_id="dlg_2", email=f"other@{named._domain}")
    named.post()

    (event,) = kept(named.arrived()).values()
    assert event.attendee.value.startswith("mailto:other@")
    assert "somebody else comes in your place" in named.letters(category="delegate_withdrawn")[0]["body"]


def test_who_was_never_told_that_they_are_named_never_hears_that_it_is_over(known: NotificationsHarness) -> None:
    name(known)
    withdraw(known)
    known.post()

    assert known.categories() == ["delegate_named: cancelled"]


def test_who_left_the_partner_gets_no_letter_that_the_seat_is_gone(named: NotificationsHarness) -> None:
    withdraw(named, because="person_left")

    assert named.categories() == ["delegate_named: sent"]


def test_who_is_withdrawn_and_named_again_before_a_letter_left_hears_nothing(named: NotificationsHarness) -> None:
    withdraw(named, sequence=2)
    name(named, sequence=3)
    named.post()

    assert named.categories() == ["delegate_named: sent", "delegate_withdrawn: cancelled"]
    assert len(kept(named.arrived())) == 1


def test_a_camp_that_moves_is_told_to_who_comes_and_moves_in_their_diary(named: NotificationsHarness) -> None:
    move(named)
    named.post()

    (event,) = kept(named.arrived()).values()
    assert event.dtstart.value == MOVED_TO
    assert "When: 20 July 2026 to 22 July 2026" in named.letters(category="delegate_camp_changed")[0]["body"]


def test_another_law_of_zones_moves_the_instants_in_the_diary_of_who_comes_and_the_hours_stay(
    named: NotificationsHarness,
) -> None:
    begins_at, ends_at = datetime(2026, 7, 13, 14, tzinfo=UTC), datetime(2026, 7, 15, 22, tzinfo=UTC)
    days = {"starts_on": date(2026, 7, 13), "ends_on": date(2026, 7, 15), "opens_at": "09:00", "anchor_revision": 0}
    move(named, **days, begins_at=begins_at, ends_at=ends_at, zone_law="2099a")
    named.post()

    (event,) = kept(named.arrived()).values()
    assert (event.dtstart.value, event.dtend.value, int(event.sequence.value)) == (begins_at, ends_at, 1)
    (letter,) = named.letters(category="delegate_camp_changed")
    assert "has changed. The clocks there show the hours of the camp as you were told" in letter["body"]
    assert "Something has changed" not in letter["body"]


def postpone(notifications: NotificationsHarness, *, sequence: int = 2) -> None:
    notifications.do(
        delegate.tell_who_comes_that_it_is_postponed, sequence=sequence, camp_id="cmp_1", title="Summer Camp 2026",
        reason="A storm",
    )  # fmt: skip


def test_a_camp_that_is_postponed_leaves_diaries_until_its_other_days_are_known(named: NotificationsHarness) -> None:
    postpone(named)
    named.post()
    assert kept(named.arrived()) == {}
    assert "does not take place from 13 July 2026 to 15 July 2026" in named.letters()[-1]["body"]

    move(named, sequence=3)
    named.post()

    assert [each.dtstart.value for each in kept(named.arrived()).values()] == [MOVED_TO]
    with pytest.raises(Superseded):
        postpone(named)


def test_who_is_named_while_the_days_are_not_known_is_told_once_they_are(known: NotificationsHarness) -> None:
    postpone(known)
    name(known)
    known.post()
    assert known.arrived() == []

    move(known, sequence=3)
    known.post()

    (mail,) = known.arrived()
    assert mail["Subject"] == "You are named for Summer Camp 2026, Boston"
    assert len(kept([mail])) == 1


def test_a_change_of_the_camp_that_no_diary_has_is_told_to_nobody(named: NotificationsHarness) -> None:
    same = {"starts_on": date(2026, 7, 13), "ends_on": date(2026, 7, 15), "opens_at": "09:00", "anchor_revision": 0}
    move(named, sequence=4, **same)

    assert named.categories() == ["delegate_named: sent"]


def test_whose_letter_is_still_here_is_told_of_the_camp_as_it_is_now_alone(known: NotificationsHarness) -> None:
    name(known)
    move(known)
    known.post()

    (mail,) = known.arrived()
    assert mail["Subject"] == "You are named for Summer Camp 2026, Boston"
    assert "When: 20 July 2026 to 22 July 2026" in text_of(mail)


def test_another_address_gets_the_entry_and_the_one_before_is_cleared(named: NotificationsHarness) -> None:
    before = f"nils@{named._domain}"
    hear(named, delegate.follow_the_delegate, sequence=2, email=f"new@{named._domain}", email_before=before)
    named.post()

    (event,) = kept(named.arrived()).values()
    assert event.attendee.value == f"mailto:new@{named._domain}"
    assert named.categories() == ["delegate_named: sent", "diary_cancelled: sent", "diary_entry: sent"]


def test_a_leader_who_is_named_has_one_entry_for_which_what_they_were_named_for_counts(
    known: NotificationsHarness,
) -> None:
    known.invite()
    name(known, person_id="per_leader")
    known.post()
    withdraw(known, person_id="per_leader")
    known.about_the_invitation(invitation.confirm_the_answer, sequence=2, seats=4)
    known.post()

    assert len({each.uid.value for each in files_in(known.arrived())}) == 1
    assert kept(known.arrived()) == {}


@pytest.mark.parametrize("posts", [False, True], ids=["unsent", "sent"])
@pytest.mark.parametrize("order", [*permutations(range(4))][::3])
def test_in_whatever_order_it_is_heard_the_diary_has_what_is_so_now(
    known: NotificationsHarness, order: tuple[int, ...], posts: bool
) -> None:
    happened = (
        lambda: name(known, sequence=1),
        lambda: withdraw(known, sequence=2),
        lambda: hear(known, delegate.tell_who_is_expected, sequence=3),
        lambda: move(known, sequence=4),
    )

    def heard(number: int) -> None:
        with suppress(Superseded):
            happened[number]()
        if posts:
            known.post()

    known.hear_all([lambda number=number: heard(number) for number in order])
    known.post()

    (event,) = kept(known.arrived()).values()
    assert (event.dtstart.value, event.status.value) == (MOVED_TO, "CONFIRMED")


SPIRA = {"name": "Spira", "address": "Kulturgatan 3"}
SAME_DAYS = {"starts_on": SAID["starts_on"], "ends_on": SAID["ends_on"], "opens_at": "09:00", "anchor_revision": 0}
EITHER = {"mode": "hybrid", "venue": SPIRA}


def attend(notifications: NotificationsHarness, *, sequence: int, **said: Any) -> None:
    email_before = f"nils@{notifications._domain}"
    hear(notifications, delegate.follow_the_delegate, sequence=sequence, email_before=email_before, **said)


@pytest.mark.parametrize("camp_first", [True, False], ids=["the camp first", "the delegate first"])
def test_a_camp_that_goes_online_is_told_once_and_changes_in_the_diary(
    named: NotificationsHarness, camp_first: bool
) -> None:
    before = kept(named.arrived())
    heard = [
        lambda: move(named, sequence=3, mode="online", **SAME_DAYS),
        lambda: attend(named, sequence=2, attends="remote", mode="online"),
    ]
    for each in heard if camp_first else reversed(heard):
        each()
    named.post()

    (letter,) = named.letters(category="delegate_camp_changed", state="sent")
    assert "Where: online (you take part" in letter["body"]
    ((uid, event),) = kept(named.arrived()).items()
    assert [(each.location.value, int(each.sequence.value)) for each in before.values()] == [("Boston", 0)]
    assert (uid in before, event.location.value, int(event.sequence.value) > 0) == (True, "Online", True)


@pytest.mark.parametrize("camp_first", [True, False], ids=["the camp first", "the delegate first"])
def test_who_had_chosen_to_come_is_sent_to_the_house_once_an_online_camp_is_also_there(
    known: NotificationsHarness, camp_first: bool
) -> None:
    move(known, sequence=1, mode="online", **SAME_DAYS)
    name(known, attends="remote", mode="online")
    known.post()
    heard = [
        lambda: move(known, sequence=2, **EITHER, **SAME_DAYS),
        lambda: attend(known, sequence=2, attends="in_person", **EITHER),
    ]
    for each in heard if camp_first else reversed(heard):
        each()
    known.post()

    (letter,) = known.letters(category="delegate_camp_changed", state="sent")
    assert "Where: Boston\nVenue: Spira, Kulturgatan 3\n" in letter["body"]
    assert [each.location.value for each in kept(known.arrived()).values()] == ["Spira, Kulturgatan 3, Boston"]


def test_who_chooses_to_take_part_online_is_told_so_and_their_diary_says_it(known: NotificationsHarness) -> None:
    move(known, sequence=1, **EITHER, **SAME_DAYS)
    name(known, **EITHER)
    known.post()

    attend(known, sequence=2, attends="remote", **EITHER)
    known.post()

    (letter,) = known.letters(category="delegate_camp_changed")
    assert "Where: online (you take part from where you are)" in letter["body"]
    assert [each.location.value for each in kept(known.arrived()).values()] == ["Online"]


def test_with_a_cancelled_camp_who_comes_by_name_reads_that_it_is_cancelled(named: NotificationsHarness) -> None:
    withdraw(named, because="camp_cancelled")

    (letter,) = named.letters(category="delegate_withdrawn")
    assert "Summer Camp 2026 has been cancelled" in letter["body"]
