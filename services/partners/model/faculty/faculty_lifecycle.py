"""The states of a faculty member, what leads from which to which, and what is refused because of the state."""

from enum import StrEnum
from functools import partial

from chassis.domain.errors import Conflict
from chassis.domain.transitions import Transition


class FacultyState(StrEnum):
    """How far somebody is on the way to the faculty, in it, and out of it."""

    NOMINATED = "nominated"
    CONSIDERED = "considered"
    INVITED = "invited"
    ORIENTING = "orienting"
    ACTIVE = "active"
    EMERITUS = "emeritus"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


NOMINATED, CONSIDERED, INVITED, ORIENTING, ACTIVE, EMERITUS, DECLINED, WITHDRAWN = FacultyState
_row = partial(Transition, aggregate="faculty_member")
_with_reason = partial(_row, needs_reason=True)
TRANSITIONS = (
    _with_reason(operation="nominate_faculty", from_states=(), to=(NOMINATED,), way_back="withdraw_faculty"),
    _row(operation="consider_faculty", from_states=(NOMINATED,), to=(CONSIDERED,), way_back="withdraw_faculty"),
    _with_reason(
        operation="reconsider_faculty",
        from_states=(DECLINED, WITHDRAWN),
        to=(CONSIDERED,),
        way_back="withdraw_faculty",
    ),
    _row(operation="invite_faculty", from_states=(CONSIDERED,), to=(INVITED,), way_back="withdraw_faculty"),
    _row(operation="orient_faculty", from_states=(INVITED,), to=(ORIENTING,), way_back="decline_faculty"),
    _row(operation="appoint_faculty", from_states=(ORIENTING,), to=(ACTIVE,), way_back="retire_faculty"),
    _with_reason(
        operation="decline_faculty",
        from_states=(INVITED, ORIENTING),
        to=(DECLINED,),
        way_back="reconsider_faculty",
    ),
    _with_reason(
        operation="withdraw_faculty",
        from_states=(NOMINATED, CONSIDERED, INVITED, ORIENTING),
        to=(WITHDRAWN,),
        way_back="reconsider_faculty",
    ),
    _with_reason(operation="retire_faculty", from_states=(ACTIVE,), to=(EMERITUS,), way_back="reinstate_faculty"),
    _with_reason(operation="reinstate_faculty", from_states=(EMERITUS,), to=(ACTIVE,), way_back="retire_faculty"),
)


class NominatedAlready(Conflict):
    """Somebody is nominated once; whoever declined or was withdrawn is reconsidered."""
