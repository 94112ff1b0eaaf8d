"""Where asks and offers of help are kept, and the matches between them."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pymongo import IndexModel

from chassis.domain.scope import PLATFORM, Scope
from chassis.persistence.pagination import Order
from chassis.persistence.repository import Repository
from services.camps.model.learning.ask import Ask
from services.camps.model.learning.match import Match
from services.camps.model.learning.match_lifecycle import MatchState
from services.camps.model.learning.notice import Notice, Visibility
from services.camps.model.learning.notice_lifecycle import NoticeState
from services.camps.model.learning.offer import Offer

N = TypeVar("N", bound=Notice)
MOST_WEIGHED = 500
"""How many that have something in common are weighed, the newest of them: work stays bounded however many there are."""


class Notices(Repository[N]):
    """Asks, or offers; each is its partner's to change."""

    owner_field = "partner_id"
    searched_by = "title"
    indexes = (
        IndexModel(["state", "topics"]),
        IndexModel(["state", "focus_area"]),
        IndexModel(["state", "words"]),
        IndexModel(["partner_id", "state"]),
    )

    def open_of(self, partner_id: str) -> list[N]:
        """Give those of a partner that stand."""
        return list(self.each({"partner_id": partner_id, "state": NoticeState.OPEN}, scope=PLATFORM))

    def that_may_fit(self, other: Notice) -> list[N]:
        """Give those of other partners that stand and have a topic, the focus area or a word in common with it."""
        shared: list[Mapping[str, Any]] = [{"topics": {"$in": other.topics}}, {"words": {"$in": other.words}}]
        shared += [{"focus_area": other.focus_area}] if other.focus_area else []
        where = {"state": NoticeState.OPEN, "partner_id": {"$ne": other.partner_id}, "$or": shared}
        return self.page(where, scope=PLATFORM, limit=MOST_WEIGHED, order=Order("_id", -1))


class Asks(Notices[Ask]):
    """Every ask."""

    collection = "asks"
    aggregate = Ask


class Offers(Notices[Offer]):
    """Every offer of help."""

    collection = "offers"
    aggregate = Offer


class SharedAsks(Asks):
    """The asks as one reads them: one's own, and those of others that are for everybody and not withdrawn."""

    def _seen_by(self, scope: Scope) -> dict[str, Any]:
        return {"$or": [super()._seen_by(scope), FOR_EVERYBODY]}


class SharedOffers(Offers):
    """The offers as one reads them: one's own, and those of others that are for everybody and not withdrawn."""

    def _seen_by(self, scope: Scope) -> dict[str, Any]:
        return {"$or": [super()._seen_by(scope), FOR_EVERYBODY]}


FOR_EVERYBODY = {"visibility": Visibility.EVERYBODY, "state": {"$ne": NoticeState.WITHDRAWN}}


class Matches(Repository[Match]):
    """Every match of an ask with an offer, once; it is of both partners."""

    collection = "matches"
    aggregate = Match
    owner_field = "partner_ids"
    indexes = (IndexModel(["ask_id", "offer_id"], unique=True), IndexModel("offer_id"))

    def of(self, notice: Notice) -> list[Match]:
        """Give all matches of an ask or an offer, whatever became of them."""
        return list(self.each({f"{notice.noun}_id": notice.id}, scope=PLATFORM))

    def suggested_to(self, partner_id: str) -> list[Match]:
        """Give the matches of a partner that are not answered by both yet."""
        return list(self.each({"partner_ids": partner_id, "state": MatchState.SUGGESTED}, scope=PLATFORM))
