"""What the tests of follow-ups share: the events, the hour one falls due, and the state of the only one."""

from datetime import UTC, datetime

from tests.integration.notifications.harness import NotificationsHarness

DUE, COMPLETED, CANCELLED = (f"notifications.follow_up.{state}" for state in ("due", "completed", "cancelled"))
MIDNIGHT_IN_NEW_YORK = datetime(2026, 6, 15, 4, tzinfo=UTC)


def state(notifications: NotificationsHarness) -> str:
    (only,) = notifications.follow_ups()
    return str(only["state"])
