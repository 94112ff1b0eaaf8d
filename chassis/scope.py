"""Who is asking, for which organisation, in which roles: a mandatory argument of every query."""

from dataclasses import dataclass

EVERY_ORGANISATION = "*"


@dataclass(frozen=True, kw_only=True)
class Scope:
    """The caller, as every command, question and query gets it.

    `subject` is who; `organisation` the one whose things they may see, or `*` for all;
    `roles` what they may do.
    """

    subject: str
    organisation: str
    roles: tuple[str, ...] = ()

    @property
    def sees_every_organisation(self) -> bool:
        """Whether this caller works for the whole programme and not for one organisation in it."""
        return self.organisation == EVERY_ORGANISATION

    def narrow(self, owner_field: str | None) -> dict[str, str]:
        """Give the condition a query must carry so that this caller sees only their own.

        `owner_field` names the field that holds the owning organisation; None means that
        the things are everybody's to see.
        """
        if self.sees_every_organisation or owner_field is None:
            return {}
        return {owner_field: self.organisation}


PLATFORM = Scope(subject="platform", organisation=EVERY_ORGANISATION, roles=("platform",))
"""The scope of reactions and timers: they act for the platform itself."""
