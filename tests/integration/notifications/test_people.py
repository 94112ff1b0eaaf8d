"""People who move or leave: what is still here is sent after them, or not at all."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import permutations
from typing import Any

import pytest

from chassis.domain.errors import NotYetKnown, Superseded
from services.notifications.use_cases import invitation_end, people
from tests.integration.notifications.harness import NotificationsHarness
from tests.integration.notifications.scripted_server import a_mail_server

SETTLED = "notifications.delivery.settled"


@pytest.fixture
def told(notifications: NotificationsHarness) -> NotificationsHarness:
    """The leader of a partner has a letter on the way."""
    notifications.partner()
    notifications.person("per_leader")
    notifications.tell()
    return notifications


def test_what_is_still_here_is_sent_to_the_new_address(told: NotificationsHarness) -> None:
    moved_to = told.move("per_leader")

    told.post()

    assert [mail["To"].addresses[0].addr_spec for mail in told.arrived()] == [moved_to]


def test_who_has_departed_is_not_welcomed_when_the_admission_is_heard_late(told: NotificationsHarness) -> None:
    told.depart()

    told.do(people.welcome_the_leaders, partner_id="prt_1", name="Partner prt_1", zone="Europe/Stockholm",
            leader_ids=["per_leader"],
            term_starts_on=date(2026, 1, 1), term_ends_on=date(2028, 12, 31))  # fmt: skip

    assert told.letters(category="welcome") == []


def test_who_is_admitted_anew_is_welcomed_when_that_is_heard_after_the_departure(told: NotificationsHarness) -> None:
    told.depart()

    told.do(people.welcome_the_leaders, sequence=9, partner_id="prt_1", name="Partner prt_1", zone="Europe/Stockholm",
            leader_ids=["per_leader"], term_starts_on=date(2027, 1, 1), term_ends_on=date(2029, 12, 31),
            admission_number=2)  # fmt: skip

    assert told.categories(category="welcome") == ["welcome: ready"]


def test_what_was_sent_stays_as_it_was(told: NotificationsHarness) -> None:
    told.post()

    moved_to = told.move("per_leader")

    (letter,) = told.letters()
    assert letter["to"] != moved_to


def test_a_letter_that_was_postponed_goes_to_the_new_address_too(told: NotificationsHarness) -> None:
    with a_mail_server(RCPT="451 greylisted") as server:
        told.post(smtp_uri=server.uri)
    moved_to = told.move("per_leader")

    told.it_is(datetime(2026, 6, 1, 10, tzinfo=UTC))
    told.post()

    assert [mail["To"].addresses[0].addr_spec for mail in told.arrived()] == [moved_to]


def test_a_letter_written_with_the_old_address_at_that_very_moment_is_sent_to_the_new_one(
    told: NotificationsHarness,
) -> None:
    moved_to = told.move("per_leader")
    told.store.database["letters"].update_one({}, {"$set": {"to": "old@address.example"}})

    told.post()

    assert [mail["To"].addresses[0].addr_spec for mail in told.arrived()] == [moved_to]


def test_an_older_change_that_comes_late_changes_nothing(told: NotificationsHarness) -> None:
    moved_to = told.move("per_leader", sequence=3)

    with pytest.raises(Superseded):
        told.person("per_leader", sequence=2)

    (letter,) = told.letters()
    assert letter["to"] == moved_to


def test_whoever_has_left_gets_nothing_any_more(told: NotificationsHarness) -> None:
    told.leave("per_leader")
    told.post()

    (said,) = told.published(SETTLED)
    assert told.categories() == ["milestone: cancelled"]
    assert said["data"]["state"] == "cancelled"
    assert told.arrived() == []


def test_whoever_has_left_is_written_to_on_no_later_occasion(told: NotificationsHarness) -> None:
    told.person("per_second")
    told.leave("per_leader")

    told.tell(milestone_id="mst_2")
    told.welcome()

    assert [letter["recipient_id"] for letter in told.letters(about_id="mst_2")] == ["per_second"]
    assert told.letters(category="welcome") == []


def test_a_letter_written_at_the_very_moment_somebody_left_is_not_sent(told: NotificationsHarness) -> None:
    told.store.database["recipients"].update_one({"_id": "per_leader"}, {"$set": {"left_on": "2026-06-01"}})

    told.post()

    assert told.categories() == ["milestone: cancelled"]
    assert told.arrived() == []


def test_whoever_has_left_stays_away_whatever_is_heard_of_them_late(told: NotificationsHarness) -> None:
    told.leave("per_leader")
    told.move("per_leader", sequence=2)
    told.person("per_second")

    told.tell(milestone_id="mst_2")

    assert [letter["recipient_id"] for letter in told.letters(about_id="mst_2")] == ["per_second"]


@pytest.mark.parametrize("order", [*permutations(range(3))], ids=str)
def test_whoever_returns_is_written_to_again_in_whichever_order_that_is_heard(
    notifications: NotificationsHarness, order: tuple[int, ...]
) -> None:
    heard: list[Callable[[], None]] = [
        lambda: notifications.person("per_leader", sequence=1),
        lambda: notifications.leave("per_leader", sequence=2),
        lambda: notifications.person("per_leader", sequence=3),
    ]
    notifications.partner()

    notifications.hear_all([heard[each] for each in order])
    notifications.tell()

    assert [letter["recipient_id"] for letter in notifications.letters()] == ["per_leader"]


def test_a_leaving_that_comes_late_cancels_no_letter_of_somebody_who_is_back(told: NotificationsHarness) -> None:
    told.person("per_leader", sequence=3)

    told.leave("per_leader", sequence=2)

    assert told.categories() == ["milestone: ready"]


@pytest.mark.parametrize("order", [*permutations(range(3))], ids=str)
def test_who_moves_is_written_to_no_more_about_the_partner_before_in_whichever_order_that_is_heard(
    told: NotificationsHarness, order: tuple[int, ...]
) -> None:
    heard: list[Callable[[], None]] = [
        lambda: told.leave("per_leader", sequence=2),
        lambda: told.move_away("per_leader", sequence=3),
        lambda: told.person("per_leader", sequence=4, partner_id="prt_2", role="improver"),
    ]

    told.hear_all([heard[each] for each in order])
    told.tell(milestone_id="mst_2", sequence=5)

    assert told.categories() == ["milestone: cancelled"]
    assert [each["because"] for each in told.unreachable()] == ["nobody_leads"]


def test_who_had_a_letter_is_not_told_what_becomes_of_it_once_they_work_for_another_partner(
    told: NotificationsHarness,
) -> None:
    told.invite()
    told.post()

    told.move_away("per_leader")
    told.about_the_invitation(invitation_end.announce_withdrawal, reason="The camp is smaller")

    assert [each for each in told.letters() if each["state"] == "ready"] == []


def test_who_leads_another_partner_is_told_what_is_open_there(notifications: NotificationsHarness) -> None:
    notifications.partner()
    notifications.partner("prt_2", leader_ids=("per_other",))
    notifications.person("per_other")
    notifications.person("per_leader", partner_id="prt_2")
    notifications.invite()

    notifications.move_away("per_leader", partner_id="prt_1", former_partner_id="prt_2", sequence=3)

    assert [each["category"] for each in notifications.letters(recipient_id="per_leader")] == ["invitation"]


def test_who_moves_back_is_written_to_again(told: NotificationsHarness) -> None:
    told.move_away("per_leader", sequence=3)
    told.move_away("per_leader", partner_id="prt_1", former_partner_id="prt_2", sequence=4)

    told.tell(milestone_id="mst_2", sequence=5)

    assert told.categories(about_id="mst_2") == ["milestone: ready"]


def test_nobody_leaves_who_is_not_known(notifications: NotificationsHarness) -> None:
    with pytest.raises(NotYetKnown):
        notifications.leave("per_nobody")


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 1, 2), (2, 3, 1), (3, 2, 1)])
def test_a_partner_is_called_by_its_newest_name(notifications: NotificationsHarness, order: tuple[int, ...]) -> None:
    notifications.person("per_leader")

    for sequence in order:
        if sequence == 1:
            notifications.partner("prt_1")
        else:
            refresh(notifications, sequence)
    notifications.tell()

    (letter,) = notifications.letters()
    assert "Name 3" in letter["body"]


def refresh(notifications: NotificationsHarness, sequence: int) -> None:
    arguments: dict[str, Any] = {"sequence": sequence, "partner_id": "prt_1", "name": f"Name {sequence}",
                                 "zone": "Europe/Stockholm"}  # fmt: skip
    notifications.hear_all([lambda: notifications.do(people.refresh_partner, **arguments)])


def test_a_partner_that_changed_its_name_before_it_was_admitted_is_not_written_to_before(
    notifications: NotificationsHarness,
) -> None:
    notifications.person("per_leader")
    refresh(notifications, 1)

    with pytest.raises(NotYetKnown, match="who leads partner prt_1"):
        notifications.tell()


def test_where_nobody_leads_a_partner_any_more_nobody_is_written_to(told: NotificationsHarness) -> None:
    told.leave("per_leader")

    told.tell(sequence=3)

    assert told.categories() == ["milestone: cancelled"]
