"""What happens between an ask and an offer of help that fit each other."""

from dataclasses import dataclass
from typing import Annotated

from chassis.domain.aggregate import Event


@dataclass(frozen=True, kw_only=True)
class MatchReason:
    """Why an ask and an offer fit."""

    kind: Annotated[str, "topic, focus_area, word, or by_hand for a reason that the institute gave; more may come"]
    what: Annotated[str, "the topic, focus area or word that both have; by hand, the institute's reason"]


@dataclass(frozen=True, kw_only=True)
class MatchEvent(Event):
    """Something happened between an ask and an offer. It concerns two partners, so that it is for neither alone."""

    match_id: Annotated[str, "the match; also the event's subject"]
    ask_id: Annotated[str, "the ask"]
    offer_id: Annotated[str, "the offer"]
    asking_partner_id: Annotated[str, "the partner that asks"]
    offering_partner_id: Annotated[str, "the partner that offers"]
    ask_title: Annotated[str, "what is asked for, in the partner's words"]
    offer_title: Annotated[str, "what is offered, in the partner's words"]
    by_partner_id: Annotated[str | None, "the partner that did it, and needs not be told; null where neither did"]


@dataclass(frozen=True, kw_only=True)
class MatchSuggested(MatchEvent):
    """An ask and an offer fit each other: both partners are asked whether they want to meet.

    Published again when what was declined or had ended is suggested once more.
    """

    type = "camps.match.suggested"

    reasons: Annotated[list[MatchReason], "why they fit, the most telling first"]


@dataclass(frozen=True, kw_only=True)
class AskMatched(MatchEvent):
    """Both partners accept a match: one helps the other, and they are connected by that.

    The event's subject is the match. camps.match.declined and camps.match.ended say when that holds no more.
    """

    type = "camps.ask.matched"


@dataclass(frozen=True, kw_only=True)
class MatchDeclined(MatchEvent):
    """One of the partners does not want to meet because of a match, or does not want it any more."""

    type = "camps.match.declined"

    reason: Annotated[str, "why"]
    was_accepted: Annotated[bool, "whether both partners had accepted it"]


@dataclass(frozen=True, kw_only=True)
class MatchEnded(MatchEvent):
    """A match stands no more without anybody having declined it. It may be suggested again, and that is published."""

    type = "camps.match.ended"

    because: Annotated[
        str,
        "ask_fulfilled, ask_withdrawn, offer_fulfilled, offer_withdrawn, no_longer_fits, partner_paused or "
        "partner_departed; more may come",
    ]
    was_accepted: Annotated[bool, "whether both partners had accepted it"]
