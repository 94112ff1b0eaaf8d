"""The states of a candidate, what leads from which to which, and what is refused because of the state."""

from enum import StrEnum
from functools import partial

from chassis.domain.errors import Conflict
from chassis.domain.transitions import Transition


class CandidateState(StrEnum):
    """Whether a partner waits for a place in the programme, and why it does so no more."""

    WAITING = "waiting"
    ADMITTED = "admitted"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"


WAITING, ADMITTED, WITHDRAWN, DECLINED = CandidateState
_row = partial(Transition, aggregate="candidate")
_with_reason = partial(_row, needs_reason=True)
TRANSITIONS = (
    _row(operation="become_candidate", from_states=(), to=(WAITING,), way_back="withdraw_candidate"),
    _with_reason(operation="move_candidate", from_states=(WAITING,), to=(WAITING,), way_back="move_candidate"),
    _row(operation="admit_partner", from_states=(WAITING,), to=(ADMITTED,), way_back="reinstate_candidate"),
    _with_reason(
        operation="withdraw_candidate", from_states=(WAITING,), to=(WITHDRAWN,), way_back="reinstate_candidate"
    ),
    _with_reason(operation="decline_candidate", from_states=(WAITING,), to=(DECLINED,), way_back="reinstate_candidate"),
    _with_reason(
        operation="reinstate_candidate",
        from_states=(ADMITTED, WITHDRAWN, DECLINED),
        to=(WAITING,),
        way_back="withdraw_candidate",
    ),
)


class CandidateAlready(Conflict):
    """A partner waits for one place."""


class NobodyNeedsToWait(Conflict):
    """Who can be admitted does not become a candidate."""
