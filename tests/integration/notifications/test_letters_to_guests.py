"""Letters to who is invited to a camp by name: each time one that is so, with a link of their own."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import permutations
from typing import Any

import pytest

from services.notifications.use_cases import guest
from services.notifications.use_cases.calendars import delegate
from tests.integration.notifications.diary import kept
from tests.integration.notifications.harness import NotificationsHarness

KIM = {"invitation_id": "inv_kim", "person_id": None, "name": "Kim", "language": "sv", "zone": "Europe/Stockholm"}
CAMP = {"camp_title": "Summer Camp 2026", "place": "Boston", "camp_zone": "America/New_York",
        "starts_on": date(2026, 7, 13), "ends_on": date(2026, 7, 15)}  # fmt: skip
WHY = [{"kind": "staff", "title": "What flying has learned"}]
BEFORE = {"title": "Summer Camp 2026", "place": "Boston", "zone": "America/New_York", "starts_on": "2026-07-13",
          "ends_on": "2026-07-15", "answer_by": "2026-06-29"}  # fmt: skip


class Told:
    """What notifications hears of Kim's invitation."""

    def __init__(self, known: NotificationsHarness) -> None:
        self.known = known
        self.kim = KIM | {"email": f"kim@{known._domain}"}

    def asked(self, sequence: int, **said: Any) -> None:
        about = {"answer_by": date(2026, 6, 29), "reasons": WHY, **self.kim, **CAMP, **said}
        self.known.do(guest.ask_the_guest, sequence=sequence, **about)

    def waits(self, sequence: int) -> None:
        about = {"position": 3, "reasons": WHY, **self.kim, **CAMP}
        self.known.do(guest.tell_the_guest_that_they_wait, sequence=sequence, **about)

    def declined(self, sequence: int) -> None:
        until = datetime(2026, 6, 10, 11, tzinfo=UTC)
        self.known.do(guest.confirm_the_answer_of_the_guest, sequence=sequence, undo_until=until, state="declined",
                      **self.kim)  # fmt: skip

    def accepted(self, sequence: int) -> None:
        self.known.do(guest.stop_asking_the_guest, sequence=sequence, invitation_id="inv_kim")

    def withdrawn(self, sequence: int, withdrawn_for: str = "by_staff") -> None:
        self.known.do(guest.tell_the_guest_that_it_is_over, sequence=sequence, reason="The programme is full",
                      withdrawn_for=withdrawn_for, **self.kim)  # fmt: skip

    def changed(self, sequence: int, state: str = "issued", **said: Any) -> None:
        about = {"answer_by": date(2026, 6, 29), "before": BEFORE, "state": state, **self.kim, **CAMP, **said}
        self.known.do(guest.tell_the_guest_of_the_change, sequence=sequence, **about)

    def letters(self) -> list[str]:
        return [each for each in self.known.categories() if each.startswith("guest")]


@pytest.fixture
def told(known: NotificationsHarness) -> Told:
    return Told(known)


def test_a_guest_is_asked_by_a_letter_with_a_link_of_their_own(told: Told) -> None:
    told.asked(1)
    told.known.post()

    (mail,) = told.known.arrived()
    text = mail.get_content()
    assert mail["Subject"] == "You are invited: Summer Camp 2026, Boston"
    assert "What flying has learned" in text
    assert "/rsvp/inv_kim.inv_kim." in text
    (letter,) = told.known.letters(category="guest_invited")
    assert (letter["about_kind"], letter["about_id"]) == ("invitation", "inv_kim")


def test_somebody_on_record_is_written_to_where_they_are_on_record(told: Told) -> None:
    told.known.coach("per_ada", email="ada@institute.example")

    told.asked(1, person_id="per_ada", email="ada@before.example")

    (letter,) = told.known.letters(category="guest_invited")
    assert (letter["recipient_id"], letter["to"]) == ("per_ada", "ada@institute.example")


def test_who_waits_is_told_their_place_and_that_no_seat_is_kept(told: Told) -> None:
    told.waits(1)

    (letter,) = told.known.letters(category="guest_waitlisted")
    assert "when you joined it: 3" in letter["body"]
    assert "no seat is kept for you" in letter["body"]


def test_a_no_is_confirmed_with_the_time_in_which_it_can_be_undone(told: Told) -> None:
    told.asked(1)
    told.known.post()
    told.declined(2)

    (letter,) = told.known.letters(category="guest_answered")
    assert "until 10 June 2026 at 07:00" in letter["body"]


def test_who_has_said_that_they_come_is_not_asked_any_more(told: Told) -> None:
    told.asked(1)
    told.accepted(2)

    assert told.letters() == ["guest_invited: cancelled"]


def test_that_it_is_withdrawn_is_told_to_who_may_know_of_it_and_why(told: Told) -> None:
    told.asked(1)
    told.known.post()
    told.withdrawn(2)

    (letter,) = told.known.letters(category="guest_ended")
    assert "The programme is full" in letter["body"]


def test_who_was_told_nothing_never_hears_that_it_is_over(told: Told) -> None:
    told.asked(1)
    told.withdrawn(2)

    assert told.letters() == ["guest_invited: cancelled"]


def test_who_has_left_the_institute_hears_nothing_of_it(told: Told) -> None:
    told.asked(1)
    told.known.post()
    told.withdrawn(2, withdrawn_for="person_left")

    assert told.letters() == ["guest_invited: sent"]


def test_a_camp_that_changes_is_told_to_who_was_asked_and_asked_of_who_was_not(told: Told) -> None:
    told.asked(1)
    told.changed(2, place="Chicago")
    assert told.letters() == ["guest_invited: cancelled", "guest_invited: ready"]
    told.known.post()

    told.changed(3, state="reconfirm", place="Denver")

    (letter,) = told.known.letters(category="guest_camp_changed")
    assert letter["subject"] == "Please answer again: Summer Camp 2026, Denver"


def test_another_law_of_zones_is_told_to_who_was_asked_as_hours_that_stay(told: Told) -> None:
    told.asked(1)
    told.known.post()
    told.changed(2, zone_law="2099a")

    (letter,) = told.known.letters(category="guest_camp_changed")
    assert "The clocks there show the hours of the camp as you were told" in letter["body"]
    assert "Something has changed" not in letter["body"]


def test_who_comes_is_told_of_a_change_as_a_delegate_and_not_twice(told: Told) -> None:
    told.asked(1)
    told.known.post()
    told.accepted(2)
    told.changed(3, state="accepted", place="Chicago")

    assert told.letters() == ["guest_invited: sent"]


def test_that_a_camp_is_postponed_is_told_to_who_has_still_to_answer(told: Told) -> None:
    told.asked(1)
    told.known.post()
    told.changed(2, state="issued", postponed_because="A strike")

    (letter,) = told.known.letters(category="guest_camp_changed")
    assert "is postponed" in letter["body"]
    assert "A strike" in letter["body"]


HEARD: dict[int, Callable[[Told], None]] = {
    1: lambda told: told.waits(1),
    2: lambda told: told.asked(2),
    3: lambda told: told.declined(3),
}


@pytest.mark.parametrize("order", list(permutations(HEARD)), ids=str)
def test_in_whatever_order_it_is_heard_only_the_last_is_told(told: Told, order: tuple[int, ...]) -> None:
    told.known.hear_all([lambda each=each: HEARD[each](told) for each in order])  # type: ignore[misc]

    assert [each for each in told.letters() if "ready" in each] == ["guest_answered: ready"]


def test_a_withdrawal_that_is_heard_first_leaves_nothing_to_be_sent(told: Told) -> None:
    told.known.hear_all([lambda: told.withdrawn(2), lambda: told.asked(1)])

    assert told.letters() == []


KIM_COMES = {
    "delegate_id": "dlg_kim", "camp_id": "cmp_1", "partner_id": None, "attends": "in_person",
    "begins_at": datetime(2026, 7, 13, 13, tzinfo=UTC), "ends_at": datetime(2026, 7, 15, 21, tzinfo=UTC),
    "anchor_revision": 0,
}  # fmt: skip


@pytest.fixture
def comes(told: Told) -> Told:
    """Kim has said that they come, has been told so, and has the camp in the diary."""
    told.asked(1)
    told.known.post()
    told.accepted(2)
    told.known.do(delegate.tell_who_is_expected, sequence=1, **KIM_COMES, **told.kim, **CAMP)
    told.known.post()
    assert kept(told.known.arrived())
    return told


@pytest.mark.parametrize("heard_first", ["the answer", "the delegate"])
@pytest.mark.parametrize("end", ["declined", "withdrawn"])
def test_who_was_to_come_and_does_not_has_one_letter_that_clears_the_diary_too(
    comes: Told, end: str, heard_first: str
) -> None:
    def goes() -> None:
        about = {**KIM_COMES, **comes.kim, **CAMP, "because": "invitation"}
        comes.known.do(delegate.tell_who_is_withdrawn, sequence=2, **about)

    deeds: list[Callable[[], None]] = [lambda: getattr(comes, end)(3), goes]
    for deed in deeds if heard_first == "the answer" else reversed(deeds):
        deed()
    before = len(comes.known.arrived())
    comes.known.post()

    assert len(comes.known.arrived()) == before + 1
    assert kept(comes.known.arrived()) == {}
    assert "delegate_withdrawn" not in " ".join(comes.known.categories())


def test_who_takes_a_no_back_has_the_camp_in_the_diary_again(comes: Told) -> None:
    comes.declined(3)
    about = {**KIM_COMES, **comes.kim, **CAMP}
    comes.known.do(delegate.tell_who_is_withdrawn, sequence=2, because="invitation", **about)
    comes.known.post()

    comes.accepted(4)
    comes.known.do(delegate.tell_who_is_expected, sequence=3, **about)
    comes.known.post()

    assert len(kept(comes.known.arrived())) == 1
