"""The states of a commitment, and what leads from which to which."""

from enum import StrEnum
from functools import partial

from chassis.domain.transitions import Transition


class CommitmentState(StrEnum):
    """What became of a commitment."""

    MADE = "made"
    OVERDUE = "overdue"
    REPORTED = "reported"
    RELEASED = "released"


MADE, OVERDUE, REPORTED, RELEASED = CommitmentState
OPEN = (MADE, OVERDUE)
"""The states in which a report is waited for."""
NEWLY_ADMITTED = "A partner that has departed promises anew once it is admitted again."
_row = partial(Transition, aggregate="commitment")
_with_reason = partial(_row, needs_reason=True)
TRANSITIONS = (
    _row(operation="make_commitment", from_states=(), to=(MADE,), way_back="release_commitment"),
    _row(operation="change_commitment", from_states=OPEN, to=(MADE,), way_back="change_commitment"),
    _row(operation="note_overdue_commitments", from_states=(MADE,), to=(OVERDUE,), way_back="change_commitment"),
    _row(
        operation="report_commitment",
        from_states=(MADE, OVERDUE, REPORTED),
        to=(REPORTED,),
        way_back="withdraw_report",
    ),
    _with_reason(operation="withdraw_report", from_states=(REPORTED,), to=(MADE,), way_back="report_commitment"),
    _row(
        operation="follow_promised_cycle",
        from_states=(MADE, OVERDUE, REPORTED),
        to=(REPORTED,),
        way_back="follow_promised_cycle",
    ),
    _row(operation="follow_promised_cycle", from_states=(REPORTED,), to=(MADE,), way_back="follow_promised_cycle"),
    _with_reason(operation="release_commitment", from_states=OPEN, to=(RELEASED,), way_back="resume_commitment"),
    _with_reason(
        operation="resume_commitment", from_states=(RELEASED,), to=(MADE, REPORTED), way_back="release_commitment"
    ),
    *(
        _row(operation=operation, from_states=OPEN, to=(RELEASED,), way_back=NEWLY_ADMITTED)
        for operation in ("release_with_partner", "release_of_earlier_admission")
    ),
)
