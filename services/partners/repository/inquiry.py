"""Where inquiries are kept."""

from collections.abc import Collection, Mapping
from typing import Any, ClassVar

from pymongo import IndexModel

from chassis.domain.scope import PLATFORM
from chassis.persistence.repository import NOTHING, Backlog, Repository
from services.partners.model.inquiry.inquiry import Inquiry
from services.partners.model.inquiry.inquiry_lifecycle import OPEN

MOST_EARLIER = 20


class Inquiries(Repository[Inquiry]):
    """Every inquiry, for the institute alone: no partner sees what was asked before it was one."""

    collection = "inquiries"
    aggregate = Inquiry
    owner_field = "organisation_id"
    searched_by = "organisation"
    backlog: ClassVar[Backlog] = Backlog(since="answer_due_at")
    """Those whose time to be answered is over."""
    indexes = (
        IndexModel("open_as", unique=True, partialFilterExpression={"open_as": {"$gt": ""}}),
        IndexModel("known_as"),
        IndexModel("answer_due_at"),
        IndexModel("forget_at"),
        IndexModel("inquirer.address"),
        IndexModel(["state", "_id"]),
    )
    """`open_as` is by what an open inquiry is known: of two at once, the second begins again and finds the first."""

    def open_one(self, known_as: Collection[str], *, but: str | None = None) -> Inquiry | None:
        """Give the open inquiry of an organisation, if there is one beside `but`."""
        same = {"known_as": {"$in": list(known_as)}, "state": {"$in": sorted(OPEN)}, "_id": {"$ne": but}}
        return self.first(same, scope=PLATFORM)

    def earlier_ids(self, known_as: Collection[str]) -> list[str]:
        """Give the inquiries of an organisation that are over, the last ones first."""
        same = {"known_as": {"$in": list(known_as)}, "state": {"$nin": sorted(OPEN)}}
        return sorted((each.id for each in self.each(same, scope=PLATFORM)), reverse=True)[:MOST_EARLIER]

    def save(self, aggregate: Inquiry, *, index_members: Mapping[str, Any] = NOTHING) -> Inquiry:
        """Store an inquiry, and by what it is the only one while it is open."""
        open_as = aggregate.known_as if aggregate.is_open else []
        return super().save(aggregate, index_members={**index_members, "open_as": open_as})
