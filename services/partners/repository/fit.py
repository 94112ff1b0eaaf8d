"""Where it is kept how partners fit."""

from collections.abc import Collection
from typing import ClassVar

from pymongo import IndexModel

from chassis.domain.errors import NotFound
from chassis.domain.scope import PLATFORM
from chassis.persistence.repository import Backlog, Repository
from services.partners.model.fit import Fit


class Fits(Repository[Fit]):
    """The fit of every partner that was assessed or admitted; each is of one partner."""

    collection = "fits"
    aggregate = Fit
    owner_field = "partner_id"
    backlog: ClassVar[Backlog] = Backlog(since="next_at")
    """Those of which something is to be noted."""
    indexes = (IndexModel("partner_id", unique=True), IndexModel("next_at"))

    def of_partner(self, partner_id: str) -> Fit | None:
        """Give the fit of a partner, if anything is known of it."""
        return self.first({"partner_id": partner_id}, scope=PLATFORM)

    def seen(self, partner_id: str, *, version: Collection[int] | None) -> Fit:
        """Give the fit of a partner at a version that was seen; raises NotFound and Stale."""
        found = self.of_partner(partner_id)
        if found is None:
            raise NotFound(f"partner {partner_id!r} was never assessed")
        return self.get(found.id, scope=PLATFORM, version=version)
