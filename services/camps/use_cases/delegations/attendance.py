"""The institute records who was there, and corrects it."""

from dataclasses import dataclass

from chassis.domain.errors import DomainError
from chassis.domain.scope import EVERY_ORGANISATION, PLATFORM, Scope
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.schemas.operations import command
from services.camps.model.delegations.attendance import (
    Attendance,
    NotADelegate,
    Occasion,
    Presence,
    SessionOfAnotherCamp,
)
from services.camps.repository.camp import Camps
from services.camps.repository.delegations import Attendances, Delegates
from services.camps.repository.programme import Sessions
from services.camps.schemas.camp import CampId, ExpectedVersion
from services.camps.schemas.delegations import AttendanceId, CampDay, DelegateIds
from services.camps.schemas.programme import SessionId


@dataclass(frozen=True, kw_only=True)
class RecordedPresence:
    """What became of one delegate of whom something was to be recorded: where it stands, or why it is not recorded."""

    delegate_id: str
    attendance_id: str | None = None
    code: str | None = None
    """The code of the error, if it was not recorded."""
    message: str | None = None


@dataclass(frozen=True, kw_only=True)
class RecordedPresences:
    """One result for each delegate of whom something was to be recorded, in the order asked."""

    results: list[RecordedPresence]


@command(needs=EVERY_ORGANISATION)
def record_attendance(
    uow: UnitOfWork,
    scope: Scope,
    *,
    camp_id: CampId,
    delegate_ids: DelegateIds,
    presence: Presence,
    on: CampDay | None = None,
    session_id: SessionId | None = None,
) -> RecordedPresences:
    """Record of several delegates whether they were there, on a day or in a session: each, or why not."""
    camp = Camps(uow).named(camp_id, by="camp_id", scope=PLATFORM)
    occasion = Occasion(on=on, session_id=session_id)
    occasion.refuse_unless_it_has_come(camp, at=uow.now)
    if session_id is not None:
        _refuse_a_session_of_another(uow, camp_id, session_id)
    results = []
    for delegate_id in delegate_ids:
        try:
            recorded = _record(uow, scope, camp_id, delegate_id, occasion, presence)
        except DomainError as error:
            results.append(RecordedPresence(delegate_id=delegate_id, code=error.code, message=str(error)))
        else:
            results.append(RecordedPresence(delegate_id=delegate_id, attendance_id=recorded.id))
    return RecordedPresences(results=results)


@command(needs=EVERY_ORGANISATION)
def correct_attendance(
    uow: UnitOfWork, scope: Scope, *, attendance_id: AttendanceId, version: ExpectedVersion, presence: Presence
) -> Attendance:
    """Correct what was recorded of a delegate; it stays on record, and names what corrects it."""
    wrong = Attendances(uow).get(attendance_id, scope=scope, version=version)
    right = wrong.correct(id=uow.new_id("att"), presence=presence, recorded_by=scope.subject)
    Attendances(uow).save(wrong)
    Attendances(uow).save(right)
    return wrong


def _refuse_a_session_of_another(uow: UnitOfWork, camp_id: str, session_id: str) -> None:
    session = Sessions(uow).named(session_id, by="session_id", scope=PLATFORM)
    if session.camp_id != camp_id:
        detail = f"A session of camp {camp_id} is expected; '{session_id}' is one of {session.camp_id}"
        raise SessionOfAnotherCamp.at("/session_id", "another_camp", detail)


def _record(
    uow: UnitOfWork, scope: Scope, camp_id: str, delegate_id: str, occasion: Occasion, presence: Presence
) -> Attendance:
    delegate = Delegates(uow).first({"_id": delegate_id, "camp_id": camp_id}, scope=PLATFORM)
    if delegate is None:
        raise NotADelegate(f"{delegate_id} is no delegate to camp {camp_id}")
    Delegates(uow).touch(delegate)  # Who is withdrawn at this moment was not there unseen.
    known = Attendances(uow).that_counts(delegate_id, occasion)
    if known is None:
        recorded = Attendance.of(delegate, occasion, id=uow.new_id("att"), presence=presence, recorded_by=scope.subject)
        return Attendances(uow).save(recorded)
    if known.presence is not presence:
        raise known.already_recorded()
    return known
