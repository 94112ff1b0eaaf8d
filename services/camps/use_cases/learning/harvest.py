"""What came out of a camp is told to who was there, to who leads the partners that were, and to the institute."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from chassis.domain.scope import PLATFORM
from chassis.persistence.claims import Claimed, Claims
from chassis.persistence.pagination import Order
from chassis.persistence.unit_of_work import Store, UnitOfWork
from services.camps.model.camp import Camp
from services.camps.model.delegations.delegate_lifecycle import COMING
from services.camps.model.learning.harvest import STAFF, Gathered, HarvestMailing, Reader, Told
from services.camps.repository.camp import Camps, People
from services.camps.repository.delegations import Attendances, Delegates
from services.camps.repository.harvest import HarvestMailings

TOLD_AT_ONCE = 50
"""People in one transaction."""


def publish_harvest(uow: UnitOfWork, camp: Camp, gathered: Gathered) -> None:
    """Begin to tell of what a camp is closed with, if that is something, or something else than was told."""
    last = HarvestMailings(uow).last_of(camp.id)
    if last.is_as_before(gathered, nothing_to_publish=camp.nothing_to_publish) if last else not gathered.is_something:
        return
    edition = last.edition + 1 if last else 1
    mailing = HarvestMailing(id=uow.new_id("hml"), camp_id=camp.id, edition=edition, gathered=gathered,
                             nothing_to_publish=camp.nothing_to_publish)  # fmt: skip
    HarvestMailings(uow).save(mailing)


def tell_of_harvests(*, store: Store, claims: Claims) -> None:
    """Tell everybody whom a harvest concerns, some in each transaction, until everybody was looked at."""
    claims.process_ready(lambda: {"is_done": False}, partial(_tell_all, store))


def _tell_all(store: Store, claimed: Claimed) -> bool:
    while not store.transact(partial(_tell_some, claimed.id), cause=claimed.cause):
        continue
    return True


def _tell_some(mailing_id: str, uow: UnitOfWork) -> bool:
    """Tell the next readers of an edition; give whether there are none left."""
    mailing = HarvestMailings(uow).get(mailing_id, scope=PLATFORM)
    if not mailing.is_done:  # else another process was faster
        camp = Camps(uow).get(mailing.camp_id, scope=PLATFORM)
        readers, looked_at = _NEXT[mailing.now_telling](uow, mailing)
        mailing.tell(readers, camp=camp, until=looked_at[-1] if looked_at else None)
        HarvestMailings(uow).save(mailing)
    return mailing.is_done


def _next_delegates(uow: UnitOfWork, mailing: HarvestMailing) -> tuple[list[Reader], Sequence[str]]:
    coming = {"camp_id": mailing.camp_id, "state": {"$in": list(COMING)}}
    found = Delegates(uow).page(coming, scope=PLATFORM, limit=TOLD_AT_ONCE, order=Order(), after=_behind(mailing))
    came = Attendances(uow).who_came(mailing.camp_id)
    told = [each for each in found if each.id in came and each.email]  # an address may not be kept any more
    return [Reader.who_came(each) for each in told], [each.id for each in found]


def _next_people(uow: UnitOfWork, mailing: HarvestMailing) -> tuple[list[Reader], Sequence[str]]:
    leading = {"partner_id": {"$in": Attendances(uow).partners_that_came(mailing.camp_id)}, "leads": True}
    staff = {"partner_id": None, "$or": [{"role": STAFF}, {"roles": STAFF}]}
    concerned: dict[str, Any] = {"$or": [leading, staff]}
    found = People(uow).page(concerned, scope=PLATFORM, limit=TOLD_AT_ONCE, order=Order(), after=_behind(mailing))
    present = [each for each in found if each.is_present and each.name]
    return [Reader.on_record(each) for each in present], [each.id for each in found]


_NEXT = {Told.DELEGATES: _next_delegates, Told.PEOPLE: _next_people}


def _behind(mailing: HarvestMailing) -> tuple[None, str] | None:
    return (None, mailing.after) if mailing.after else None
