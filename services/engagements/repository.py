"""Where engagements and milestones are kept."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pymongo import IndexModel

from chassis.repository import Repository
from services.engagements.model.coaching_session import CoachingSession
from services.engagements.model.engagement import Engagement
from services.engagements.model.milestone import Milestone


def overdue(now: datetime) -> Mapping[str, Any]:
    """Give the condition for milestones whose day was waited for and is over."""
    return {"overdue_at": {"$lte": now}}


class Engagements(Repository[Engagement]):
    """Every engagement; each is its partner's."""

    collection = "engagements"
    aggregate = Engagement
    owner_field = "partner_id"


class Milestones(Repository[Milestone]):
    """Every milestone; each is its partner's."""

    collection = "milestones"
    aggregate = Milestone
    owner_field = "partner_id"
    indexes = (IndexModel("engagement_id"), IndexModel("overdue_at"))


class CoachingSessions(Repository[CoachingSession]):
    """Every coaching session; each is its partner's."""

    collection = "coaching_sessions"
    aggregate = CoachingSession
    owner_field = "partner_id"
    indexes = (IndexModel("engagement_id"), IndexModel("coach_id"))
