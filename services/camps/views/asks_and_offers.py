"""What one can see of asks and offers of help, and of their matches."""

from chassis.domain.scope import PLATFORM, Scope
from chassis.persistence.queries import list_page
from chassis.persistence.unit_of_work import Reading
from chassis.schemas.messages import Page, Paging
from chassis.schemas.operations import query
from services.camps.model.learning.ask import Ask
from services.camps.model.learning.match import Match
from services.camps.model.learning.match_lifecycle import STANDING, MatchState
from services.camps.model.learning.notice_lifecycle import NoticeState
from services.camps.model.learning.offer import Offer
from services.camps.repository.asks_and_offers import Matches, SharedAsks, SharedOffers
from services.camps.schemas.asks_and_offers import AskId, FocusArea, MatchId, OfferId, Topic
from services.camps.schemas.camp import CampId, PartnerId, Query


@query
def show_ask(reading: Reading, scope: Scope, *, ask_id: AskId) -> Ask:
    """Show an ask: one's own, one for everybody, or one that one is matched with."""
    return SharedAsks(reading).get(ask_id, scope=_of_who_is_matched(reading, scope, ask_id=ask_id))


@query
def show_offer(reading: Reading, scope: Scope, *, offer_id: OfferId) -> Offer:
    """Show an offer: one's own, one for everybody, or one that one is matched with."""
    return SharedOffers(reading).get(offer_id, scope=_of_who_is_matched(reading, scope, offer_id=offer_id))


@query
def list_asks(
    reading: Reading,
    scope: Scope,
    *,
    paging: Paging,
    q: Query | None = None,
    partner_id: PartnerId | None = None,
    camp_id: CampId | None = None,
    topic: Topic | None = None,
    focus_area: FocusArea | None = None,
    state: NoticeState | None = None,
) -> Page[Ask]:
    """List asks, one's own and those for all: by words of the title, topic, focus area, partner, camp, state."""
    return list_page(SharedAsks(reading), paging, scope=scope, q=q, partner_id=partner_id, camp_id=camp_id,
                     topics=topic, focus_area=focus_area, state=state)  # fmt: skip


@query
def list_offers(
    reading: Reading,
    scope: Scope,
    *,
    paging: Paging,
    q: Query | None = None,
    partner_id: PartnerId | None = None,
    camp_id: CampId | None = None,
    topic: Topic | None = None,
    focus_area: FocusArea | None = None,
    state: NoticeState | None = None,
) -> Page[Offer]:
    """List offers, one's own and those for all: by words of the title, topic, focus area, partner, camp, state."""
    return list_page(SharedOffers(reading), paging, scope=scope, q=q, partner_id=partner_id, camp_id=camp_id,
                     topics=topic, focus_area=focus_area, state=state)  # fmt: skip


@query
def show_match(reading: Reading, scope: Scope, *, match_id: MatchId) -> Match:
    """Show a match, to either of its partners: the ask, the offer, and why they fit."""
    return Matches(reading).get(match_id, scope=scope)


@query
def list_matches(
    reading: Reading,
    scope: Scope,
    *,
    paging: Paging,
    offer_id: OfferId | None = None,
    partner_id: PartnerId | None = None,
    state: MatchState | None = None,
) -> Page[Match]:
    """List matches: of an offer, of one partner or in one state."""
    return list_page(Matches(reading), paging, scope=scope, offer_id=offer_id, partner_ids=partner_id, state=state)


@query
def list_matches_of_ask(reading: Reading, scope: Scope, *, ask_id: AskId, paging: Paging) -> Page[Match]:
    """List the matches of an ask, with the reasons of each: all of them for its partner, else one's own."""
    show_ask(reading, scope, ask_id=ask_id)
    return list_page(Matches(reading), paging, scope=scope, ask_id=ask_id)


def _of_who_is_matched(reading: Reading, scope: Scope, **notice: str) -> Scope:
    """Give the scope by which an ask or an offer is read: whoever is matched with it may read it."""
    matched = Matches(reading).first({**notice, "state": {"$in": list(STANDING)}}, scope=scope)
    return PLATFORM if matched else scope
