"""Where camps, and copies of whom they concern, are kept."""

from collections.abc import Collection, Mapping
from datetime import datetime
from operator import attrgetter
from typing import Any

from pymongo import IndexModel

from chassis.domain.capabilities import Capability
from chassis.domain.scope import PLATFORM, Scope
from chassis.persistence.repository import NOTHING, Repository
from chassis.persistence.unit_of_work import Document
from chassis.schemas.zones import law_of_zones
from services.camps.model.camp import Camp
from services.camps.model.camp_lifecycle import CampState
from services.camps.model.eligible_partner import EligiblePartner
from services.camps.model.invitations.reply_link import HolderNotKnownYet
from services.camps.model.person import Person


class Camps(Repository[Camp]):
    """Every camp; once it is announced, it is everybody's to see."""

    collection = "camps"
    aggregate = Camp
    owner_field = None
    searched_by = "title"
    indexes = (
        IndexModel(["season", "year"], unique=True, partialFilterExpression={"cancellation": None}),
        IndexModel(["state", "starts_on"]),
        IndexModel(["next_step_at"]),
        IndexModel(["derived.law"]),
    )
    """There is one camp a season, apart from those that were cancelled."""

    @staticmethod
    def that_wait(at: datetime) -> Mapping[str, Any]:
        """Say which camps freeze, begin or end now, or were stored before it was kept when they do."""
        return {"$or": [{"next_step_at": {"$lte": at}}, {"next_step_at": {"$exists": False}}]}

    @staticmethod
    def of_an_earlier_law() -> Mapping[str, Any]:
        """Say of which camps instants are kept that an earlier law of zones gave, or none yet."""
        return {"$or": [{"derived.law": {"$lt": law_of_zones()}}, {"derived": None}]}

    def save(self, aggregate: Camp, *, index_members: Mapping[str, Any] = NOTHING) -> Camp:
        """Store it with its instants, and when it freezes, begins or ends by itself next."""
        aggregate.keep_instants(law_of_zones())
        return super().save(aggregate, index_members={**index_members, "next_step_at": aggregate.next_step_at()})

    def inviting(self, *, at: datetime) -> list[Camp]:
        """Give the camps that invite now, neither frozen nor begun, the one that begins first before all others."""
        inviting = self.each({"state": CampState.INVITING}, scope=PLATFORM)
        return sorted((camp for camp in inviting if camp.gives_seats(at)), key=attrgetter("starts_on"))

    def _seen_by(self, scope: Scope) -> Document:
        """Let only the institute see drafts."""
        seen = super()._seen_by(scope)
        return seen if scope.is_unrestricted else {"$and": [seen, {"is_announced": {"$ne": False}}]}


class EligiblePartners(Repository[EligiblePartner]):
    """Every partner that may be invited; each is its own."""

    collection = "eligible_partners"
    aggregate = EligiblePartner
    owner_field = "_id"

    def subdivisions(self, ids: Collection[str]) -> dict[str, str | None]:
        """Give in which part of their country each of these partners is, by their ids."""
        return {each.id: each.subdivision for each in self.each({"_id": {"$in": sorted(ids)}}, scope=PLATFORM)}


class People(Repository[Person]):
    """Every person known by events; each belongs to their partner."""

    collection = "people"
    aggregate = Person
    people_in = ("_id",)
    owner_field = "partner_id"

    def about(self, person_id: str, *, partner_id: str | None) -> Person:
        """Give what is known of a person, if only whose they are."""
        return self.first({"_id": person_id}, scope=PLATFORM) or Person(id=person_id, partner_id=partner_id)

    def holding(self, held: Capability) -> Person:
        """Give whom a link was sent to; raises HolderNotKnownYet."""
        found = self.first({"_id": held.holder_id}, scope=PLATFORM)
        if found is None:
            raise HolderNotKnownYet
        return found
