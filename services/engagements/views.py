"""What one can see of engagements: read-only, plain data out."""

from typing import Any

from chassis.domain.scope import Scope
from chassis.persistence.queries import listed, shown
from chassis.persistence.unit_of_work import UnitOfWork
from services.engagements.model.coaching_session import CoachingState
from services.engagements.model.engagement import EngagementState
from services.engagements.model.milestone import OPEN, MilestoneState
from services.engagements.repository import CoachingSessions, Engagements, Milestones


def show_engagement(*, work: UnitOfWork, scope: Scope, engagement_id: str) -> dict[str, object]:
    """One engagement within the caller's scope."""
    return shown(Engagements(work), engagement_id, scope=scope)


def list_engagements(*, work: UnitOfWork, scope: Scope, **asked: Any) -> dict[str, object]:
    """Engagements within the caller's scope, a page at a time."""
    return listed(Engagements(work), scope=scope, **asked)


def list_depth(*, work: UnitOfWork, scope: Scope, **asked: Any) -> dict[str, object]:
    """How deep the engagements under way are, a page at a time: areas, milestones, and coaching that took place."""
    page = listed(Engagements(work), scope=scope, state=EngagementState.ACTIVE, **asked)
    theirs = {"partner_id": {"$in": [engagement["partner_id"] for engagement in page["items"]]}}
    reached = Milestones(work).counts("partner_id", where=theirs | {"state": MilestoneState.REACHED}, scope=scope)
    open = Milestones(work).counts("partner_id", where=theirs | {"state": {"$in": sorted(OPEN)}}, scope=scope)
    held = CoachingSessions(work).counts("partner_id", where=theirs | {"state": CoachingState.HELD}, scope=scope)
    return page | {
        "items": [
            {
                "engagement_id": engagement["id"],
                "partner_id": engagement["partner_id"],
                "partner_name": engagement["partner_name"],
                "key_areas": engagement["key_areas"],
                "milestones_reached": reached.get(engagement["partner_id"], 0),
                "milestones_open": open.get(engagement["partner_id"], 0),
                "coaching_sessions_held": held.get(engagement["partner_id"], 0),
            }
            for engagement in page["items"]
        ]
    }


def show_milestone(*, work: UnitOfWork, scope: Scope, milestone_id: str) -> dict[str, object]:
    """One milestone within the caller's scope."""
    return shown(Milestones(work), milestone_id, scope=scope)


def list_milestones(*, work: UnitOfWork, scope: Scope, **asked: Any) -> dict[str, object]:
    """Milestones within the caller's scope, a page at a time."""
    return listed(Milestones(work), scope=scope, **asked)


def show_coaching_session(*, work: UnitOfWork, scope: Scope, session_id: str) -> dict[str, object]:
    """One coaching session within the caller's scope."""
    return _as_seen_by(scope, shown(CoachingSessions(work), session_id, scope=scope))


def list_coaching_sessions(*, work: UnitOfWork, scope: Scope, **asked: Any) -> dict[str, object]:
    """Coaching sessions within the caller's scope, a page at a time."""
    page = listed(CoachingSessions(work), scope=scope, **asked)
    return page | {"items": [_as_seen_by(scope, session) for session in page["items"]]}


def _as_seen_by(scope: Scope, session: dict[str, object]) -> dict[str, object]:
    """Notes of a coaching session are for those who work for the whole programme."""
    return session if scope.works_for_the_programme else session | {"notes": None}
