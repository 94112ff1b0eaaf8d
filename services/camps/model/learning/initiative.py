"""An initiative of a partner, as far as camps knows it: what is promised can be tested in it."""

from dataclasses import dataclass

from chassis.domain.aggregate import Aggregate
from chassis.domain.errors import Invalid


class InitiativeOfAnotherPartner(Invalid):
    """A test is promised in an initiative of the partner that promises it."""


@dataclass(kw_only=True)
class KnownInitiative(Aggregate):
    """Camps' own copy of an initiative: whose it is."""

    partner_id: str

    def refuse_unless_of(self, partner_id: str) -> None:
        """Raise InitiativeOfAnotherPartner for one of another partner."""
        if self.partner_id != partner_id:
            detail = f"An initiative of partner {partner_id} is expected; got '{self.id}'"
            raise InitiativeOfAnotherPartner.at("/initiative_id", "another_organisation", detail)
