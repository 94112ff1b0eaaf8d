"""What is alike for asks and offers: for whom they are made, by which words they are found, and how they end."""

from collections.abc import Mapping
from typing import Any

from chassis.domain.scope import Scope
from chassis.persistence.search import search_words
from chassis.persistence.unit_of_work import UnitOfWork
from services.camps.model.eligible_partner import EligiblePartner
from services.camps.model.learning.match import EndedBecause
from services.camps.model.learning.match_lifecycle import STANDING, MatchState
from services.camps.model.learning.notice import Notice, NoticeWithdrawal, WithdrawalKind
from services.camps.repository.asks_and_offers import Matches
from services.camps.repository.camp import Camps, EligiblePartners

SHORTEST_WORD = 5
"""Shorter words, such as with, from or how, say little of what something is about."""


def partner_for(uow: UnitOfWork, scope: Scope, partner_id: str) -> EligiblePartner:
    """Give the partner that a command names; of the command and its departure, the later starts again.

    Raises PerhapsNotKnownYet, and UnknownReference for one that is not the caller's.
    """
    EligiblePartners(uow).referenced(partner_id, by="partner_id")
    return EligiblePartners(uow).named(partner_id, by="partner_id", scope=scope)


def refuse_unknown_camp(uow: UnitOfWork, scope: Scope, said: Mapping[str, Any]) -> None:
    """Raise UnknownReference for a camp that there is not."""
    if said.get("camp_id"):
        Camps(uow).named(said["camp_id"], by="camp_id", scope=scope)


def telling_words(title: str) -> list[str]:
    """Give the words of a title by which it is matched, without accents and case."""
    return [word for word in search_words(title) if len(word) >= SHORTEST_WORD]


def words_if_changed(changes: Mapping[str, Any]) -> list[str] | None:
    """Give the words of the new title; None where it stays."""
    return telling_words(changes["title"]) if "title" in changes else None


def withdrawn_by_hand(uow: UnitOfWork, scope: Scope, reason: str) -> NoticeWithdrawal:
    """Say who withdraws it, and why."""
    return NoticeWithdrawal(kind=WithdrawalKind.BY_HAND, reason=reason, by=scope.subject, at=uow.now)


def end_matches(uow: UnitOfWork, notice: Notice, because: EndedBecause, *, accepted_too: bool) -> None:
    """Let the matches of an ask or an offer that is closed stand no more: in one transaction, so that none is accepted.

    What both accepted before stays where the help was given.
    """
    states = STANDING if accepted_too else (MatchState.SUGGESTED,)
    for match in Matches(uow).of(notice):
        if match.state in states and match.end(because, by_partner_id=notice.partner_id):
            Matches(uow).save(match)
