"""Where partners are kept."""

from collections.abc import Mapping
from typing import Any

from pymongo import IndexModel

from chassis.domain.scope import PLATFORM
from chassis.persistence.documents import from_document, to_document
from chassis.persistence.repository import Repository
from chassis.schemas.characters import compared
from services.partners.model.organisation.identifier import IdentifierTaken
from services.partners.model.organisation.organisation import DESCRIBED
from services.partners.model.partner import Partner, PartnerAlreadyProposed


class Partners(Repository[Partner]):
    """Every partner; each is its own."""

    collection = "partners"
    aggregate = Partner
    owner_field = "_id"
    external_ids_within = ()
    searched_by = "searched_words"
    indexes = (
        IndexModel(["country", "_id"]),
        IndexModel(["state", "_id"]),
        IndexModel(["issues.issue", "_id"]),
        IndexModel(["identifiers.identifier", "_id"]),
        IndexModel(
            ["identifiers.scheme", "identifiers.identifier"],
            unique=True,
            partialFilterExpression={"identifiers.identifier": {"$gt": ""}},
        ),
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

    def refuse_identifiers_of_others(self, partner: Partner) -> None:
        """Raise IdentifierTaken, which names who has it, where a register calls another partner so.

        The unique index holds it between two transactions at the same time.
        """
        for each in partner.identifiers:
            same = {"identifiers": {"$elemMatch": {"scheme": each.scheme, "identifier": each.identifier}}}
            other = self.first({**same, "_id": {"$ne": partner.id}}, scope=PLATFORM)
            if other is not None:
                known = f"partner {other.id} has the identifier {each.identifier!r} of {each.scheme} already"
                raise IdentifierTaken(f"{known}: one that no other partner has is expected")

    def _refuse_a_second(self, name_and_place: str, *, id: str) -> None:
        first = self.first({"name_and_place": name_and_place, "_id": {"$ne": id}}, scope=PLATFORM)
        if first is not None:
            place = f" in {first.place!r}" if first.place else ""
            meant = "if another one is meant, say `same_name_is_meant`: true"
            raise PartnerAlreadyProposed(f"partner {first.id} has the name {first.name!r}{place}: {meant}")


def described(partner: Partner) -> dict[str, Any]:
    """Give what is described of a partner, as it is kept: plain values, which can be compared and kept beside it."""
    document = to_document(partner)
    return {name: document[name] for name in DESCRIBED}


def with_members(partner: Partner, members: Mapping[str, Any]) -> Partner:
    """Give a partner as it would be with some of its members as they are kept; the one that is given stays."""
    return from_document({**to_document(partner), **members}, Partner)
