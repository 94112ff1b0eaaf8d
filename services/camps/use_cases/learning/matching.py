"""Asks and offers that fit are suggested to their partners, by themselves or by the institute."""

from collections.abc import Iterable

from chassis.domain.scope import PLATFORM, Scope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import command, reaction
from services.camps.events.match import MatchReason
from services.camps.model.learning.ask import Ask
from services.camps.model.learning.fit import Pair, ReasonKind, best_first, what_fits
from services.camps.model.learning.match import Match, NothingToMatch
from services.camps.model.learning.match_lifecycle import MatchState
from services.camps.model.learning.notice import Notice
from services.camps.model.learning.offer import Offer
from services.camps.repository.asks_and_offers import Asks, Matches, Offers
from services.camps.repository.camp import EligiblePartners
from services.camps.schemas.asks_and_offers import AskId, OfferId
from services.camps.schemas.camp import Reason

MOST_AT_ONCE = 3
"""Suggestions of one ask, or one offer, that wait for an answer: more would be answered by nobody."""


@reaction("camps.ask.posted", "camps.ask.changed", "camps.ask.reopened")
def suggest_offers(uow: UnitOfWork, *, ask_id: AskId) -> None:
    """Suggest to a partner that asks, and to those that offer it, the offers that fit best.

    What is suggested already and fits no more ends. It asks what is so now: the order of events does not matter.
    """
    ask = Asks(uow).known(ask_id, scope=PLATFORM)
    _weigh_again(uow, ask)
    suggest_for_ask(uow, ask)


@reaction("camps.offer.made", "camps.offer.changed", "camps.offer.reopened")
def suggest_asks(uow: UnitOfWork, *, offer_id: OfferId) -> None:
    """Suggest to a partner that offers help, and to those that ask for it, the asks that fit best.

    What is suggested already and fits no more ends.
    """
    offer = Offers(uow).known(offer_id, scope=PLATFORM)
    _weigh_again(uow, offer)
    suggest_for_offer(uow, offer)


@reaction("camps.match.declined", "camps.match.ended")
def suggest_another(uow: UnitOfWork, *, ask_id: AskId, offer_id: OfferId) -> None:
    """Suggest the next best of what fits an ask and an offer that are matched no more."""
    suggest_for_ask(uow, Asks(uow).known(ask_id, scope=PLATFORM))
    suggest_for_offer(uow, Offers(uow).known(offer_id, scope=PLATFORM))


@command(needs="*")
def suggest_match(uow: UnitOfWork, scope: Scope, *, ask_id: AskId, offer_id: OfferId, reason: Reason) -> Match:
    """Suggest to two partners, as the institute and with a reason, that one helps the other."""
    ask = Asks(uow).named(ask_id, by="ask_id", scope=scope)
    offer = Offers(uow).named(offer_id, by="offer_id", scope=scope)
    refuse_while_resting(uow, ask, offer)
    reasons = [MatchReason(kind=ReasonKind.BY_HAND, what=reason)]
    known = {match.offer_id: match for match in Matches(uow).of(ask)}.get(offer.id)
    return _suggest(uow, Pair(ask=ask, offer=offer, reasons=reasons), known)


def suggest_for_ask(uow: UnitOfWork, ask: Ask) -> None:
    """Suggest what fits an ask best, until so many suggestions wait for an answer."""
    if ask.is_open:
        _suggest_best(uow, ask, [(ask, offer) for offer in Offers(uow).that_may_fit(ask)])


def suggest_for_offer(uow: UnitOfWork, offer: Offer) -> None:
    """Suggest what fits an offer best, until so many suggestions wait for an answer."""
    if offer.is_open:
        _suggest_best(uow, offer, [(ask, offer) for ask in Asks(uow).that_may_fit(offer)])


def refuse_while_resting(uow: UnitOfWork, ask: Ask, offer: Offer) -> None:
    """Raise NothingToMatch while one of the two rests or has left; of this and such news the later starts again."""
    both = {ask.partner_id, offer.partner_id}
    if _able_to_meet(uow, both) != both:
        raise NothingToMatch(f"of {ask.partner_id} and {offer.partner_id}, one is paused or has departed")
    _rely_on(uow, ask, offer)


def _suggest_best(uow: UnitOfWork, notice: Notice, pairs: list[tuple[Ask, Offer]]) -> None:
    known = {(match.ask_id, match.offer_id): match for match in Matches(uow).of(notice)}
    places = MOST_AT_ONCE - sum(match.state is MatchState.SUGGESTED for match in known.values())
    able = _able_to_meet(uow, {each.partner_id for pair in pairs for each in pair})
    for pair in best_first(_free(pairs, known, able))[: max(places, 0)]:
        _rely_on(uow, pair.ask, pair.offer)
        _suggest(uow, pair, known.get((pair.ask.id, pair.offer.id)))


def _free(
    pairs: Iterable[tuple[Ask, Offer]], known: dict[tuple[str, str], Match], able: set[str]
) -> list[tuple[Ask, Offer]]:
    """Give the pairs of partners that can meet, and that were never matched or whose match ended undeclined."""
    over = {ids for ids, match in known.items() if match.state is not MatchState.ENDED}
    return [
        (ask, offer)
        for ask, offer in pairs
        if (ask.id, offer.id) not in over and {ask.partner_id, offer.partner_id} <= able
    ]


def _suggest(uow: UnitOfWork, pair: Pair, known: Match | None) -> Match:
    match = known or Match.suggest(id=uow.new_id("mat"), ask=pair.ask, offer=pair.offer, reasons=pair.reasons)
    if known:
        known.suggest_again(ask=pair.ask, offer=pair.offer, reasons=pair.reasons)
    return Matches(uow).save(match)


def _weigh_again(uow: UnitOfWork, notice: Notice) -> None:
    for match in Matches(uow).of(notice):
        if match.state is MatchState.SUGGESTED:
            ask, offer = (
                Asks(uow).get(match.ask_id, scope=PLATFORM),
                Offers(uow).get(match.offer_id, scope=PLATFORM),
            )
            match.weigh(ask=ask, offer=offer, reasons=what_fits(ask, offer))
            Matches(uow).save(match)


def _able_to_meet(uow: UnitOfWork, partner_ids: set[str]) -> set[str]:
    """Give those of the partners that are in the programme and do not rest."""
    able = {"_id": {"$in": sorted(partner_ids)}, "paused": False, "departed": False}
    return {partner.id for partner in EligiblePartners(uow).each(able, scope=PLATFORM)}


def _rely_on(uow: UnitOfWork, ask: Ask, offer: Offer) -> None:
    """Of this and a change of ask, offer or partner, the later starts again."""
    Asks(uow).touch(ask)
    Offers(uow).touch(offer)
    for partner_id in (ask.partner_id, offer.partner_id):
        EligiblePartners(uow).touch(EligiblePartners(uow).get(partner_id, scope=PLATFORM))
