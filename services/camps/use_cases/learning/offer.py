"""What partners would help others with."""

from typing import Unpack

from chassis.domain.scope import PLATFORM, Scope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import command
from services.camps.model.learning.match import EndedBecause
from services.camps.model.learning.offer import Offer
from services.camps.repository.asks_and_offers import Offers
from services.camps.schemas.asks_and_offers import NoticeChanged, NoticeSaid, OfferId
from services.camps.schemas.camp import ExpectedVersion, PartnerId, Reason
from services.camps.use_cases.learning.notice import (
    end_matches,
    partner_for,
    refuse_unknown_camp,
    telling_words,
    withdrawn_by_hand,
    words_if_changed,
)


@command
def make_offer(uow: UnitOfWork, scope: Scope, *, partner_id: PartnerId, **said: Unpack[NoticeSaid]) -> Offer:
    """Offer help with something, as a partner."""
    partner = partner_for(uow, scope, partner_id)
    refuse_unknown_camp(uow, scope, said)
    offer = Offer.of(id=uow.new_id("ofr"), partner=partner, words=telling_words(said["title"]), said=said)
    return Offers(uow).save(offer)


@command
def change_offer(
    uow: UnitOfWork, scope: Scope, *, offer_id: OfferId, version: ExpectedVersion, **changes: Unpack[NoticeChanged]
) -> Offer:
    """Change the given members of what a partner offers."""
    refuse_unknown_camp(uow, scope, changes)
    offer = Offers(uow).get(offer_id, scope=scope, version=version)
    changed = offer.change(words=words_if_changed(changes), **changes)
    return Offers(uow).save(offer) if changed else offer


@command
def fulfil_offer(uow: UnitOfWork, scope: Scope, *, offer_id: OfferId, version: ExpectedVersion) -> Offer:
    """Close an offer because its partner has given the help."""
    offer = Offers(uow).get(offer_id, scope=scope, version=version)
    offer.fulfil()
    end_matches(uow, offer, EndedBecause.OFFER_FULFILLED, accepted_too=False)
    return Offers(uow).save(offer)


@command
def withdraw_offer(
    uow: UnitOfWork, scope: Scope, *, offer_id: OfferId, version: ExpectedVersion, reason: Reason
) -> Offer:
    """Withdraw an offer, with a reason; its matches end with it."""
    offer = Offers(uow).get(offer_id, scope=scope, version=version)
    offer.withdraw(withdrawn_by_hand(uow, scope, reason))
    end_matches(uow, offer, EndedBecause.OFFER_WITHDRAWN, accepted_too=True)
    return Offers(uow).save(offer)


@command
def reopen_offer(uow: UnitOfWork, scope: Scope, *, offer_id: OfferId, version: ExpectedVersion) -> Offer:
    """Have an offer stand again that was fulfilled or withdrawn."""
    offer = Offers(uow).get(offer_id, scope=scope, version=version)
    offer.reopen(partner_for(uow, PLATFORM, offer.partner_id))
    return Offers(uow).save(offer)


COMMANDS = (make_offer, change_offer, fulfil_offer, withdraw_offer, reopen_offer)
"""All of them, as the service lists them."""
