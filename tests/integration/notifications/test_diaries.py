"""What happens to an invitation reaches the diaries of those who lead the partner, and nobody's who never had it."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest

from chassis.domain.errors import Superseded
from services.notifications.use_cases import camp, invitation, invitation_end
from tests.integration.notifications.diary import files_in, kept
from tests.integration.notifications.harness import NotificationsHarness
from tests.integration.notifications.test_camps_change import BEFORE
from tests.integration.notifications.test_standing import depart

BEGINS, ENDS = datetime(2026, 7, 13, 13, tzinfo=UTC), datetime(2026, 7, 15, 21, tzinfo=UTC)
LATER = {
    "camp_id": "cmp_1", "camp_title": "Summer Camp 2026", "place": "Boston", "zone": "America/New_York",
    "starts_on": date(2026, 7, 20), "ends_on": date(2026, 7, 22), "answer_by": date(2026, 7, 6), "seats": 4,
    "begins_at": datetime(2026, 7, 20, 13, tzinfo=UTC), "ends_at": datetime(2026, 7, 22, 21, tzinfo=UTC),
    "state": "accepted", "before": BEFORE, "told_sequence": 1,
}  # fmt: skip


@pytest.fixture
def told(known: NotificationsHarness) -> NotificationsHarness:
    """The leader has got the invitation of the partner."""
    known.invite()
    known.post()
    return known


def accept(notifications: NotificationsHarness, *, sequence: int = 2, seats: int = 4) -> None:
    notifications.about_the_invitation(invitation.confirm_the_answer, sequence=sequence, seats=seats)


def decline(notifications: NotificationsHarness, *, sequence: int = 3) -> None:
    notifications.about_the_invitation(invitation.confirm_the_answer_no, sequence=sequence)


def undo(notifications: NotificationsHarness, *, sequence: int = 4, state: str = "accepted") -> None:
    notifications.about_the_invitation(invitation.confirm_what_holds_again, sequence=sequence, state=state)


def move(notifications: NotificationsHarness, *, sequence: int = 3, **said: Any) -> None:
    notifications.about_the_invitation(camp.announce_the_change, sequence=sequence, **{**LATER, **said})


def withdraw(notifications: NotificationsHarness, *, sequence: int = 5, kind: str = "by_staff") -> None:
    notifications.about_the_invitation(
        invitation_end.announce_withdrawal, sequence=sequence, reason="A storm", kind=kind
    )


def told_to_diaries(notifications: NotificationsHarness) -> list[tuple[str, int, str]]:
    """What diaries were asked, with the sequence and how sure the camp is: in the order of the letters."""
    notifications.post()
    return [
        (each.asked, int(each.sequence.value), each.status.value)
        for each in sorted(files_in(notifications.arrived()), key=lambda each: int(each.sequence.value))
    ]


def test_an_invitation_enters_the_camp_as_tentative_from_when_it_opens_until_it_closes(
    told: NotificationsHarness,
) -> None:
    (event,) = kept(told.arrived()).values()

    assert (event.dtstart.value, event.dtend.value, event.status.value) == (BEGINS, ENDS, "TENTATIVE")
    assert (event.summary.value, event.location.value) == ("Summer Camp 2026", "Boston")
    assert event.description.value == "2026-07-13 09:00 – 2026-07-15 17:00 (America/New_York)"
    assert event.organizer.value == "mailto:us@institute.example"
    assert [each.value for each in event.attendee_list] == [f"mailto:{told.letters()[0]['to']}"]
    assert event.attendee.rsvp_param == "FALSE"


def test_a_camp_that_goes_online_says_so_in_the_diary_and_in_a_house_again_where(told: NotificationsHarness) -> None:
    same_days = {name: BEFORE[name] for name in ("starts_on", "ends_on", "answer_by")}
    same_days |= {"begins_at": BEGINS, "ends_at": ENDS, "state": "issued"}
    (before,) = kept(told.arrived()).items()
    move(told, sequence=2, mode="online", **same_days)
    told.post()
    (online,) = kept(told.arrived()).items()
    was = {**BEFORE, "mode": "online"}
    move(told, sequence=3, venue={"name": "Spira"}, **same_days, **{"before": was})
    told.post()
    (again,) = kept(told.arrived()).items()

    shown = [(each.location.value, int(each.sequence.value)) for _, each in (before, online, again)]
    assert shown == [("Boston", 0), ("Online", 1), ("Spira, Boston", 2)]
    assert before[0] == online[0] == again[0]
    assert told.categories(category="camp_changed", state="sent") == ["camp_changed: sent", "camp_changed: sent"]


def test_a_yes_makes_it_certain_and_fewer_seats_change_nothing_in_a_diary(told: NotificationsHarness) -> None:
    accept(told, sequence=2)
    told.post()
    accept(told, sequence=3, seats=2)

    assert told_to_diaries(told) == [("REQUEST", 0, "TENTATIVE"), ("REQUEST", 1, "CONFIRMED")]
    assert len(told.letters()) == 3


def test_perhaps_and_a_reminder_tell_a_diary_nothing_that_it_does_not_have(told: NotificationsHarness) -> None:
    told.about_the_invitation(invitation.confirm_the_answer_perhaps, sequence=2)
    told.it_is(datetime(2026, 6, 22, 13, tzinfo=UTC))
    told.remind_of_answers()

    assert told_to_diaries(told) == [("REQUEST", 0, "TENTATIVE")]
    assert told.categories(category="answer_reminder") == ["answer_reminder: sent"]


def test_a_no_takes_it_out_and_what_is_taken_back_enters_it_again(told: NotificationsHarness) -> None:
    accept(told)
    told.post()
    decline(told)
    told.post()
    assert kept(told.arrived()) == {}

    undo(told)

    assert told_to_diaries(told)[2:] == [("CANCEL", 2, "CANCELLED"), ("REQUEST", 3, "CONFIRMED")]
    assert len(kept(told.arrived())) == 1


def test_a_no_that_is_taken_back_before_its_letter_left_tells_diaries_nothing(told: NotificationsHarness) -> None:
    decline(told, sequence=2)
    undo(told, sequence=3, state="issued")

    assert told_to_diaries(told) == [("REQUEST", 0, "TENTATIVE")]


def test_a_camp_on_other_days_moves_in_diaries(told: NotificationsHarness) -> None:
    accept(told)
    told.post()
    move(told)
    told.post()

    (event,) = kept(told.arrived()).values()
    assert (event.dtstart.value, int(event.sequence.value)) == (LATER["begins_at"], 2)


def test_another_law_of_zones_moves_the_instants_in_the_diary_and_asks_nobody_anew(told: NotificationsHarness) -> None:
    accept(told)
    told.post()
    known = {"title": "Summer Camp 2026", "place": "Boston", "zone": "America/New_York", "answer_by": date(2026, 6, 29)}
    days = {"starts_on": BEGINS.date(), "ends_on": ENDS.date()}
    by_the_law_now = {"begins_at": BEGINS + timedelta(hours=1), "ends_at": ENDS + timedelta(hours=1)}
    move(told, **days, **by_the_law_now, before=known | days, answer_by=date(2026, 6, 29), zone_law="2099a")
    told.post()

    (event,) = kept(told.arrived()).values()
    assert (event.dtstart.value, event.dtend.value) == (*by_the_law_now.values(),)
    assert (int(event.sequence.value), event.status.value) == (2, "CONFIRMED")
    (letter,) = told.letters(category="camp_changed")
    assert letter["subject"] == "Changed: Summer Camp 2026, Boston"
    assert "The law of time in America/New_York, the time zone of Summer Camp 2026, which" in letter["body"]


def test_of_two_moves_of_which_the_first_did_not_leave_the_second_counts(told: NotificationsHarness) -> None:
    accept(told)
    told.post()
    move(told, sequence=3)
    move(told, sequence=4, begins_at=datetime(2026, 7, 20, 14, tzinfo=UTC))
    told.post()

    (event,) = kept(told.arrived()).values()
    assert (event.dtstart.value.hour, int(event.sequence.value)) == (14, 3)


def test_where_only_days_are_known_a_diary_has_days_of_which_the_last_is_within(known: NotificationsHarness) -> None:
    known.invite()
    move(known, begins_at=None, ends_at=None, state="issued")
    known.post()

    (event,) = kept(known.arrived()).values()
    assert (event.dtstart.value, event.dtend.value) == (date(2026, 7, 20), date(2026, 7, 23))


@pytest.mark.parametrize("kind", ["by_staff", "camp_cancelled", "no_reason_left"])
def test_what_is_withdrawn_is_taken_out(told: NotificationsHarness, kind: str) -> None:
    accept(told)
    told.post()
    withdraw(told, kind=kind)

    assert told_to_diaries(told)[-1] == ("CANCEL", 2, "CANCELLED")


@pytest.mark.parametrize("withdrawn_first", [False, True])
def test_the_goodbye_takes_out_the_camp_of_a_partner_that_departs(
    told: NotificationsHarness, withdrawn_first: bool
) -> None:
    accept(told)
    told.post()
    happened = [lambda: depart(told), lambda: withdraw(told, kind="partner_departed")]
    for each in reversed(happened) if withdrawn_first else happened:
        each()

    assert told_to_diaries(told)[-1] == ("CANCEL", 2, "CANCELLED")
    assert [each for each in told.categories() if "diary" in each] == []


def test_who_does_not_get_the_goodbye_is_told_for_the_diary_alone(told: NotificationsHarness) -> None:
    told.person("per_leader", sequence=2, role="improver", email=told.letters()[0]["to"])
    depart(told)
    told.post()

    assert kept(told.arrived()) == {}
    assert told.categories(category="diary_cancelled") == ["diary_cancelled: sent"]


def test_what_has_expired_is_taken_out(told: NotificationsHarness) -> None:
    told.about_the_invitation(invitation_end.announce_expiry, sequence=2)

    assert told_to_diaries(told)[-1] == ("CANCEL", 1, "CANCELLED")


@pytest.mark.parametrize("kind", ["by_staff", "partner_departed"])
def test_nothing_is_cancelled_in_a_diary_that_never_had_it(known: NotificationsHarness, kind: str) -> None:
    known.invite()
    withdraw(known, kind=kind)

    assert told_to_diaries(known) == []
    assert known.categories() == ["invitation: cancelled"]


def test_who_joins_has_an_entry_of_their_own(told: NotificationsHarness) -> None:
    told.person("per_new")
    told.post()

    assert len(kept(told.arrived())) == 2


def test_another_address_gets_an_entry_of_its_own_and_the_one_before_is_taken_out(told: NotificationsHarness) -> None:
    accept(told)
    told.post()
    (before,) = kept(told.arrived())

    address = told.move()
    told.post()

    ((uid, event),) = kept(told.arrived()).items()
    assert uid != before
    assert (event.attendee.value, event.status.value) == (f"mailto:{address}", "CONFIRMED")
    assert told.categories(category="diary_cancelled") == ["diary_cancelled: sent"]
    (letter,) = told.letters(category="diary_cancelled")
    assert letter["to"] != address


def test_who_moves_before_the_letter_left_is_told_at_the_new_address_alone(known: NotificationsHarness) -> None:
    known.invite()
    address = known.move()
    known.post()

    (event,) = files_in(known.arrived())
    assert event.attendee.value == f"mailto:{address}"


def test_who_moves_before_a_cancellation_left_has_it_cancelled_where_it_is(told: NotificationsHarness) -> None:
    decline(told)
    told.move()
    told.post()

    assert kept(told.arrived()) == {}
    assert [each.asked for each in files_in(told.arrived())] == ["REQUEST", "CANCEL"]


def test_a_diary_whose_letter_failed_gets_it_with_the_next(known: NotificationsHarness) -> None:
    known.invite()
    known.store.database["letters"].update_many({}, {"$set": {"state": "failed"}})
    accept(known)

    assert told_to_diaries(known) == [("REQUEST", 1, "CONFIRMED")]


def test_a_file_that_may_not_have_arrived_is_sent_again_as_the_same(known: NotificationsHarness) -> None:
    known.invite()
    known.store.database["letters"].update_many({}, {"$set": {"state": "uncertain"}})
    known.about_the_invitation(invitation.confirm_the_answer_perhaps, sequence=2)

    assert told_to_diaries(known) == [("REQUEST", 0, "TENTATIVE")]


def test_a_camp_that_is_over_is_left_in_diaries(told: NotificationsHarness) -> None:
    told.it_is(datetime(2026, 8, 1, tzinfo=UTC))
    withdraw(told)

    assert told_to_diaries(told) == [("REQUEST", 0, "TENTATIVE")]


HISTORY: list[Callable[[NotificationsHarness], None]] = [
    lambda notifications: notifications.invite(),
    accept,
    lambda notifications: move(notifications, sequence=4),
    lambda notifications: undo(notifications, sequence=7),
    lambda notifications: decline(notifications, sequence=6),
]


@pytest.mark.parametrize("order", [*permutations(range(5))][::7])
@pytest.mark.parametrize("posts", [False, True], ids=["unsent", "sent"])
def test_in_whatever_order_it_is_heard_the_diary_has_the_camp_once_as_it_is_now(
    known: NotificationsHarness, order: tuple[int, ...], posts: bool
) -> None:
    def hear(number: int) -> None:
        with suppress(Superseded):
            HISTORY[number](known)
        if posts:
            known.post()

    known.hear_all([lambda number=number: hear(number) for number in order])
    known.post()

    (event,) = kept(known.arrived()).values()
    assert (event.dtstart.value, event.status.value) == (LATER["begins_at"], "CONFIRMED")
