"""How well an ask and an offer of help fit: what they have in common, and which pairs are suggested first."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from services.camps.events.match import MatchReason
from services.camps.model.learning.ask import Ask
from services.camps.model.learning.offer import Offer

FEWEST_WORDS = 2
"""Words of their titles that fit by themselves; together with a focus area one is enough."""


class ReasonKind(StrEnum):
    """What an ask and an offer have in common."""

    TOPIC = "topic"
    FOCUS_AREA = "focus_area"
    WORD = "word"
    BY_HAND = "by_hand"


@dataclass(frozen=True, kw_only=True)
class Pair:
    """An ask and an offer that fit, and why."""

    ask: Ask
    offer: Offer
    reasons: list[MatchReason]

    def count(self, kind: ReasonKind) -> int:
        """Give how many of the reasons are of a kind."""
        return sum(each.kind == kind for each in self.reasons)


def what_fits(ask: Ask, offer: Offer) -> list[MatchReason]:
    """Give why an ask and an offer fit: nothing where they do not.

    They are of two partners that can talk to each other, and can meet: neither is bound to a camp, or both to the same,
    or only one. They share a topic, a focus area and a word of their titles, or two words.
    """
    if ask.partner_id == offer.partner_id or not _common(ask.languages, offer.languages) or _are_apart(ask, offer):
        return []
    topics, words = _common(ask.topics, offer.topics), _common(ask.words, offer.words)
    areas = [ask.focus_area] if ask.focus_area and ask.focus_area == offer.focus_area else []
    if not (topics or (areas and words) or len(words) >= FEWEST_WORDS):
        return []
    kinds = {ReasonKind.TOPIC: topics, ReasonKind.FOCUS_AREA: areas, ReasonKind.WORD: words}
    return [MatchReason(kind=kind, what=each) for kind, found in kinds.items() for each in found]


def best_first(pairs: Iterable[tuple[Ask, Offer]]) -> list[Pair]:
    """Give those that fit, the best first: by topics, by focus area, by words; of equals what was made first."""
    weighed = [Pair(ask=ask, offer=offer, reasons=what_fits(ask, offer)) for ask, offer in pairs]
    return sorted((each for each in weighed if each.reasons), key=_rank)


def _rank(pair: Pair) -> tuple[object, ...]:
    shared = (pair.count(kind) for kind in (ReasonKind.TOPIC, ReasonKind.FOCUS_AREA, ReasonKind.WORD))
    return (*(-each for each in shared), pair.ask.id, pair.offer.id)


def _common(one: Iterable[str], other: Iterable[str]) -> list[str]:
    return sorted({*one} & {*other})


def _are_apart(ask: Ask, offer: Offer) -> bool:
    return None not in (ask.camp_id, offer.camp_id) and ask.camp_id != offer.camp_id
