"""Who of the institute is told that two partners lost touch, and when nobody is any more."""

import pytest

from chassis.domain.errors import Superseded
from services.notifications.use_cases import connection
from tests.integration.notifications.harness import NotificationsHarness

CONNECTION = {"connection_id": "con_1"}


@pytest.fixture
def staffed(one_coach: NotificationsHarness) -> NotificationsHarness:
    """The institute has one person on its staff, and another partner."""
    one_coach.person("per_staff", partner_id=None, role="staff")
    one_coach.partner("prt_2")
    return one_coach


def fall_dormant(known: NotificationsHarness, *, sequence: int) -> None:
    said = {"partner_ids": ["prt_1", "prt_2"], "kind": "joint_test", "quiet_since": "2026-03-02"}
    known.do(connection.tell_that_they_lost_touch, sequence=sequence, **CONNECTION, **said)


def test_staff_is_told_that_two_partners_lost_touch(staffed: NotificationsHarness) -> None:
    fall_dormant(staffed, sequence=4)

    (letter,) = staffed.letters()
    assert letter["recipient_id"] == "per_staff"
    assert letter["subject"] == "Partner prt_1 and Partner prt_2: nothing is heard of their connection"
    assert "agreed on a joint test" in letter["body"]


def test_nobody_is_told_once_a_contact_is_known_whichever_is_heard_first(staffed: NotificationsHarness) -> None:
    fall_dormant(staffed, sequence=4)
    staffed.do(connection.stop_telling_that_they_lost_touch, sequence=6, **CONNECTION)

    with pytest.raises(Superseded):
        fall_dormant(staffed, sequence=5)
    assert staffed.categories() == ["connection_dormant: cancelled"]


def propose(known: NotificationsHarness, *, sequence: int) -> None:
    said = {
        "partner_ids": ["prt_1", "prt_2"],
        "kind": "site_visit",
        "by_partner_id": "prt_2",
        "purpose": "Your huddles",
    }
    known.do(connection.tell_the_leaders_what_is_proposed, sequence=sequence, **CONNECTION, **said)


def test_leaders_are_told_what_another_partner_proposes_to_them_and_the_proposing_ones_are_not(
    staffed: NotificationsHarness,
) -> None:
    propose(staffed, sequence=1)

    letters = staffed.letters()
    assert letters
    assert {each["organisation_id"] for each in letters} == {"prt_1"}
    assert {each["subject"] for each in letters} == {"Partner prt_2 proposes something to Partner prt_1"}
    assert all("Your huddles" in each["body"] for each in letters)


def test_nobody_is_told_what_is_answered_whichever_is_heard_first(staffed: NotificationsHarness) -> None:
    staffed.do(connection.stop_telling_what_is_proposed, sequence=2, **CONNECTION)

    with pytest.raises(Superseded):
        propose(staffed, sequence=1)
    assert staffed.letters() == []
