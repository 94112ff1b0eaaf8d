"""Another law of zones moves the instants of a released programme: it is released again, and told."""

from chassis.domain.errors import NotYetKnown
from chassis.domain.scope import PLATFORM
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import reaction
from services.camps.model.camp_lifecycle import TO_COME
from services.camps.model.programme.mailing import ProgrammeMailing
from services.camps.model.programme.programme import Programme
from services.camps.model.programme.release import ProgrammeRelease
from services.camps.repository.camp import Camps
from services.camps.repository.programme_releases import ProgrammeMailings, ProgrammeReleases, Programmes
from services.camps.schemas.camp import CampId


@reaction("camps.camp.changed")
def release_by_another_law(uow: UnitOfWork, *, camp_id: CampId, zone_law: str | None = None) -> None:
    """Release a programme again whose instants another law of zones has moved; whoever presents something is told.

    Raises NotYetKnown while delegates are still being told of the release before.
    """
    camp, last = Camps(uow).known(camp_id, scope=PLATFORM), ProgrammeReleases(uow).last_of(camp_id)
    if zone_law is None or last is None or camp.state not in TO_COME:
        return
    if ProgrammeMailings(uow).first({"camp_id": camp_id, "is_done": False}, scope=PLATFORM):
        raise NotYetKnown(f"who is still to be told of release {last.number} of the programme of {camp_id}")
    Camps(uow).touch(camp)
    programme = Programmes(uow).of(camp, scope=PLATFORM)
    release = programme.follow_the_law(last, id=uow.new_id("prl"), camp=camp, law=zone_law, at=uow.now)
    if release:
        _keep(uow, programme, release)


def _keep(uow: UnitOfWork, programme: Programme, release: ProgrammeRelease) -> None:
    ProgrammeReleases(uow).save(release)
    mailing = ProgrammeMailing(id=uow.new_id("pml"), camp_id=release.camp_id, release_id=release.id,
                               number=release.number)  # fmt: skip
    ProgrammeMailings(uow).save(mailing)
    Programmes(uow).save(programme)
