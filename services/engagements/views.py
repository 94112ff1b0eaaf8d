"""What one can see of engagements: read-only, plain data out."""

from chassis.scope import Scope
from chassis.store import Work
from chassis.views import listed, shown
from services.engagements.repository import Engagements, Milestones


def show_engagement(*, work: Work, scope: Scope, engagement_id: str) -> dict[str, object]:
    """One engagement within the caller's scope."""
    return shown(Engagements(work), engagement_id, scope=scope)


def list_engagements(*, work: Work, scope: Scope, limit: int, cursor: str | None, **where: str) -> dict[str, object]:
    """Engagements within the caller's scope, a page at a time."""
    return listed(Engagements(work), where, scope=scope, limit=limit, cursor=cursor)


def show_milestone(*, work: Work, scope: Scope, milestone_id: str) -> dict[str, object]:
    """One milestone within the caller's scope."""
    return shown(Milestones(work), milestone_id, scope=scope)


def list_milestones(*, work: Work, scope: Scope, limit: int, cursor: str | None, **where: str) -> dict[str, object]:
    """Milestones within the caller's scope, a page at a time."""
    return listed(Milestones(work), where, scope=scope, limit=limit, cursor=cursor)
