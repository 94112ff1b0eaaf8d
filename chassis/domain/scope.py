"""Who is asking, for which organisation, in which roles: a mandatory argument of every query."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

EVERY_ORGANISATION = "*"


@dataclass(frozen=True, kw_only=True)
class Scope:
    """The caller, as every command, question and query gets it.

    `subject` is who; `organisation` the one whose things they may see, or `*` for all;
    `roles` what they may do. `person` is the id under which they are on record, if they are;
    `token_id` tells apart what they prove themselves with. Somebody who works for the whole
    programme, but only with some organisations, has these in `assigned`; None means all.
    """

    subject: str
    organisation: str
    roles: tuple[str, ...] = ()
    person: str | None = None
    token_id: str | None = None
    assigned: tuple[str, ...] | None = None

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Scope":
        """Read a scope that came over the wire; raises TypeError for a member that is not known: it could narrow."""
        assigned = data.get("assigned")
        lists = {"roles": tuple(data["roles"]), "assigned": None if assigned is None else tuple(assigned)}
        return cls(**{**data, **lists})

    @property
    def works_for_the_programme(self) -> bool:
        """Whether this caller works for the whole programme and not for one organisation in it."""
        return self.organisation == EVERY_ORGANISATION

    def narrow(self, owner_field: str | None) -> dict[str, Any]:
        """Give the condition a query must carry so that this caller sees only what is theirs to see.

        `owner_field` names the field that holds the owning organisation; None means that
        the things are everybody's to see.
        """
        if owner_field is None:
            return {}
        if not self.works_for_the_programme:
            return {owner_field: self.organisation}
        return {} if self.assigned is None else {owner_field: {"$in": list(self.assigned)}}


PLATFORM = Scope(subject="platform", organisation=EVERY_ORGANISATION, roles=("platform",))
"""The scope of reactions and timers: they act for the platform itself."""
