"""Where the working programmes of camps are kept, their releases, how far each was told, and who is available when."""

from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import TypeVar

from pymongo import IndexModel

from chassis.domain.aggregate import Aggregate
from chassis.domain.errors import NotFound, Stale
from chassis.domain.scope import PLATFORM, Scope
from chassis.persistence.pagination import Order
from chassis.persistence.repository import Backlog, Repository
from chassis.persistence.unit_of_work import Reading
from services.camps.model.camp import Camp
from services.camps.model.delegations.attends import Attends
from services.camps.model.delegations.delegate import Delegate
from services.camps.model.programme.availability import Availability
from services.camps.model.programme.conflicts import Circumstances, Conflict, Presenter, find_conflicts
from services.camps.model.programme.mailing import ProgrammeMailing, ProgrammeReader
from services.camps.model.programme.prayer_times import PrayerTime
from services.camps.model.programme.programme import Programme
from services.camps.model.programme.public_holidays import PublicHolidays
from services.camps.model.programme.release import ProgrammeRelease
from services.camps.model.programme.session import Session
from services.camps.reference.prayer_times import prayer_times
from services.camps.reference.public_holidays import public_holidays, where
from services.camps.repository.camp import EligiblePartners
from services.camps.repository.delegations import Delegates
from services.camps.repository.programme import Sessions

A = TypeVar("A", bound=Aggregate)


class Programmes(Repository[Programme]):
    """Every camp's working programme, under the camp's id; for the institute to see."""

    collection = "programmes"
    aggregate = Programme
    owner_field = None

    def of(self, camp: Camp, *, scope: Scope, version: Collection[int] | None = None) -> Programme:
        """Give a camp's: before anything is arranged empty, at version 0, and as old as the camp; raises Stale."""
        empty = Programme(id=camp.id, camp_id=camp.id, updated_at=camp.updated_at)
        return _at_version(self.first({"_id": camp.id}, scope=scope) or empty, version)


class ProgrammeReleases(Repository[ProgrammeRelease]):
    """Every release of a programme; they are everybody's to see."""

    collection = "programme_releases"
    aggregate = ProgrammeRelease
    owner_field = None
    indexes = (IndexModel(["camp_id", "number"], unique=True),)

    def last_of(self, camp_id: str) -> ProgrammeRelease | None:
        """Give the last release of a camp's programme, if there is one."""
        found = self.page({"camp_id": camp_id}, scope=PLATFORM, limit=1, order=Order("number", -1))
        return found[0] if found else None

    def numbered(self, camp_id: str, number: int) -> ProgrammeRelease:
        """Give one release of a camp's programme; raises NotFound."""
        found = self.first({"camp_id": camp_id, "number": number}, scope=PLATFORM)
        if found is None:
            raise NotFound(f"the programme of {camp_id} has no release {number}")
        return found


class ProgrammeMailings(Repository[ProgrammeMailing]):
    """How far each release was told, for us alone."""

    collection = "programme_mailings"
    aggregate = ProgrammeMailing
    owner_field = None
    backlog = Backlog(where={"is_done": False}, since="updated_at")
    indexes = (IndexModel(["release_id"], unique=True), IndexModel(["is_done", "camp_id"]))

    def of(self, release: ProgrammeRelease) -> ProgrammeMailing:
        """Give the one of a release; each has one. Raises NotFound."""
        found = self.first({"release_id": release.id}, scope=PLATFORM)
        if found is None:
            raise NotFound(f"release {release.id} is told to nobody")
        return found


class ProgrammeReaders(Repository[ProgrammeReader]):
    """Of which release each delegate was told last, under the delegate's id, for us alone."""

    collection = "programme_readers"
    aggregate = ProgrammeReader
    owner_field = None

    def among(self, delegates: Collection[Delegate]) -> dict[str, ProgrammeReader]:
        """Give those of some delegates by id, of which some may have none yet."""
        theirs = {"_id": {"$in": [each.id for each in delegates]}}
        known = {each.id: each for each in self.each(theirs, scope=PLATFORM)}
        return {each.id: known.get(each.id) or ProgrammeReader(id=each.id, camp_id=each.camp_id) for each in delegates}


class Availabilities(Repository[Availability]):
    """When delegates cannot present, under the delegate's id; each is their partner's to see."""

    collection = "availabilities"
    aggregate = Availability
    owner_field = "partner_id"

    def of(self, delegate: Delegate, *, version: Collection[int] | None = None) -> Availability:
        """Give a delegate's, who can at any time, at version 0, before they have said anything; raises Stale."""
        usual = Availability(id=delegate.id, partner_id=delegate.partner_id, updated_at=delegate.updated_at)
        return _at_version(self.first({"_id": delegate.id}, scope=PLATFORM) or usual, version)


OF_PROGRAMMES = (Programmes, ProgrammeReleases, ProgrammeMailings, ProgrammeReaders, Availabilities)
"""All of these, for the contents page of the service."""


def _at_version(found: A, version: Collection[int] | None) -> A:
    if version is not None and found.version not in version:
        raise Stale(f"{found.id} is at version {found.version}: read it again")
    return found


def sessions_of(seen_by: Reading, programme: Programme) -> dict[str, Session]:
    """Give the sessions that have a slot, by id."""
    placed = {"_id": {"$in": [slot.session_id for slot in programme.slots]}}
    return {session.id: session for session in Sessions(seen_by).each(placed, scope=PLATFORM)}


def conflicts_of(seen_by: Reading, camp: Camp, programme: Programme) -> list[Conflict]:
    """Give everything that is wrong with a camp's working programme now, or deserves a second look."""
    sessions = sessions_of(seen_by, programme)
    presenters = {each for session in sessions.values() for each in session.presenter_ids}
    holidays = partial(public_holidays, first=camp.starts_on, last=camp.ends_on)
    of = Circumstances(sessions=sessions, presenters=_presenters(seen_by, presenters, holidays), rooms=programme.rooms,
                       begins_at=camp.begins_at(), ends_at=camp.ends_at(),
                       holidays=holidays(where(camp.zone, camp.subdivision)),
                       prayer_times=_to_leave_time_for(camp))  # fmt: skip
    return find_conflicts(programme.placed(camp), of)


def _to_leave_time_for(camp: Camp) -> Sequence[PrayerTime]:
    return prayer_times(camp.zone, first=camp.starts_on, last=camp.ends_on) if camp.prayer_times else ()


def _presenters(
    seen_by: Reading, ids: Collection[str], holidays: Callable[[str | None], PublicHolidays]
) -> dict[str, Presenter]:
    theirs = {"_id": {"$in": sorted(ids)}}
    unavailable = {each.id: each.unavailable for each in Availabilities(seen_by).each(theirs, scope=PLATFORM)}
    delegates = list(Delegates(seen_by).each(theirs, scope=PLATFORM))
    parts = EligiblePartners(seen_by).subdivisions({each.partner_id for each in delegates if each.partner_id})
    return {
        each.id: Presenter(comes=each.comes, is_remote=each.attends is Attends.REMOTE, zone=each.zone,
                           holidays=holidays(where(each.zone, parts.get(each.partner_id or ""))),
                           unavailable=unavailable.get(each.id, ()))
        for each in delegates
    }  # fmt: skip
