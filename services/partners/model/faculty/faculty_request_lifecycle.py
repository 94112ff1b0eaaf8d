"""The states of a request for faculty, what leads from which to which, and what is refused because of the state."""

from enum import StrEnum
from functools import partial

from chassis.domain.errors import Conflict
from chassis.domain.transitions import Transition


class FacultyRequestState(StrEnum):
    """How far the institute is with a request for faculty."""

    OPEN = "open"
    GRANTED = "granted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


OPEN, GRANTED, DECLINED, WITHDRAWN = FacultyRequestState
_row = partial(Transition, aggregate="faculty_request")
_with_reason = partial(_row, needs_reason=True)
TRANSITIONS = (
    _row(operation="request_faculty", from_states=(), to=(OPEN,), way_back="withdraw_faculty_request"),
    _row(operation="grant_faculty_request", from_states=(OPEN,), to=(GRANTED,), way_back="reopen_faculty_request"),
    _with_reason(
        operation="decline_faculty_request", from_states=(OPEN,), to=(DECLINED,), way_back="reopen_faculty_request"
    ),
    _with_reason(
        operation="withdraw_faculty_request", from_states=(OPEN,), to=(WITHDRAWN,), way_back="reopen_faculty_request"
    ),
    _with_reason(
        operation="reopen_faculty_request",
        from_states=(GRANTED, DECLINED, WITHDRAWN),
        to=(OPEN,),
        way_back="grant_faculty_request",
    ),
)


class FacultyNotActive(Conflict):
    """Only who is active faculty is given to a partner that asks for faculty."""


class FacultyOfThePartner(Conflict):
    """A partner is not given its own person: nobody coaches their employer."""
