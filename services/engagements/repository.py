"""Where engagements and milestones are kept."""

from pymongo import IndexModel

from chassis.repository import Repository
from services.engagements.model import Engagement, Milestone


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
    indexes = (IndexModel("engagement_id"),)
