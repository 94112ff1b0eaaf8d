"""What the tests of notifications share: the service, called directly."""

import pytest

from chassis.persistence.unit_of_work import Store
from cli.local.parts import Parts
from services.notifications.use_cases import engagement_standing
from tests.integration.notifications.harness import NotificationsHarness


@pytest.fixture
def notifications(store: Store, parts: Parts) -> NotificationsHarness:
    """Notifications with its indexes, and nothing in it."""
    assert parts.mail_folder
    return NotificationsHarness(store, smtp_uri=parts.smtp_uri, mail_folder=parts.mail_folder)


@pytest.fixture
def known(notifications: NotificationsHarness) -> NotificationsHarness:
    """A partner and its leader are known."""
    notifications.partner()
    notifications.person("per_leader")
    return notifications


@pytest.fixture
def one_coach(notifications: NotificationsHarness) -> NotificationsHarness:
    """Partner, leader and coach are known; nothing has been reached."""
    notifications.partner()
    notifications.person("per_leader")
    notifications.coach("per_coach", zone="America/New_York")
    return notifications


@pytest.fixture
def planned(one_coach: NotificationsHarness) -> NotificationsHarness:
    """A milestone was reached, and the coach is to follow up by 15 June 2026."""
    one_coach.coach_after()
    one_coach.tell()
    return one_coach


@pytest.fixture
def coaches(notifications: NotificationsHarness) -> NotificationsHarness:
    """A partner, its coach, who may be their successors, and somebody of the institute's staff."""
    notifications.partner()
    notifications.person("per_leader")
    notifications.coach("per_coach")
    notifications.coach("per_successor", zone="Europe/Stockholm")
    notifications.coach("per_third")
    notifications.coach("per_staff", role="staff")
    return notifications


@pytest.fixture
def coached(notifications: NotificationsHarness) -> NotificationsHarness:
    """Work is under way: a coach is to follow up on a milestone by 15 June."""
    notifications.partner()
    notifications.person("per_leader")
    notifications.coach("per_coach")
    lead = {"engagement_id": "eng_1", "lead_coach_id": "per_coach"}
    notifications.do(engagement_standing.keep_the_lead_coach, sequence=3, **lead)
    notifications.coach_after()
    return notifications
