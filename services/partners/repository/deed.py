"""Where it is kept what partners did."""

from collections.abc import Iterator

from pymongo import IndexModel

from chassis.domain.errors import PerhapsNotKnownYet
from chassis.domain.scope import PLATFORM
from chassis.persistence.repository import Repository
from services.partners.model.deed import Deed, DeedKind


class Deeds(Repository[Deed]):
    """What partners did, as other services told; each is one partner's, under the id of what it is of, and its kind."""

    collection = "deeds"
    aggregate = Deed
    owner_field = "partner_id"
    indexes = (IndexModel(["partner_id", "counts"]),)

    def that_count_of(self, partner_id: str) -> Iterator[Deed]:
        """Iterate over what a partner did and that was not taken back."""
        return self.each({"partner_id": partner_id, "counts": True}, scope=PLATFORM)

    def refuse_unless_shared(self, experience_id: str, *, by: str) -> None:
        """Raise PerhapsNotKnownYet, which names the field, unless a partner shares this experience."""
        told = self.first({"_id": f"{experience_id}:{DeedKind.EXPERIENCE_SHARED}", "counts": True}, scope=PLATFORM)
        if told is None:
            detail = f"An experience that is shared is expected; got '{experience_id}'"
            raise PerhapsNotKnownYet.at(f"/{by}", "unknown", f"{detail}. One shared just now may be known soon")
