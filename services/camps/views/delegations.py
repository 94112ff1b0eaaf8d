"""What one can see of delegates, and of who was there."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from chassis.domain.scope import EVERY_ORGANISATION, PLATFORM, Scope
from chassis.persistence.queries import list_page
from chassis.persistence.unit_of_work import Reading
from chassis.schemas.messages import Page, Paging
from chassis.schemas.operations import query
from services.camps.model.delegations.attendance import Attendance, AttendanceState, Presence
from services.camps.model.delegations.attends import Attends
from services.camps.model.delegations.delegate import Delegate, DelegateKind
from services.camps.model.delegations.delegate_lifecycle import COMING, DelegateState
from services.camps.model.delegations.needs import Needs
from services.camps.repository.camp import Camps
from services.camps.repository.delegations import Attendances, Delegates, NeedsOfDelegates
from services.camps.schemas.camp import CampId, InvitationId, PartnerId
from services.camps.schemas.delegations import AttendanceId, CampDay, DelegateId
from services.camps.schemas.programme import SessionId


@dataclass(frozen=True, kw_only=True)
class Presences:
    """How many were there on a day or in a session, by what counts of each.

    On a day, `expected` are all who come without those of whom something is recorded for it; null for a session.
    """

    on: date | None = None
    session_id: str | None = None
    expected: int | None = None
    present: int
    remote: int
    left_early: int
    absent: int
    excused: int


@dataclass(frozen=True, kw_only=True)
class CampAttendance:
    """Who was at a camp, in numbers: each of its days, and each session for which something is recorded."""

    camp_id: str
    days: list[Presences]
    sessions: list[Presences]


@dataclass(frozen=True, kw_only=True)
class _Counted:
    on: date | None
    session_id: str | None
    presence: Presence


@query
def show_delegate(reading: Reading, scope: Scope, *, delegate_id: DelegateId) -> Delegate:
    """Show a delegate."""
    return Delegates(reading).get(delegate_id, scope=scope)


@query
def list_delegates(
    reading: Reading,
    scope: Scope,
    *,
    paging: Paging,
    camp_id: CampId | None = None,
    partner_id: PartnerId | None = None,
    invitation_id: InvitationId | None = None,
    kind: DelegateKind | None = None,
    state: DelegateState | None = None,
    attends: Attends | None = None,
) -> Page[Delegate]:
    """List delegates: of one camp, partner or invitation, of one kind, in one state, or who come one way."""
    wanted = {"camp_id": camp_id, "partner_id": partner_id, "invitation_id": invitation_id, "kind": kind,
              "state": state, "attends": attends}  # fmt: skip
    return list_page(Delegates(reading), paging, scope=scope, **wanted)


@query(needs=EVERY_ORGANISATION)
def list_needs(reading: Reading, scope: Scope, *, camp_id: CampId, paging: Paging) -> Page[Needs]:
    """List what those who come to a camp need to eat and to take part, as far as it was stated."""
    coming = {"$in": Delegates(reading).ids_of_who_come(camp_id)}
    return list_page(NeedsOfDelegates(reading), paging, scope=scope, _id=coming)


@query
def show_attendance(reading: Reading, scope: Scope, *, attendance_id: AttendanceId) -> Attendance:
    """Show what was recorded of a delegate for a day or a session."""
    return Attendances(reading).get(attendance_id, scope=scope)


@query
def list_attendances(
    reading: Reading,
    scope: Scope,
    *,
    paging: Paging,
    camp_id: CampId | None = None,
    partner_id: PartnerId | None = None,
    delegate_id: DelegateId | None = None,
    session_id: SessionId | None = None,
    on: CampDay | None = None,
    state: AttendanceState | None = None,
) -> Page[Attendance]:
    """List what was recorded of who was there: at one camp, of one partner or delegate, on a day or in a session."""
    wanted = {"camp_id": camp_id, "partner_id": partner_id, "delegate_id": delegate_id, "session_id": session_id,
              "on": on.isoformat() if on else None, "state": state}  # fmt: skip
    return list_page(Attendances(reading), paging, scope=scope, **wanted)


@query(needs=EVERY_ORGANISATION)
def count_attendance(reading: Reading, scope: Scope, *, camp_id: CampId) -> CampAttendance:
    """Show how many were at a camp, on each of its days and in its sessions, and who is still expected."""
    camp = Camps(reading).get(camp_id, scope=scope)
    all_who_come = {"camp_id": camp_id, "state": {"$in": list(COMING)}}
    coming = Delegates(reading).counts("camp_id", where=all_who_come, scope=PLATFORM).get(camp_id, 0)
    counts = {"camp_id": camp_id, "state": AttendanceState.RECORDED}
    recorded: dict[date | str | None, Counter[str]] = {}
    for each in Attendances(reading).members(counts, _Counted, scope=PLATFORM, sort="_id"):
        recorded.setdefault(each.session_id or each.on, Counter())[each.presence] += 1
    days = [camp.starts_on + timedelta(days=number) for number in range((camp.ends_on - camp.starts_on).days + 1)]
    return CampAttendance(
        camp_id=camp_id,
        days=[_presences(recorded.get(day, Counter()), on=day, coming=coming) for day in days],
        sessions=[_presences(found, session_id=id) for id, found in recorded.items() if isinstance(id, str)],
    )


def _presences(
    found: Counter[str], *, on: date | None = None, session_id: str | None = None, coming: int | None = None
) -> Presences:
    expected = None if coming is None else max(coming - found.total(), 0)
    return Presences(on=on, session_id=session_id, expected=expected, **{each.value: found[each] for each in Presence})
