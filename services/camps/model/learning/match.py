"""A match: an ask and an offer of help that fit, and what the two partners say to it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from chassis.domain.aggregate import INTERNAL, Aggregate
from chassis.domain.errors import Conflict, Invalid
from chassis.domain.transitions import refuse_unless_possible
from services.camps.events import match as events
from services.camps.events.match import MatchReason
from services.camps.model.learning.ask import Ask
from services.camps.model.learning.fit import ReasonKind
from services.camps.model.learning.match_lifecycle import STANDING, TRANSITIONS, MatchState
from services.camps.model.learning.offer import Offer


class NotOfTheMatch(Invalid):
    """A match is answered by one of the two partners that it would bring together."""


class OwnHelp(Invalid):
    """A partner is matched with another one."""


class NothingToMatch(Conflict):
    """Partners are brought together about an ask and an offer that stand, while neither of them rests."""


class NotDeclinedByThem(Conflict):
    """What one partner declined is not reconsidered by the other."""


class EndedBecause(StrEnum):
    """Why a match stands no more, though nobody declined it."""

    ASK_FULFILLED = "ask_fulfilled"
    ASK_WITHDRAWN = "ask_withdrawn"
    OFFER_FULFILLED = "offer_fulfilled"
    OFFER_WITHDRAWN = "offer_withdrawn"
    NO_LONGER_FITS = "no_longer_fits"
    PARTNER_PAUSED = "partner_paused"
    PARTNER_DEPARTED = "partner_departed"


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """Which partner declined a match, why, who said so for it, which is not for the other to see, and when."""

    partner_id: str
    reason: str
    by: str = field(metadata=INTERNAL)
    at: datetime


@dataclass(kw_only=True)
class Match(Aggregate):
    """An ask and an offer that fit. Titles and reasons are those of when it was weighed last."""

    lifecycle = TRANSITIONS

    ask_id: str
    offer_id: str
    asking_partner_id: str
    offering_partner_id: str
    partner_ids: list[str] = field(metadata=INTERNAL)
    """Both of them: either may see it."""
    ask_title: str = ""
    offer_title: str = ""
    reasons: list[MatchReason] = field(default_factory=list)
    state: MatchState = MatchState.SUGGESTED
    accepted_by: list[str] = field(default_factory=list)
    """The partners that accept it."""
    refusal: Refusal | None = None
    """Why it is declined, while it is."""
    ended_because: EndedBecause | None = None
    """Why it ended, while it has."""

    @classmethod
    def suggest(cls, *, id: str, ask: Ask, offer: Offer, reasons: list[MatchReason]) -> "Match":
        """Ask both partners whether they want to meet; raises OwnHelp and NothingToMatch."""
        if ask.partner_id == offer.partner_id:
            raise OwnHelp.at("/offer_id", "own", f"An offer of another partner than {ask.partner_id} is expected")
        both = [ask.partner_id, offer.partner_id]
        match = cls(id=id, ask_id=ask.id, offer_id=offer.id, asking_partner_id=ask.partner_id,
                    offering_partner_id=offer.partner_id, partner_ids=both)  # fmt: skip
        match._stand(ask, offer, reasons)
        return match

    def suggest_again(self, *, ask: Ask, offer: Offer, reasons: list[MatchReason]) -> None:
        """Ask both anew after it was declined or had ended; raises NotFromThisState and NothingToMatch."""
        self._must_allow("suggest_match")
        self._stand(ask, offer, reasons)

    def weigh(self, *, ask: Ask, offer: Offer, reasons: list[MatchReason]) -> None:
        """Keep what ask and offer say now, while it is suggested; without a reason left it ends.

        What the institute suggested by hand is weighed by nobody else.
        """
        if not (reasons or self.is_by_hand):
            self.end(EndedBecause.NO_LONGER_FITS, by_partner_id=None)
            return
        self.ask_title, self.offer_title = ask.title, offer.title
        self.reasons = self.reasons if self.is_by_hand else reasons

    def accept(self, partner_id: str) -> bool:
        """Let one of the two accept it; with the second both are connected. Gives whether that is news.

        Raises NotFromThisState and NotOfTheMatch.
        """
        self._refuse_others(partner_id)
        self._must_allow("accept_match")
        if partner_id in self.accepted_by:
            return False
        self.accepted_by.append(partner_id)
        if len(self.accepted_by) == len(self.partner_ids):
            self.state = MatchState.ACCEPTED
            self.record(events.AskMatched(**self._named(partner_id)))
        return True

    def decline(self, refusal: Refusal) -> None:
        """Let one of the two decline it, if only after both accepted; raises NotFromThisState and NotOfTheMatch."""
        self._refuse_others(refusal.partner_id)
        self._must_allow("decline_match")
        was_accepted, self.state, self.refusal = self._was_accepted, MatchState.DECLINED, refusal
        self.accepted_by = [each for each in self.accepted_by if each != refusal.partner_id]
        named = self._named(refusal.partner_id)
        self.record(events.MatchDeclined(**named, reason=refusal.reason, was_accepted=was_accepted))

    def reconsider(self, partner_id: str, *, ask: Ask, offer: Offer) -> None:
        """Let who declined it take that back: both may accept it.

        Raises NotFromThisState, NotOfTheMatch, NotDeclinedByThem and NothingToMatch.
        """
        self._refuse_others(partner_id)
        self._must_allow("reconsider_match")
        if self.refusal is None or self.refusal.partner_id != partner_id:
            raise NotDeclinedByThem(f"partner {partner_id} has not declined match {self.id}")
        accepted_by = self.accepted_by
        self._stand(ask, offer, self.reasons, by_partner_id=partner_id)
        self.accepted_by = accepted_by

    def end(self, because: EndedBecause, *, by_partner_id: str | None) -> bool:
        """Let it stand no more, by what one of the partners did or what came of it; gives whether it stood."""
        if self.state not in STANDING:
            return False
        was_accepted, self.state = self._was_accepted, MatchState.ENDED
        self.accepted_by, self.ended_because = [], because
        self.record(events.MatchEnded(**self._named(by_partner_id), because=because, was_accepted=was_accepted))
        return True

    @property
    def is_by_hand(self) -> bool:
        """Whether the institute suggested it."""
        return any(each.kind == ReasonKind.BY_HAND for each in self.reasons)

    @property
    def _was_accepted(self) -> bool:
        return self.state is MatchState.ACCEPTED

    def _stand(self, ask: Ask, offer: Offer, reasons: list[MatchReason], *, by_partner_id: str | None = None) -> None:
        if not (ask.is_open and offer.is_open):
            raise NothingToMatch(f"ask {ask.id} is {ask.state}, and offer {offer.id} is {offer.state}")
        self.state, self.accepted_by, self.refusal, self.ended_because = MatchState.SUGGESTED, [], None, None
        self.ask_title, self.offer_title, self.reasons = ask.title, offer.title, reasons
        self.record(events.MatchSuggested(**self._named(by_partner_id), reasons=reasons))

    def _refuse_others(self, partner_id: str) -> None:
        if partner_id not in self.partner_ids:
            detail = f"{self.asking_partner_id} or {self.offering_partner_id} is expected; got '{partner_id}'"
            raise NotOfTheMatch.at("/partner_id", "not_of_the_match", detail)

    def _must_allow(self, operation: str) -> None:
        refuse_unless_possible(TRANSITIONS, operation, state=self.state, about=f"match {self.id} is {self.state}")

    def _named(self, by_partner_id: str | None) -> dict[str, Any]:
        between = {"asking_partner_id": self.asking_partner_id, "offering_partner_id": self.offering_partner_id}
        titles = {"ask_title": self.ask_title, "offer_title": self.offer_title, "by_partner_id": by_partner_id}
        return {"match_id": self.id, "ask_id": self.ask_id, "offer_id": self.offer_id, **between, **titles}
