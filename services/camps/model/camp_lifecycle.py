"""The states of a camp, and what leads from which to which."""

from enum import StrEnum
from functools import partial

from chassis.domain.transitions import Transition


class CampState(StrEnum):
    """How far a camp is."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    INVITING = "inviting"
    FROZEN = "frozen"
    RUNNING = "running"
    ENDED = "ended"
    CLOSED = "closed"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


DRAFT, ANNOUNCED, INVITING, FROZEN, RUNNING, ENDED, CLOSED, POSTPONED, CANCELLED = CampState
TO_COME = (ANNOUNCED, INVITING, FROZEN)
"""Where a camp is to take place, and everybody may know of it."""
BEGUN = (RUNNING, ENDED, CLOSED)
_DAYS_COME = "Its days come as they were told; whoever has met cannot be made not to have met."
_row = partial(Transition, aggregate="camp")
TRANSITIONS = (
    _row(operation="plan_camp", from_states=(), to=(DRAFT,), way_back="cancel_camp"),
    _row(operation="announce_camp", from_states=(), to=(ANNOUNCED,), way_back="cancel_camp"),
    _row(operation="announce_planned_camp", from_states=(DRAFT,), to=(ANNOUNCED,), way_back="cancel_camp"),
    _row(
        operation="open_invitations",
        from_states=(ANNOUNCED,),
        to=(INVITING,),
        way_back="Who has been asked cannot be made not to know; an invitation is withdrawn, or the camp cancelled.",
    ),
    _row(operation="freeze_camp", from_states=(INVITING,), to=(FROZEN,), way_back="unfreeze_camp"),
    _row(operation="unfreeze_camp", from_states=(FROZEN,), to=(INVITING,), way_back="freeze_camp"),
    _row(operation="change_camp", from_states=(FROZEN,), to=(INVITING,), way_back="freeze_camp"),
    _row(operation="follow_the_calendar", from_states=(INVITING,), to=(FROZEN,), way_back="unfreeze_camp"),
    _row(operation="follow_the_calendar", from_states=TO_COME, to=(RUNNING,), way_back=_DAYS_COME),
    _row(operation="follow_the_calendar", from_states=(RUNNING,), to=(ENDED,), way_back=_DAYS_COME),
    _row(
        operation="postpone_camp",
        from_states=TO_COME,
        to=(POSTPONED,),
        needs_reason=True,
        way_back="reschedule_camp",
    ),
    _row(
        operation="reschedule_camp",
        from_states=(POSTPONED,),
        to=(ANNOUNCED, INVITING),
        way_back="postpone_camp",
    ),
    _row(operation="close_camp", from_states=(ENDED,), to=(CLOSED,), way_back="reopen_camp"),
    _row(operation="reopen_camp", from_states=(CLOSED,), to=(ENDED,), way_back="close_camp"),
    _row(
        operation="cancel_camp",
        from_states=(DRAFT, *TO_COME, POSTPONED, RUNNING),
        to=(CANCELLED,),
        needs_reason=True,
        way_back="Everybody has been told to make other plans; another camp of that season and year can be announced.",
    ),
)
