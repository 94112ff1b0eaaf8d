"""Letters and follow-ups within the caller's scope."""

import pytest

from chassis.domain.errors import NotFound
from chassis.domain.scope import Scope
from services.notifications import views
from tests.integration.notifications.harness import CAUSE, NotificationsHarness

STAFF = Scope(subject="anna", organisation="*", roles=("programme_staff",))
LEADER = Scope(subject="asa", organisation="prt_1", roles=("partner_lead",))
STRANGER = Scope(subject="bo", organisation="prt_2", roles=("partner_lead",))


@pytest.fixture
def told(notifications: NotificationsHarness) -> NotificationsHarness:
    """A milestone of `prt_1` was reached: its leader and the coach were written to."""
    notifications.partner("prt_1")
    notifications.person("per_leader", partner_id="prt_1")
    notifications.coach("per_coach")
    notifications.coach_after()
    notifications.tell()
    return notifications


def categories(notifications: NotificationsHarness, scope: Scope, **where: str) -> list[str]:
    return sorted(letter["category"] for letter in notifications.letters(scope, **where))


def test_the_institute_sees_every_letter(told: NotificationsHarness) -> None:
    assert categories(told, STAFF, partner_id="prt_1") == ["follow_up", "milestone"]


def test_a_partner_sees_the_letters_to_its_own_people_and_not_those_to_coaches(told: NotificationsHarness) -> None:
    assert categories(told, LEADER) == ["milestone"]
    assert categories(told, LEADER, partner_id="prt_1", category="follow_up") == []


COACH = Scope(subject="carla", organisation="*", roles=("faculty",), person="per_coach", assigned=())


def test_a_coach_sees_what_was_written_to_them_and_to_nobody_else(told: NotificationsHarness) -> None:
    (letter,) = told.letters(COACH, recipient_id="per_coach")

    assert letter["category"] == "follow_up"
    assert categories(told, COACH) == ["follow_up"]
    assert categories(told, COACH, recipient_id="per_leader") == []
    reading = told.store.reading(cause=CAUSE)
    assert views.show_delivery(reading, COACH, delivery_id=letter["id"]).id == letter["id"]
    assert views.explain_delivery(reading, COACH, delivery_id=letter["id"]).delivery_id == letter["id"]


def test_one_asks_for_ones_own_letters_without_an_id(told: NotificationsHarness) -> None:
    me = {"recipient": views.OwnLetters.ME}
    somebody_of_staff = Scope(subject="anna", organisation="*", roles=("programme_staff",), person="per_coach")

    assert categories(told, somebody_of_staff, **me) == ["follow_up"]
    assert categories(told, COACH, **me) == ["follow_up"]
    assert categories(told, COACH, **me, category="milestone") == []
    assert categories(told, somebody_of_staff, **me, recipient_id="per_leader") == []
    assert categories(told, STAFF, **me) == []


def test_a_partner_sees_no_other_partners_letters(told: NotificationsHarness) -> None:
    assert categories(told, STRANGER) == []
    assert categories(told, STRANGER, partner_id="prt_1") == []


@pytest.mark.parametrize(
    ("category", "scope"), [("follow_up", LEADER), ("follow_up", STRANGER), ("milestone", STRANGER)]
)
def test_a_letter_one_may_not_read_is_not_there(told: NotificationsHarness, category: str, scope: Scope) -> None:
    (letter,) = told.letters(STAFF, category=category)

    with pytest.raises(NotFound):
        views.show_delivery(told.store.reading(cause=CAUSE), scope, delivery_id=letter["id"])


def test_a_coach_employed_by_one_partner_shows_it_nothing_about_another(notifications: NotificationsHarness) -> None:
    notifications.partner("prt_1")
    notifications.coach("per_coach", partner_id="prt_2")

    notifications.coach_after(partner_id="prt_1")

    assert categories(notifications, STAFF) == ["follow_up"]
    assert categories(notifications, STRANGER) == []


def test_what_a_letter_shows_says_nothing_of_our_processes(told: NotificationsHarness) -> None:
    told.post()

    (letter,) = told.letters(LEADER)

    assert letter["state"] == "sent"
    assert not {"claim", "cause", "recorded", "sequence", "about_sequence", "occasion", "unwanted"} & set(letter)


def test_follow_ups_are_seen_by_their_partner_and_the_institute(told: NotificationsHarness) -> None:
    assert len(told.follow_ups(STAFF, milestone_id="mst_1")) == 1
    assert len(told.follow_ups(LEADER, state="planned")) == 1
    assert told.follow_ups(STRANGER, partner_id="prt_1") == []


def test_a_coach_sees_what_was_written_to_them_whatever_they_are_assigned_to(told: NotificationsHarness) -> None:
    coach = Scope(subject="co", organisation="*", roles=("faculty",), person="per_coach", assigned=())

    assert categories(told, coach) == ["follow_up"]
