"""What partners want help with."""

from typing import Unpack

from chassis.domain.scope import PLATFORM, Scope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import command
from services.camps.model.learning.ask import Ask
from services.camps.model.learning.match import EndedBecause
from services.camps.repository.asks_and_offers import Asks
from services.camps.schemas.asks_and_offers import AskId, NoticeChanged, NoticeSaid
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
def post_ask(uow: UnitOfWork, scope: Scope, *, partner_id: PartnerId, **said: Unpack[NoticeSaid]) -> Ask:
    """Ask for help with something, as a partner."""
    partner = partner_for(uow, scope, partner_id)
    refuse_unknown_camp(uow, scope, said)
    ask = Ask.of(id=uow.new_id("ask"), partner=partner, words=telling_words(said["title"]), said=said)
    return Asks(uow).save(ask)


@command
def change_ask(
    uow: UnitOfWork, scope: Scope, *, ask_id: AskId, version: ExpectedVersion, **changes: Unpack[NoticeChanged]
) -> Ask:
    """Change the given members of what a partner asks for."""
    refuse_unknown_camp(uow, scope, changes)
    ask = Asks(uow).get(ask_id, scope=scope, version=version)
    changed = ask.change(words=words_if_changed(changes), **changes)
    return Asks(uow).save(ask) if changed else ask


@command
def fulfil_ask(uow: UnitOfWork, scope: Scope, *, ask_id: AskId, version: ExpectedVersion) -> Ask:
    """Close an ask because its partner has the help."""
    ask = Asks(uow).get(ask_id, scope=scope, version=version)
    ask.fulfil()
    end_matches(uow, ask, EndedBecause.ASK_FULFILLED, accepted_too=False)
    return Asks(uow).save(ask)


@command
def withdraw_ask(uow: UnitOfWork, scope: Scope, *, ask_id: AskId, version: ExpectedVersion, reason: Reason) -> Ask:
    """Withdraw an ask, with a reason; its matches end with it."""
    ask = Asks(uow).get(ask_id, scope=scope, version=version)
    ask.withdraw(withdrawn_by_hand(uow, scope, reason))
    end_matches(uow, ask, EndedBecause.ASK_WITHDRAWN, accepted_too=True)
    return Asks(uow).save(ask)


@command
def reopen_ask(uow: UnitOfWork, scope: Scope, *, ask_id: AskId, version: ExpectedVersion) -> Ask:
    """Have an ask stand again that was fulfilled or withdrawn."""
    ask = Asks(uow).get(ask_id, scope=scope, version=version)
    ask.reopen(partner_for(uow, PLATFORM, ask.partner_id))
    return Asks(uow).save(ask)


COMMANDS = (post_ask, change_ask, fulfil_ask, withdraw_ask, reopen_ask)
"""All of them, as the service lists them."""
