"""Where people are kept."""

from collections.abc import Mapping
from typing import Any

from pymongo import IndexModel

from chassis.domain.scope import PLATFORM
from chassis.persistence.repository import NOTHING, Repository
from chassis.schemas.mail_addresses import canonical_address
from services.partners.model.person import Person
from services.partners.model.person_lifecycle import PersonHasLeft, PersonState


class People(Repository[Person]):
    """Everybody; each is their partner's and their own; the institute's are seen by who sees every organisation."""

    collection = "people"
    aggregate = Person
    owner_field = "partner_id"
    external_ids_within = ()
    person_field = "_id"
    searched_by = "name"
    indexes = (
        IndexModel(["partner_id", "address"], unique=True, partialFilterExpression={"address": {"$exists": True}}),
        IndexModel("address"),
        IndexModel(["role", "_id"]),
    )
    """`address` is the canonical form of the mail address."""

    def save_new(self, person: Person) -> Person:
        """Store somebody who joins; raises PersonHasLeft if the address is that of somebody who left: they return."""
        address = canonical_address(person.email)
        left = {"partner_id": person.partner_id, "address": address, "state": PersonState.LEFT}
        if known := self.first(left, scope=PLATFORM):
            detail = f"person {known.id} has the address {known.email!r}, and left on {known.left_on}"
            raise PersonHasLeft(f"{detail}: say of that person that they returned")
        return self.save(person)

    def save(self, aggregate: Person, *, index_members: Mapping[str, Any] = NOTHING) -> Person:
        """Store a person, and the one spelling that their mail address is compared by."""
        address = canonical_address(aggregate.email)
        return super().save(aggregate, index_members={**index_members, "address": address})
