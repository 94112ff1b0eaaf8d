"""The caller's scope: who, for which organisation, in which roles; a mandatory argument of every query."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

EVERY_ORGANISATION = "*"


@dataclass(frozen=True, kw_only=True)
class Scope:
    """The caller of an operation.

    `subject` identifies the caller; `organisation` is the one whose data they may see, or `*` for all; `roles` are what
    they may do. `person` is their person id, if they have one; `token_id` the id of their token; `address` that of the
    client they use. A caller who sees all organisations may be restricted to those in `assigned`; None means no
    restriction.
    """

    subject: str
    organisation: str
    roles: tuple[str, ...] = ()
    person: str | None = None
    token_id: str | None = None
    address: str | None = None
    assigned: tuple[str, ...] | None = None

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Scope":
        """Make a scope from JSON data; raises TypeError for an unknown member, which could be a restriction."""
        assigned = data.get("assigned")
        lists = {"roles": tuple(data["roles"]), "assigned": None if assigned is None else tuple(assigned)}
        return cls(**{**data, **lists})

    @property
    def is_unrestricted(self) -> bool:
        """Whether this caller works for all organisations and not for one of them."""
        return self.organisation == EVERY_ORGANISATION

    def narrow(self, owner_field: str | None, *, person_field: str | None = None) -> dict[str, Any]:
        """Give the condition that restricts a MongoDB query to what this caller may see.

        `owner_field` names the field that holds the owning organisation; None means that every caller may see all.
        `person_field` names the field that holds the person whom it is about: it is theirs to see, whoever owns it.
        """
        theirs = self._narrow_to_owned(owner_field)
        if not theirs or person_field is None or self.person is None:
            return theirs
        return {"$or": [theirs, {person_field: self.person}]}

    def _narrow_to_owned(self, owner_field: str | None) -> dict[str, Any]:
        if owner_field is None:
            return {}
        if not self.is_unrestricted:
            return {owner_field: self.organisation}
        return {} if self.assigned is None else {owner_field: {"$in": list(self.assigned)}}


PLATFORM = Scope(subject="platform", organisation=EVERY_ORGANISATION, roles=("platform",))
"""The scope of reactions and timers: they act for the platform itself."""
