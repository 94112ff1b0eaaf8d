"""What one can see of programmes: what is arranged, what is wrong with it, and what was released."""

from dataclasses import dataclass
from datetime import datetime

from chassis.domain.errors import NotFound
from chassis.domain.scope import EVERY_ORGANISATION, Scope
from chassis.persistence.queries import list_page
from chassis.persistence.unit_of_work import Reading
from chassis.schemas.messages import Page, Paging
from chassis.schemas.operations import query
from services.camps.model.programme.availability import Availability
from services.camps.model.programme.conflicts import Conflict, ConflictKind
from services.camps.model.programme.programme import Programme
from services.camps.model.programme.release import ProgrammeRelease
from services.camps.repository.camp import Camps
from services.camps.repository.delegations import Delegates
from services.camps.repository.programme_releases import Availabilities, ProgrammeReleases, Programmes, conflicts_of
from services.camps.schemas.camp import CampId
from services.camps.schemas.delegations import DelegateId
from services.camps.schemas.programme import ReleaseId, ReleaseNumber


@dataclass(frozen=True, kw_only=True)
class ShownConflict:
    """Something that is wrong with a programme, and who has seen it, if it can be acknowledged and was."""

    key: str
    kind: ConflictKind
    is_fatal: bool
    pointer: str
    session_ids: list[str]
    presenter_id: str | None
    detail: str
    acknowledged_by: str | None
    acknowledged_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class ProgrammeConflicts:
    """Everything that is wrong with a working programme, what is fatal first."""

    version: int
    conflicts: list[ShownConflict]


@query(needs=EVERY_ORGANISATION)
def show_programme(reading: Reading, scope: Scope, *, programme_id: CampId) -> Programme:
    """Show the working programme of a camp, under the camp's id."""
    return Programmes(reading).of(Camps(reading).get(programme_id, scope=scope), scope=scope)


@query(needs=EVERY_ORGANISATION)
def show_programme_conflicts(reading: Reading, scope: Scope, *, programme_id: CampId) -> ProgrammeConflicts:
    """Show what is wrong with the working programme of a camp: fatal, or a warning and who has acknowledged it."""
    camp = Camps(reading).get(programme_id, scope=scope)
    programme = Programmes(reading).of(camp, scope=scope)
    found = [_with_who_has_seen_it(each, programme) for each in conflicts_of(reading, camp, programme)]
    return ProgrammeConflicts(version=programme.version, conflicts=found)


@query
def show_released_programme(reading: Reading, scope: Scope, *, camp_id: CampId) -> ProgrammeRelease:
    """Show the programme of a camp, as it was released last."""
    release = ProgrammeReleases(reading).last_of(Camps(reading).get(camp_id, scope=scope).id)
    if release is None:
        raise NotFound(f"the programme of {camp_id} is not released yet")
    return release


@query
def show_programme_release(reading: Reading, scope: Scope, *, release_id: ReleaseId) -> ProgrammeRelease:
    """Show one release of a programme, as it was then."""
    return ProgrammeReleases(reading).get(release_id, scope=scope)


@query
def list_programme_releases(
    reading: Reading,
    scope: Scope,
    *,
    paging: Paging,
    camp_id: CampId | None = None,
    number: ReleaseNumber | None = None,
) -> Page[ProgrammeRelease]:
    """List releases of programmes: of one camp, or one by its number."""
    return list_page(ProgrammeReleases(reading), paging, scope=scope, camp_id=camp_id, number=number)


@query
def show_availability(reading: Reading, scope: Scope, *, delegate_id: DelegateId) -> Availability:
    """Show when a delegate cannot present."""
    return Availabilities(reading).of(Delegates(reading).get(delegate_id, scope=scope))


def _with_who_has_seen_it(conflict: Conflict, programme: Programme) -> ShownConflict:
    seen = next((each for each in programme.acknowledgements if each.key == conflict.key), None)
    by, at = (seen.by, seen.at) if seen else (None, None)
    return ShownConflict(**vars(conflict), acknowledged_by=by, acknowledged_at=at)
