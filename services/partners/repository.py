"""Where partners, people and assessments are kept."""

from collections.abc import Mapping
from typing import Any

from pymongo import IndexModel

from chassis.domain.scope import PLATFORM
from chassis.persistence.repository import NOTHING, Repository
from chassis.schemas.characters import compared
from chassis.schemas.mail_addresses import canonical_address
from services.partners.model.assessment import Assessment
from services.partners.model.partner import Partner, PartnerAlreadyProposed
from services.partners.model.person import Person
from services.partners.model.person_lifecycle import PersonHasLeft, PersonState


class Partners(Repository[Partner]):
    """Every partner; each is its own."""

    collection = "partners"
    aggregate = Partner
    owner_field = "_id"
    external_ids_within = ()
    searched_by = "name"
    indexes = (
        IndexModel(["country", "_id"]),
        IndexModel(["state", "_id"]),
        IndexModel(
            ["name_and_place", "namesake"],
            unique=True,
            partialFilterExpression={"name_and_place": {"$exists": True}},
        ),
    )
    """`namesake` is null, or the id of a partner whose name and place are meant to be another one's, too."""

    def save_as(self, partner: Partner, *, same_name_is_meant: bool) -> Partner:
        """Store a partner under a new name or place; raises PartnerAlreadyProposed, which names the first of them.

        The unique index holds it between two transactions at the same time: the second one begins again.
        """
        name_and_place = f"{compared(partner.name)}\n{compared(partner.place or '')}"
        if not same_name_is_meant:
            self._refuse_a_second(name_and_place, id=partner.id)
        namesake = partner.id if same_name_is_meant else None
        return self.save(partner, index_members={"name_and_place": name_and_place, "namesake": namesake})

    def _refuse_a_second(self, name_and_place: str, *, id: str) -> None:
        first = self.first({"name_and_place": name_and_place, "_id": {"$ne": id}}, scope=PLATFORM)
        if first is not None:
            place = f" in {first.place!r}" if first.place else ""
            meant = "if another one is meant, say `same_name_is_meant`: true"
            raise PartnerAlreadyProposed(f"partner {first.id} has the name {first.name!r}{place}: {meant}")


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


class Assessments(Repository[Assessment]):
    """Every assessment; each is of one partner."""

    collection = "assessments"
    aggregate = Assessment
    owner_field = "partner_id"
