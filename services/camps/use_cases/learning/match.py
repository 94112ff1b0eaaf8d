"""What two partners say to a match of what one asks for with what the other offers."""

from chassis.domain.errors import Invalid
from chassis.domain.scope import PLATFORM, Scope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import command
from services.camps.model.learning.ask import Ask
from services.camps.model.learning.match import Match, Refusal
from services.camps.model.learning.offer import Offer
from services.camps.repository.asks_and_offers import Asks, Matches, Offers
from services.camps.schemas.asks_and_offers import MatchId
from services.camps.schemas.camp import ExpectedVersion, PartnerId, Reason
from services.camps.use_cases.learning.matching import refuse_while_resting


class SideNotNamed(Invalid):
    """Who works for no partner names the one for which it answers."""


@command
def accept_match(
    uow: UnitOfWork, scope: Scope, *, match_id: MatchId, version: ExpectedVersion, partner_id: PartnerId | None = None
) -> Match:
    """Accept a match for one of its partners: once both have, each is told whom to write to."""
    match = Matches(uow).get(match_id, scope=scope, version=version)
    ask, offer = _between(uow, match)
    refuse_while_resting(uow, ask, offer)
    is_news = match.accept(_side(scope, partner_id))
    return Matches(uow).save(match) if is_news else match


@command
def decline_match(
    uow: UnitOfWork,
    scope: Scope,
    *,
    match_id: MatchId,
    version: ExpectedVersion,
    reason: Reason,
    partner_id: PartnerId | None = None,
) -> Match:
    """Decline a match for one of its partners, with a reason, if only after both accepted it."""
    match = Matches(uow).get(match_id, scope=scope, version=version)
    match.decline(Refusal(partner_id=_side(scope, partner_id), reason=reason, by=scope.subject, at=uow.now))
    return Matches(uow).save(match)


@command
def reconsider_match(
    uow: UnitOfWork, scope: Scope, *, match_id: MatchId, version: ExpectedVersion, partner_id: PartnerId | None = None
) -> Match:
    """Take back that a partner declined a match: it is suggested again."""
    match = Matches(uow).get(match_id, scope=scope, version=version)
    ask, offer = _between(uow, match)
    refuse_while_resting(uow, ask, offer)
    match.reconsider(_side(scope, partner_id), ask=ask, offer=offer)
    return Matches(uow).save(match)


def _between(uow: UnitOfWork, match: Match) -> tuple[Ask, Offer]:
    return Asks(uow).get(match.ask_id, scope=PLATFORM), Offers(uow).get(match.offer_id, scope=PLATFORM)


def _side(scope: Scope, partner_id: str | None) -> str:
    """Give for which partner a caller answers: another one's than their own is refused as unknown would be."""
    if scope.is_unrestricted:
        if partner_id is None:
            detail = "The partner for which the match is answered is expected"
            raise SideNotNamed.at("/partner_id", "missing", detail)
        return partner_id
    if partner_id not in (None, scope.organisation):
        detail = f"{scope.organisation}, for which you work, is expected; got '{partner_id}'"
        raise SideNotNamed.at("/partner_id", "another_organisation", detail)
    return scope.organisation
