"""The states of a camp, and what leads from which to which."""

from enum import StrEnum
from functools import partial

from chassis.domain.transitions import Transition


class CampState(StrEnum):
    """How far a camp is."""

    ANNOUNCED = "announced"
    INVITING = "inviting"
    CANCELLED = "cancelled"


ANNOUNCED, INVITING, CANCELLED = CampState
TO_COME = (ANNOUNCED, INVITING)
"""Where a camp is to take place."""
_row = partial(Transition, aggregate="camp")
TRANSITIONS = (
    _row(operation="announce_camp", from_states=(), to=(ANNOUNCED,), way_back="cancel_camp"),
    _row(
        operation="open_invitations",
        from_states=(ANNOUNCED,),
        to=(INVITING,),
        way_back="Who has been asked cannot be made not to know; an invitation is withdrawn, or the camp cancelled.",
    ),
    _row(
        operation="cancel_camp",
        from_states=TO_COME,
        to=(CANCELLED,),
        needs_reason=True,
        way_back="Everybody has been told to make other plans; another camp of that season and year can be announced.",
    ),
)
