"""Another coach leads an engagement or holds a session, as notifications hears of it."""

from datetime import UTC, datetime
from typing import Any

from services.notifications.use_cases import engagement, session_coach
from tests.integration.notifications.harness import NotificationsHarness

SESSION = {
    "session_id": "cos_1", "partner_id": "prt_1", "held_at": datetime(2026, 6, 10, 12, tzinfo=UTC),
    "zone": "Europe/Stockholm",
}  # fmt: skip


def change(
    notifications: NotificationsHarness, to: str = "per_successor", *, former: str = "per_coach", sequence: int = 5
) -> None:
    about: dict[str, Any] = {"engagement_id": "eng_1", "partner_id": "prt_1", "coach_id": to, "sequence": sequence}
    notifications.do(engagement.reassign_coaching, **about)
    notifications.do(engagement.tell_the_former_coach, former_coach_id=former, **about)


def hand_over(notifications: NotificationsHarness, to: str = "per_third", *, former: str = "per_coach",
              sequence: int = 2, with_engagement: bool = False) -> None:  # fmt: skip
    about: dict[str, Any] = {**SESSION, "coach_id": to, "sequence": sequence}
    notifications.do(session_coach.tell_the_session_coach, **about)
    notifications.do(session_coach.tell_the_leaders_who_holds_it, **about, with_engagement=with_engagement)
    more: dict[str, Any] = {"former_coach_id": former, "with_engagement": with_engagement}
    notifications.do(session_coach.tell_the_former_session_coach, **about, **more)


def to_each(notifications: NotificationsHarness) -> list[tuple[str, str]]:
    """What is sent, or to be sent, to whom."""
    letters = [each for each in notifications.letters() if each["state"] != "cancelled"]
    return sorted((each["recipient_id"], each["category"]) for each in letters)
