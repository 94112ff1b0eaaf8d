"""What the tests of letters about waiting tell notifications: an invitation waits, is offered seats, leaves."""

from datetime import UTC, date, datetime
from typing import Any

from services.notifications.use_cases import invitation, waitlist
from tests.integration.notifications.harness import NotificationsHarness

CAMP: dict[str, Any] = {
    "camp_title": "Summer Camp 2026", "place": "Boston", "zone": "America/New_York", "starts_on": date(2026, 7, 13),
    "ends_on": date(2026, 7, 15), "seats": 4, "reasons": [{"kind": "milestone", "title": "Infections halved"}],
}  # fmt: skip


def join(notifications: NotificationsHarness, *, sequence: int = 2, **said: Any) -> None:
    notifications.about_the_invitation(
        waitlist.write_that_it_waits, sequence=sequence, **{**CAMP, "position": 3, **said}
    )


def promote(notifications: NotificationsHarness, *, sequence: int = 3) -> None:
    until = datetime(2026, 6, 29, 21, 30, tzinfo=UTC)
    notifications.about_the_invitation(invitation.write_the_offer, sequence=sequence, offer_until=until, **CAMP)


def leave(notifications: NotificationsHarness, *, sequence: int = 3, **said: Any) -> None:
    about = {"kind": "by_partner", **said}
    notifications.about_the_invitation(waitlist.confirm_that_it_waits_no_longer, sequence=sequence, **about)


def close(notifications: NotificationsHarness, *, sequence: int = 3, **said: Any) -> None:
    """Its camp is frozen while it waits."""
    about = {**CAMP, "position": 3, "was_offered": False, "camp_id": "cmp_1", **said}
    notifications.about_the_invitation(waitlist.write_that_nothing_is_offered, sequence=sequence, **about)
