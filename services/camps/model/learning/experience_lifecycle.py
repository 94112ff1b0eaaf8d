"""The states of an experience, and what leads from which to which."""

from enum import StrEnum
from functools import partial

from chassis.domain.transitions import Transition


class ExperienceState(StrEnum):
    """How far an experience is."""

    CAPTURED = "captured"
    REVIEWED = "reviewed"
    SHARED = "shared"
    RETIRED = "retired"


CAPTURED, REVIEWED, SHARED, RETIRED = ExperienceState
_row = partial(Transition, aggregate="experience")
_with_reason = partial(_row, needs_reason=True)
TRANSITIONS = (
    _row(operation="capture_experience", from_states=(), to=(CAPTURED,), way_back="retire_experience"),
    _row(operation="change_experience", from_states=(CAPTURED, REVIEWED), to=(CAPTURED,), way_back="change_experience"),
    _row(operation="review_experience", from_states=(CAPTURED,), to=(REVIEWED,), way_back="change_experience"),
    _row(operation="share_experience", from_states=(REVIEWED,), to=(SHARED,), way_back="take_experience_back"),
    _with_reason(operation="take_experience_back", from_states=(SHARED,), to=(REVIEWED,), way_back="share_experience"),
    _with_reason(
        operation="retire_experience",
        from_states=(CAPTURED, REVIEWED, SHARED),
        to=(RETIRED,),
        way_back="restore_experience",
    ),
    _with_reason(operation="restore_experience", from_states=(RETIRED,), to=(CAPTURED,), way_back="retire_experience"),
    _row(
        operation="offer_experience_draft", from_states=(RETIRED,), to=(CAPTURED,), way_back="withdraw_experience_draft"
    ),
    _row(operation="offer_experience_draft", from_states=(), to=(CAPTURED,), way_back="withdraw_experience_draft"),
    _row(
        operation="withdraw_experience_draft", from_states=(CAPTURED,), to=(RETIRED,), way_back="offer_experience_draft"
    ),
)
