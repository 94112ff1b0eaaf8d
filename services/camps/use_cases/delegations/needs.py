"""What delegates need is stated by who names them, and removed some time after the camp."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from chassis.domain.causation import Cause
from chassis.domain.scope import PLATFORM, Scope
from chassis.persistence.unit_of_work import Store, UnitOfWork
from chassis.schemas.operations import command
from services.camps.model.delegations.delegate import Delegate
from services.camps.model.delegations.needs import Needs
from services.camps.repository.camp import Camps
from services.camps.repository.delegations import Delegates, NeedsOfDelegates
from services.camps.schemas.delegations import Access, DelegateId, Diet


@dataclass(frozen=True, kw_only=True)
class StatedNeeds:
    """Whether something is kept now of what a delegate needs; what it is, only the institute reads."""

    delegate_id: str
    is_kept: bool


@command
def state_needs(
    uow: UnitOfWork, scope: Scope, *, delegate_id: DelegateId, diet: Diet | None = None, access: Access | None = None
) -> StatedNeeds:
    """State what a delegate needs to eat and to take part, instead of what was stated before; nothing removes it."""
    delegate = Delegates(uow).get(delegate_id, scope=scope)
    return keep_needs(uow, delegate, diet=diet, access=access)


def keep_needs(uow: UnitOfWork, delegate: Delegate, *, diet: str | None, access: str | None) -> StatedNeeds:
    """Keep what a delegate needs, and only that."""
    known = NeedsOfDelegates(uow).first({"_id": delegate.id}, scope=PLATFORM)
    needs = known or Needs(id=delegate.id, camp_id=delegate.camp_id, partner_id=delegate.partner_id)
    needs.diet, needs.access = diet, access
    if not needs.is_empty:
        NeedsOfDelegates(uow).save(needs)
    elif known:
        NeedsOfDelegates(uow).remove({"_id": delegate.id})
    return StatedNeeds(delegate_id=delegate.id, is_kept=not needs.is_empty)


def remove_needs(*, store: Store, kept: timedelta) -> None:
    """Remove what was needed at camps that ended so long ago, or are cancelled, each camp's in its own transaction.

    Of a camp that is postponed nobody knows the days yet: what is needed there is kept.
    """
    reading = store.reading(cause=Cause(correlation_id="remove_needs"))
    for camp_id in NeedsOfDelegates(reading).camps():
        if Camps(reading).get(camp_id, scope=PLATFORM).has_no_use_of_needs(reading.now, kept=kept):
            store.transact(partial(_remove, camp_id, kept), cause=reading.cause)


def _remove(camp_id: str, kept: timedelta, uow: UnitOfWork) -> None:
    camp = Camps(uow).get(camp_id, scope=PLATFORM)
    Camps(uow).touch(camp)  # Nobody postpones it at this moment unseen.
    if camp.has_no_use_of_needs(uow.now, kept=kept):
        NeedsOfDelegates(uow).remove({"camp_id": camp_id})
