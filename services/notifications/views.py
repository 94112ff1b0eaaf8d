"""What one can see of notifications: read-only, plain data out. Others know letters as deliveries."""

from typing import Any

from chassis.scope import Scope
from chassis.store import Work
from chassis.views import listed, shown
from services.notifications.repository import FollowUps, Letters


def show_follow_up(*, work: Work, scope: Scope, follow_up_id: str) -> dict[str, object]:
    """One coaching follow-up within the caller's scope."""
    return shown(FollowUps(work), follow_up_id, scope=scope)


def list_follow_ups(*, work: Work, scope: Scope, **asked: Any) -> dict[str, object]:
    """Coaching follow-ups within the caller's scope, a page at a time."""
    return listed(FollowUps(work), scope=scope, **asked)


def show_delivery(*, work: Work, scope: Scope, delivery_id: str) -> dict[str, object]:
    """One letter within the caller's scope, with what happened to it."""
    return shown(Letters(work), delivery_id, scope=scope)


def list_deliveries(*, work: Work, scope: Scope, **asked: Any) -> dict[str, object]:
    """Letters within the caller's scope, a page at a time."""
    return listed(Letters(work), scope=scope, **asked)
