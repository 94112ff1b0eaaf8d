"""Where people are kept."""

from collections.abc import Mapping
from typing import Any

from pymongo import IndexModel

from chassis.domain.scope import PLATFORM
from chassis.persistence.repository import NOTHING, Repository
from chassis.schemas.mail_addresses import canonical_address
from services.partners.model.person import Person
from services.partners.model.person_lifecycle import FormerAddressOfAnother, PersonHasLeft, PersonState
from services.partners.model.role import Role


class People(Repository[Person]):
    """Everybody; each is their partner's and their own; the institute's are seen by who sees every organisation."""

    collection = "people"
    aggregate = Person
    people_in = ("_id",)
    owner_field = "partner_id"
    external_ids_within = ()
    person_field = "_id"
    searched_by = "name"
    indexes = (
        IndexModel(["partner_id", "address"], unique=True, partialFilterExpression={"address": {"$exists": True}}),
        IndexModel("address"),
        IndexModel("addresses_before"),
        IndexModel(["role", "_id"]),
        IndexModel(["roles_now", "_id"]),
    )
    """`address` is the canonical form of the mail address; `addresses_before` has those of the former ones.

    `roles_now` are the roles that somebody has; who was stored before it was kept has their only one as `role`.
    """

    def save_new(self, person: Person, *, same_address_is_meant: bool = False) -> Person:
        """Store somebody who joins, unless their address is, or was, that of somebody on record.

        Raises PersonHasLeft if the address is that of somebody who left: they return; and FormerAddressOfAnother if
        somebody had it before, unless it is meant that this is another person.
        """
        self._refuse_who_left(person)
        return self.save_as(person, same_address_is_meant=same_address_is_meant)

    def save_as(self, person: Person, *, same_address_is_meant: bool) -> Person:
        """Store a person under a new address; raises FormerAddressOfAnother unless another one's is meant."""
        if not same_address_is_meant:
            self._refuse_who_had_it_before(person)
        return self.save(person)

    def save(self, aggregate: Person, *, index_members: Mapping[str, Any] = NOTHING) -> Person:
        """Store a person, and the one spelling that each of their mail addresses is compared by."""
        address = canonical_address(aggregate.email)
        before = {canonical_address(each.email) for each in aggregate.former_addresses} - {address}
        compared = {"address": address, "addresses_before": sorted(before)}
        found_by = {**compared, "roles_now": list(aggregate.roles_now)}
        return super().save(aggregate, index_members={**index_members, **found_by})

    def _refuse_who_left(self, person: Person) -> None:
        address = canonical_address(person.email)
        left = {"partner_id": person.partner_id, "address": address, "state": PersonState.LEFT}
        if known := self.first(left, scope=PLATFORM):
            detail = f"person {known.id} has the address {known.email!r}, and left on {known.left_on}"
            raise PersonHasLeft(f"{detail}: say of that person that they returned")

    def _refuse_who_had_it_before(self, person: Person) -> None:
        before = {"addresses_before": canonical_address(person.email)}
        same = {"partner_id": person.partner_id, **before, "_id": {"$ne": person.id}}
        if known := self.first(same, scope=PLATFORM):
            detail = f"person {known.id} had the address {person.email!r} before"
            raise FormerAddressOfAnother(f"{detail}: if this is another person, say `same_address_is_meant`: true")


def in_role(role: Role) -> dict[str, Any]:
    """Give the condition for whoever has a role, or had it as the main one when they left."""
    return {"$or": [{"role": role}, {"roles_now": role}]}


def at_address(email: str) -> dict[str, Any]:
    """Give the condition for whoever has, or had, a mail address, however that is spelt."""
    address = canonical_address(email)
    return {"$or": [{"address": address}, {"addresses_before": address}]}
