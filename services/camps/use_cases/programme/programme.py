"""The programme of a camp is arranged, looked at for conflicts, and released."""

from chassis.domain.errors import Conflict as Refusal
from chassis.domain.scope import EVERY_ORGANISATION, PLATFORM, Scope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import command
from services.camps.model.camp import Camp
from services.camps.model.camp_lifecycle import TO_COME, CampState
from services.camps.model.programme.mailing import ProgrammeMailing
from services.camps.model.programme.programme import Programme, StillTelling
from services.camps.repository.camp import Camps
from services.camps.repository.programme import Sessions
from services.camps.repository.programme_releases import (
    ProgrammeMailings,
    ProgrammeReleases,
    Programmes,
    conflicts_of,
    sessions_of,
)
from services.camps.schemas.camp import CampId, ExpectedVersion
from services.camps.schemas.programme import Rooms, Slots, WarningKeys


class CampTakesNoProgramme(Refusal):
    """A programme is for a camp that is announced and has not ended."""


@command(needs=EVERY_ORGANISATION)
def arrange_programme(
    uow: UnitOfWork,
    scope: Scope,
    *,
    programme_id: CampId,
    version: ExpectedVersion,
    rooms: Rooms | None = None,
    slots: Slots | None = None,
) -> Programme:
    """Put other rooms or slots in place of those of a camp's working programme; conflicts are shown, not refused."""
    camp = _camp(uow, programme_id)
    programme = Programmes(uow).of(camp, scope=scope, version=version)
    for place, slot in enumerate(slots or ()):
        by = f"slots/{place}/session_id"
        Sessions(uow).named_at(camp.id, slot.session_id, by=by)
    return Programmes(uow).save(programme) if programme.arrange(rooms=rooms, slots=slots) else programme


@command(needs=EVERY_ORGANISATION)
def acknowledge_warnings(
    uow: UnitOfWork, scope: Scope, *, programme_id: CampId, version: ExpectedVersion, warnings: WarningKeys
) -> Programme:
    """Acknowledge, by name, warnings about a camp's working programme, each by its key."""
    programme = Programmes(uow).of(_camp(uow, programme_id), scope=scope, version=version)
    programme.acknowledge(warnings, by=scope.subject, at=uow.now)
    return Programmes(uow).save(programme)


@command(needs=EVERY_ORGANISATION)
def withdraw_acknowledgements(
    uow: UnitOfWork, scope: Scope, *, programme_id: CampId, version: ExpectedVersion, warnings: WarningKeys
) -> Programme:
    """Take back that warnings about a camp's working programme were acknowledged."""
    programme = Programmes(uow).of(_camp(uow, programme_id), scope=scope, version=version)
    programme.withdraw_acknowledgements(warnings)
    return Programmes(uow).save(programme)


@command(needs=EVERY_ORGANISATION)
def release_programme(uow: UnitOfWork, scope: Scope, *, programme_id: CampId, version: ExpectedVersion) -> Programme:
    """Release a camp's working programme under the next number; every delegate whom it concerns is told, once."""
    camp = _camp(uow, programme_id)
    Camps(uow).touch(camp)
    programme = Programmes(uow).of(camp, scope=scope, version=version)
    _refuse_while_telling(uow, camp, programme.release_number)
    Sessions(uow).touch_all([slot.session_id for slot in programme.slots])
    release = programme.release(
        ProgrammeReleases(uow).last_of(camp.id),
        id=uow.new_id("prl"),
        camp=camp,
        sessions=sessions_of(uow, programme),
        conflicts=conflicts_of(uow, camp, programme),
        by=scope.subject,
        at=uow.now,
    )
    ProgrammeReleases(uow).save(release)
    mailing = ProgrammeMailing(id=uow.new_id("pml"), camp_id=camp.id, release_id=release.id, number=release.number)
    ProgrammeMailings(uow).save(mailing)
    return Programmes(uow).save(programme)


def _camp(uow: UnitOfWork, camp_id: str) -> Camp:
    camp = Camps(uow).get(camp_id, scope=PLATFORM)
    camp.refuse_if_cancelled()
    if camp.state not in (*TO_COME, CampState.RUNNING):
        raise CampTakesNoProgramme(f"camp {camp.id} is {camp.state}")
    return camp


def _refuse_while_telling(uow: UnitOfWork, camp: Camp, number: int) -> None:
    if ProgrammeMailings(uow).first({"camp_id": camp.id, "is_done": False}, scope=PLATFORM):
        raise StillTelling(f"delegates are being told of release {number} of the programme of {camp.id}: wait a moment")
