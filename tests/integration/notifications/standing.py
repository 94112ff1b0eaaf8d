"""What a test of notifications tells it of a partnership and an engagement: they rest, go on, end and begin anew."""

from datetime import date
from typing import Any

from services.notifications.use_cases import engagement, engagement_standing, partner, people
from tests.integration.notifications.harness import NotificationsHarness


def pause(notifications: NotificationsHarness, *, sequence: int = 4, **said: Any) -> None:
    about = {"engagement_id": "eng_1", "partner_id": "prt_1", "reason": "Elections", **said}
    notifications.do(engagement_standing.rest_coaching, sequence=sequence, **about)


def resume(notifications: NotificationsHarness, *, sequence: int = 5, **said: Any) -> None:
    about = {"engagement_id": "eng_1", "partner_id": "prt_1", **said}
    notifications.do(engagement_standing.take_up_coaching, sequence=sequence, **about)


def close(notifications: NotificationsHarness, *, sequence: int = 6, **said: Any) -> None:
    about = {"engagement_id": "eng_1", "partner_id": "prt_1", "closed_on": date(2026, 9, 30), "reason": "Merged"}
    notifications.do(engagement_standing.end_coaching, sequence=sequence, **{**about, **said})


def reopen(notifications: NotificationsHarness, *, sequence: int) -> None:
    about = {"engagement_id": "eng_1", "partner_id": "prt_1"}
    notifications.do(engagement_standing.take_up_coaching, sequence=sequence, **about)


def hand_over(notifications: NotificationsHarness, *, sequence: int) -> None:
    about = {"engagement_id": "eng_1", "partner_id": "prt_1", "coach_id": "per_successor"}
    notifications.do(engagement.reassign_coaching, sequence=sequence, **about)


def depart(notifications: NotificationsHarness) -> None:
    notifications.do(partner.say_goodbye, sequence=7, partner_id="prt_1", reason="Merged", departed_on=date(2026, 6, 2))


def come_back(notifications: NotificationsHarness) -> None:
    """The partner is admitted a second time."""
    about = {"partner_id": "prt_1", "name": "Partner prt_1", "zone": "Europe/Stockholm", "leader_ids": ["per_leader"]}
    term = {"term_starts_on": date(2026, 6, 3), "term_ends_on": date(2029, 12, 31)}
    notifications.do(people.welcome_the_leaders, sequence=9, **about, **term, admission_number=2)


def state(notifications: NotificationsHarness) -> str:
    (only,) = notifications.follow_ups()
    return str(only["state"])


def told(notifications: NotificationsHarness, recipient: str) -> list[str]:
    """The categories of letters that are on their way to somebody."""
    return [each["category"] for each in notifications.letters(state="ready") if each["recipient_id"] == recipient]
