"""Partners of which nobody can be written to: staff is told, and who leads them later is told what is still open."""

from datetime import UTC, date, datetime, timedelta

import pytest

from chassis.domain.errors import Superseded
from chassis.domain.scope import PLATFORM
from chassis.persistence.unit_of_work import UnitOfWork
from services.notifications.repository import Recipients
from services.notifications.use_cases import invitation, people
from tests.integration.notifications.harness import CAUSE, NotificationsHarness
from tests.integration.notifications.scripted_server import a_mail_server

UNREACHABLE, REACHABLE = "notifications.recipient.unreachable", "notifications.recipient.reachable"


@pytest.fixture
def led(notifications: NotificationsHarness) -> NotificationsHarness:
    """A partner with one leader."""
    notifications.partner()
    notifications.person("per_leader")
    return notifications


def told_to(notifications: NotificationsHarness, person_id: str) -> list[str]:
    return [
        f"{letter['category']}: {letter['state']}"
        for letter in sorted(notifications.letters(), key=lambda each: str(each["id"]))
        if letter["recipient_id"] == person_id
    ]


def test_when_the_only_leader_has_left_staff_sees_that_nobody_can_be_written_to(led: NotificationsHarness) -> None:
    led.leave("per_leader")

    (shown,) = led.unreachable()
    assert (shown["partner_id"], shown["because"]) == ("prt_1", "nobody_leads")
    (said,) = led.published(UNREACHABLE)
    assert (said["subject"], said["data"]["because"]) == ("prt_1", "nobody_leads")


def test_when_one_of_two_leaders_leaves_nobody_is_alarmed(led: NotificationsHarness) -> None:
    led.person("per_other")

    led.leave("per_leader")

    assert led.unreachable() == led.published(UNREACHABLE) == []


def test_a_leader_whose_event_is_still_on_its_way_is_not_missed(notifications: NotificationsHarness) -> None:
    notifications.person("per_leader")
    notifications.leave("per_leader")

    notifications.partner(leader_ids=("per_leader", "per_later"))

    assert notifications.published(UNREACHABLE) == []


def test_a_partner_is_judged_as_soon_as_it_is_admitted_whatever_came_first(notifications: NotificationsHarness) -> None:
    notifications.person("per_leader")
    notifications.leave("per_leader")

    notifications.partner()

    assert [row["subject"] for row in notifications.published(UNREACHABLE)] == ["prt_1"]


def test_an_address_that_refuses_mail_for_good_alarms_staff_until_there_is_another(led: NotificationsHarness) -> None:
    led.tell()
    with a_mail_server(RCPT="550 no such user") as server:
        led.post(smtp_uri=server.uri)
    assert [shown["because"] for shown in led.unreachable()] == ["mail_refused"]

    led.move("per_leader")

    assert led.unreachable() == []
    assert len(led.published(REACHABLE)) == 1


def test_a_partner_that_departs_needs_nobody_to_be_written_to(led: NotificationsHarness) -> None:
    led.leave("per_leader")

    led.depart()

    assert led.unreachable() == []


def test_who_leads_a_partner_later_is_told_what_it_has_still_to_answer(led: NotificationsHarness) -> None:
    led.leave("per_leader")
    led.invite()

    led.person("per_later")

    assert told_to(led, "per_later") == ["invitation: ready"]
    assert led.unreachable() == []


def test_who_is_told_later_is_told_the_same_as_everybody(led: NotificationsHarness) -> None:
    led.invite()

    led.person("per_later", name="Person per_leader")

    first, second = led.letters()
    assert (second["subject"], second["body"]) == (first["subject"], first["body"])


def test_what_is_answered_or_over_is_not_told_later(led: NotificationsHarness) -> None:
    led.invite()
    led.about_the_invitation(invitation.confirm_the_answer, seats=3)

    led.person("per_later")

    assert told_to(led, "per_later") == []


def test_who_comes_when_the_time_to_answer_is_over_is_not_asked_to_answer_by_then(led: NotificationsHarness) -> None:
    led.invite()
    led.it_is(datetime(2026, 6, 30, 4, tzinfo=UTC))  # midnight after 29 June in Boston

    led.person("per_later")

    assert told_to(led, "per_later") == []


@pytest.mark.parametrize("role", ["improver", "delegate"])
def test_who_does_not_lead_is_not_told(led: NotificationsHarness, role: str) -> None:
    led.invite()

    led.person("per_later", role=role)

    assert told_to(led, "per_later") == []


def test_who_moves_is_told_at_the_new_address_what_was_told_at_the_old_one(led: NotificationsHarness) -> None:
    led.invite()
    led.post()

    moved_to = led.move("per_leader")
    led.post()

    invited = [mail for mail in led.arrived() if "You are invited" in mail["Subject"]]
    assert [mail["To"].addresses[0].addr_spec for mail in invited][1:] == [moved_to]


def test_who_changes_something_else_is_told_nothing_again(led: NotificationsHarness) -> None:
    led.invite()
    led.post()
    (letter,) = led.letters()

    led.move("per_leader", email=letter["to"])

    assert told_to(led, "per_leader") == ["invitation: sent"]


def test_a_letter_that_is_still_here_is_sent_after_who_moves_and_not_written_twice(led: NotificationsHarness) -> None:
    led.invite()

    led.move("per_leader")

    assert told_to(led, "per_leader") == ["invitation: ready"]


def test_who_returns_is_told_what_is_open_even_though_their_letter_was_stopped(led: NotificationsHarness) -> None:
    led.invite()
    led.leave("per_leader", sequence=2)

    led.person("per_leader", sequence=3)

    assert told_to(led, "per_leader") == ["invitation: cancelled", "invitation: ready"]


def test_two_leaders_who_leave_at_once_do_not_hide_each_other(led: NotificationsHarness) -> None:
    led.person("per_other")

    others = [lambda: led.leave("per_other")]

    def leave(uow: UnitOfWork) -> None:
        Recipients(uow).known("per_other", scope=PLATFORM)  # as they are before the other one leaves
        while others:
            others.pop()()
        led.done(uow, people.stop_letters, sequence=5, person_id="per_leader", left_on=date(2026, 6, 1))

    led.store.transact(leave, cause=CAUSE)

    assert len(led.unreachable()) == 1


def test_it_is_known_since_when_nobody_can_be_written_to(led: NotificationsHarness) -> None:
    led.leave("per_leader")
    began = led.store.clock()
    led.it_is(began + timedelta(days=1))

    led.person("per_other", role="improver")

    assert [shown["unreachable_since"] for shown in led.unreachable()] == ["2026-06-01T09:00:00.000Z"]


def test_to_hear_twice_of_who_joined_writes_nothing_twice(led: NotificationsHarness) -> None:
    led.invite()
    led.person("per_later")

    with pytest.raises(Superseded):
        led.person("per_later")

    assert told_to(led, "per_later") == ["invitation: ready"]
