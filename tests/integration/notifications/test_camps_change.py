"""A camp is not as it was: whoever is invited, attends or waits is told, each as far as they know of it."""

from datetime import UTC, date, datetime
from functools import partial
from itertools import permutations
from typing import Any

import pytest

from chassis.domain.errors import NotYetKnown, Superseded
from services.notifications.use_cases import camp, invitation, invitation_end
from tests.integration.notifications.harness import NotificationsHarness
from tests.integration.notifications.test_alerts_and_answers import OFFERED

BEFORE = {
    "title": "Summer Camp 2026", "place": "Boston", "zone": "America/New_York", "starts_on": date(2026, 7, 13),
    "ends_on": date(2026, 7, 15), "answer_by": date(2026, 6, 29),
}  # fmt: skip
MOVED = {
    "camp_title": "Summer Camp 2026", "place": "Boston", "zone": "America/New_York", "starts_on": date(2026, 7, 20),
    "ends_on": date(2026, 7, 22), "answer_by": date(2026, 7, 6), "seats": 4, "state": "issued", "before": BEFORE,
}  # fmt: skip


@pytest.fixture
def told(known: NotificationsHarness) -> NotificationsHarness:
    """The leader has got the invitation of the partner."""
    known.invite()
    known.post()
    return known


def change(notifications: NotificationsHarness, *, sequence: int = 5, told_sequence: int = 1, **said: Any) -> None:
    about = {**MOVED, "told_sequence": told_sequence, **said}
    notifications.about_the_invitation(camp.announce_the_change, sequence=sequence, **about)


def changed(notifications: NotificationsHarness) -> list[dict[str, Any]]:
    return notifications.letters(category="camp_changed")


def test_who_has_the_invitation_is_told_what_was_and_what_is_now(told: NotificationsHarness) -> None:
    change(told)

    (letter,) = changed(told)
    assert letter["recipient_id"] == "per_leader"
    assert (
        "- It is now from 20 July 2026 to 22 July 2026, and not from 13 July 2026 to 15 July 2026.\n"
        "- You can now answer until the end of 6 July 2026 (America/New_York time; where you are 06:00 on 7 July 2026, "
        "Europe/Stockholm time), and not until the end of 29 June 2026.\n"
    ) in letter["body"]
    assert "Boston, and not" not in letter["body"]


def test_who_has_not_got_it_yet_gets_the_invitation_as_it_is_now_and_no_other(known: NotificationsHarness) -> None:
    known.invite()

    change(known)

    assert known.categories() == ["invitation: cancelled", "invitation: ready"]
    (letter,) = [each for each in known.letters() if each["state"] == "ready"]
    assert "When: 20 July 2026 to 22 July 2026" in letter["body"]
    assert "13 July" not in letter["body"]


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("accepted", "seats are kept for as many as you told us: 3."),
        ("waitlisted", "Your place on the waitlist stays as it is"),
        ("declined", "you can take your answer back for a short time"),
        ("tentative", "Please tell us by the end of 6 July 2026"),
    ],
)
def test_each_is_told_what_it_means_for_where_they_stand(told: NotificationsHarness, state: str, sentence: str) -> None:
    change(told, state=state, seats=3)

    assert sentence in changed(told)[0]["body"]


def test_of_two_changes_only_the_later_is_told_if_the_earlier_did_not_leave(told: NotificationsHarness) -> None:
    change(told, sequence=5)
    change(told, sequence=6, place="Cambridge")

    assert told.categories(category="camp_changed") == ["camp_changed: cancelled", "camp_changed: ready"]
    with pytest.raises(Superseded):
        change(told, sequence=5)


def test_reminders_are_of_the_new_day_also_when_one_was_sent_for_the_old(told: NotificationsHarness) -> None:
    told.it_is(datetime(2026, 6, 22, 13, tzinfo=UTC))
    told.remind_of_answers()
    told.post()

    change(told)
    told.it_is(datetime(2026, 6, 29, 14, tzinfo=UTC))
    told.remind_of_answers()

    days = [each["subject"] for each in told.letters(category="answer_reminder")]
    assert sorted(days) == [
        "Please answer by 29 June 2026: Summer Camp 2026, Boston",
        "Please answer by 6 July 2026: Summer Camp 2026, Boston",
    ]


def test_who_joins_after_a_change_is_told_the_new_days(told: NotificationsHarness) -> None:
    change(told)

    told.person("per_new")

    (letter,) = told.letters(recipient_id="per_new")
    assert letter["category"] == "invitation"
    assert "When: 20 July 2026 to 22 July 2026" in letter["body"]


def test_who_was_invited_anew_by_a_change_is_not_invited_once_more_by_coming_back(known: NotificationsHarness) -> None:
    known.invite()
    change(known)

    known.person("per_leader", sequence=2)

    assert known.categories() == ["invitation: cancelled", "invitation: ready"]


def test_a_change_waits_for_what_the_partner_was_told_before(known: NotificationsHarness) -> None:
    with pytest.raises(NotYetKnown, match="inv_1"):
        change(known, told_sequence=1)
    known.invite()
    with pytest.raises(NotYetKnown, match="inv_1"):
        change(known, told_sequence=3)


def test_after_the_end_nobody_is_told_of_a_change_and_unsent_letters_about_it_are_cancelled(
    told: NotificationsHarness,
) -> None:
    change(told, sequence=5)
    why = {"reason": "A storm", "kind": "camp_cancelled"}

    told.about_the_invitation(invitation_end.announce_withdrawal, sequence=7, **why)

    assert told.categories(category="camp_changed") == ["camp_changed: cancelled"]
    (letter,) = told.letters(category="invitation_withdrawn")
    assert letter["subject"] == "Cancelled: Summer Camp 2026"
    assert "A storm" in letter["body"]
    with pytest.raises(Superseded):
        change(told, sequence=6)


HEARD = ("invite", "accept", "change", "promote")


@pytest.mark.parametrize("order", list(permutations(range(4))), ids=str)
def test_in_whatever_order_it_is_heard_the_letters_that_leave_are_true(
    known: NotificationsHarness, order: tuple[int, ...]
) -> None:
    until = datetime(2026, 7, 6, 21, 30, tzinfo=UTC)
    deeds: Any = [
        known.invite,
        partial(known.about_the_invitation, invitation.confirm_the_answer, sequence=2, seats=3),
        partial(change, known, sequence=3, state="accepted", seats=3),
        partial(
            known.about_the_invitation, invitation.write_the_offer, sequence=6, offer_until=until,
            **OFFERED | {"starts_on": date(2026, 7, 20), "ends_on": date(2026, 7, 22)},
        ),
    ]  # fmt: skip

    known.hear_all([deeds[number] for number in order])

    ready = [each for each in known.letters() if each["state"] == "ready" and each["about_id"] == "inv_1"]
    last = [each for each in ready if each["category"] == "waitlist_offer"]
    assert len(last) == 1
    assert "20 July 2026 to 22 July 2026" in last[0]["body"]


POSTPONED = {"state": "accepted", "starts_on": date(2026, 7, 13), "ends_on": date(2026, 7, 15),
             "answer_by": date(2026, 6, 29), "postponed_because": "Elections that week", "seats": 3}  # fmt: skip
ANEW = {"state": "reconfirm", "seats": 3}


def accept(notifications: NotificationsHarness) -> None:
    notifications.about_the_invitation(invitation.confirm_the_answer, sequence=2, seats=3)


def test_who_was_to_come_on_other_days_is_asked_anew_with_the_old_days_and_the_new(told: NotificationsHarness) -> None:
    accept(told)
    told.post()

    change(told, **ANEW)

    (letter,) = changed(told)
    assert letter["subject"] == "Please answer again: Summer Camp 2026, Boston"
    assert "which Partner prt_1 was to attend" in letter["body"]
    assert "from 20 July 2026 to 22 July 2026, and not from 13 July 2026 to 15 July 2026" in letter["body"]
    assert "You had said that you would attend, and that was for other days." in letter["body"]
    assert "as many as you told us: 3. Please tell us by the end of 6 July 2026" in letter["body"]


def test_who_is_asked_anew_is_reminded_until_it_has_answered(told: NotificationsHarness) -> None:
    accept(told)
    change(told, **ANEW)
    told.post()
    told.it_is(datetime(2026, 6, 29, 14, tzinfo=UTC))
    told.remind_of_answers()
    told.about_the_invitation(invitation.confirm_the_answer, sequence=6, seats=3)
    told.it_is(datetime(2026, 7, 4, 14, tzinfo=UTC))
    told.remind_of_answers()

    assert [each["subject"] for each in told.letters(category="answer_reminder")] == [
        "Please answer by 6 July 2026: Summer Camp 2026, Boston"
    ]


def test_who_is_told_of_two_moves_at_once_hears_of_the_days_they_knew_and_those_that_count(
    told: NotificationsHarness,
) -> None:
    accept(told)
    told.post()
    change(told, sequence=3, **ANEW)
    told_otherwise = {
        **BEFORE, "starts_on": date(2026, 7, 20), "ends_on": date(2026, 7, 22), "answer_by": date(2026, 7, 6),
    }  # fmt: skip
    days = {"starts_on": date(2026, 8, 3), "ends_on": date(2026, 8, 5), "answer_by": date(2026, 7, 13)}

    change(told, sequence=4, before=told_otherwise, **days, **ANEW)

    assert told.categories(category="camp_changed") == ["camp_changed: cancelled", "camp_changed: ready"]
    (letter,) = [each for each in changed(told) if each["state"] == "ready"]
    assert "from 3 August 2026 to 5 August 2026, and not from 13 July 2026 to 15 July 2026" in letter["body"]
    assert "20 July" not in letter["body"]


def test_who_never_heard_of_days_that_came_and_went_is_told_that_it_is_as_they_know(told: NotificationsHarness) -> None:
    accept(told)
    told.post()
    change(told, sequence=3, **ANEW)
    there_and_back = {**BEFORE, "starts_on": date(2026, 7, 20), "ends_on": date(2026, 7, 22)}
    back = {name: BEFORE[name] for name in ("starts_on", "ends_on", "answer_by")}

    change(told, sequence=4, before=there_and_back, **back, **ANEW)

    (letter,) = [each for each in changed(told) if each["state"] == "ready"]
    assert "was to attend: it takes place as you were told." in letter["body"]
    assert "It is now" not in letter["body"]


def test_a_postponement_says_why_and_asks_nothing(told: NotificationsHarness) -> None:
    accept(told)
    told.post()

    change(told, sequence=3, **POSTPONED)

    (letter,) = changed(told)
    assert letter["subject"] == "Postponed: Summer Camp 2026, Boston"
    assert "it does not take place from 13 July 2026 to 15 July 2026" in letter["body"]
    assert "The reason that was given: Elections that week" in letter["body"]
    assert "Seats kept for you: 3. There is nothing to answer now" in letter["body"]
    assert "When:" not in letter["body"]


def test_while_it_is_postponed_nobody_is_reminded_and_who_comes_is_told_nothing(told: NotificationsHarness) -> None:
    change(told, sequence=3, **POSTPONED | {"state": "issued"})
    told.post()
    told.it_is(datetime(2026, 6, 22, 14, tzinfo=UTC))
    told.remind_of_answers()
    told.person("per_new")

    assert told.letters(recipient_id="per_new") == []
    assert told.letters(category="answer_reminder") == []


def test_who_had_not_heard_of_the_invitation_yet_hears_of_it_when_the_days_are_known(
    known: NotificationsHarness,
) -> None:
    known.invite()
    change(known, sequence=3, **POSTPONED | {"state": "issued"})
    assert known.categories() == ["invitation: cancelled"]

    change(known, sequence=4)

    assert known.categories() == ["invitation: cancelled", "invitation: ready"]
    assert "When: 20 July 2026 to 22 July 2026" in known.letters()[-1]["body"]


def test_a_no_taken_back_while_it_is_postponed_asks_nothing(told: NotificationsHarness) -> None:
    about = partial(told.about_the_invitation, invitation.confirm_the_answer_no, undo_until=None)
    about(sequence=2)
    change(told, sequence=3, **POSTPONED | {"state": "declined"})

    told.about_the_invitation(invitation.confirm_what_holds_again, sequence=4, state="issued")

    (letter,) = told.letters(category="invitation_answer_undone")
    assert "is postponed. Your seats are kept as they were" in letter["body"]
    assert "Please tell us" not in letter["body"]


def test_other_hours_are_told_as_they_are_and_were(told: NotificationsHarness) -> None:
    same = {name: BEFORE[name] for name in ("starts_on", "ends_on", "answer_by")}

    change(told, **same, before={**BEFORE, "opens_at": "09:00", "closes_at": "17:00"}, opens_at="08:30",
           closes_at="16:00")  # fmt: skip

    assert (
        "- It now opens at 08:30 on its first day and closes at 16:00 on its last, and not at 09:00 and 17:00.\n"
        in changed(told)[0]["body"]
    )
