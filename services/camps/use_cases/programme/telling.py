"""Whom a release of a programme concerns is told: everybody of the first one, and who comes later when they do."""

from functools import partial

from chassis.domain.scope import PLATFORM
from chassis.persistence.claims import Claimed, Claims
from chassis.persistence.pagination import Order
from chassis.persistence.unit_of_work import Store, UnitOfWork
from chassis.schemas.operations import reaction
from services.camps.model.camp_lifecycle import TO_COME, CampState
from services.camps.model.delegations.delegate import Delegate
from services.camps.model.delegations.delegate_lifecycle import COMING, DelegateState
from services.camps.model.programme.mailing import ProgrammeMailing, Telling
from services.camps.repository.camp import Camps
from services.camps.repository.delegations import Delegates
from services.camps.repository.programme_releases import ProgrammeMailings, ProgrammeReaders, ProgrammeReleases
from services.camps.schemas.camp import CampId
from services.camps.schemas.delegations import DelegateId

TOLD_AT_ONCE = 5
"""Delegates in one transaction, and in one turn of the loop: so much of them is held in memory, however many come, and
their letters leave others time to be answered."""


@reaction("camps.delegate.confirmed")
def give_the_programme(uow: UnitOfWork, *, camp_id: CampId, delegate_id: DelegateId) -> None:
    """Tell who is confirmed after a programme was released of its last release, as it stands, once.

    Not of one that is for other days than the camp is on now: of those the next release is told.
    """
    camp, release = Camps(uow).get(camp_id, scope=PLATFORM), ProgrammeReleases(uow).last_of(camp_id)
    delegate = Delegates(uow).get(delegate_id, scope=PLATFORM)
    is_expected = delegate.state is DelegateState.CONFIRMED and camp.state in (*TO_COME, CampState.RUNNING)
    if release is None or not is_expected or not release.is_within_days_of(camp):
        return
    mailing, reader = ProgrammeMailings(uow).of(release), ProgrammeReaders(uow).among([delegate])[delegate_id]
    if mailing.give(delegate, reader=reader, of=Telling(release=release, before=None), camp=camp):
        ProgrammeMailings(uow).save(mailing)
        ProgrammeReaders(uow).save(reader)


def tell_of_releases(*, store: Store, claims: Claims) -> None:
    """Tell the next delegates whom a release concerns; called again and again, until everybody was looked at."""
    claims.process_ready(lambda: {"is_done": False}, partial(_tell_some_now, store))


def _tell_some_now(store: Store, claimed: Claimed) -> bool:
    store.transact(partial(_tell_some, claimed.id), cause=claimed.cause)
    return False  # the others at the next turn


def _tell_some(mailing_id: str, uow: UnitOfWork) -> None:
    """Tell the next delegates of a release; when there are none left it is done."""
    mailing = ProgrammeMailings(uow).get(mailing_id, scope=PLATFORM)
    if not mailing.is_done:  # else another process was faster
        camp = Camps(uow).get(mailing.camp_id, scope=PLATFORM)
        releases = ProgrammeReleases(uow)
        before = releases.numbered(camp.id, mailing.number - 1) if mailing.number > 1 else None
        telling = Telling(release=releases.numbered(camp.id, mailing.number), before=before)
        delegates = _next_delegates(uow, mailing)
        readers = ProgrammeReaders(uow).among(delegates)
        mailing.tell(delegates, readers=readers, of=telling, camp=camp)
        for reader in readers.values():
            if reader.number:  # else they wait for it
                ProgrammeReaders(uow).save(reader)
        ProgrammeMailings(uow).save(mailing)


def _next_delegates(uow: UnitOfWork, mailing: ProgrammeMailing) -> list[Delegate]:
    coming = {"camp_id": mailing.camp_id, "state": {"$in": list(COMING)}}
    after = (None, mailing.after) if mailing.after else None
    return Delegates(uow).page(coming, scope=PLATFORM, limit=TOLD_AT_ONCE, order=Order(), after=after)
