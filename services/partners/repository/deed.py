"""Where it is kept what partners did."""

from collections.abc import Iterator

from pymongo import IndexModel

from chassis.domain.scope import PLATFORM
from chassis.persistence.repository import Repository
from services.partners.model.deed import Deed


class Deeds(Repository[Deed]):
    """What partners did, as other services told; each is one partner's, under the id of what it is of, and its kind."""

    collection = "deeds"
    aggregate = Deed
    owner_field = "partner_id"
    indexes = (IndexModel(["partner_id", "counts"]),)

    def that_count_of(self, partner_id: str) -> Iterator[Deed]:
        """Iterate over what a partner did and that was not taken back."""
        return self.each({"partner_id": partner_id, "counts": True}, scope=PLATFORM)
