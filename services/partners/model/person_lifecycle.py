"""The states of a person, what leads from which to which, and what is refused because of the state."""

from enum import StrEnum

from chassis.domain.errors import Conflict
from chassis.domain.transitions import Transition


class PersonState(StrEnum):
    """Whether somebody is still with their partner, or with the institute, and whether it is known who they were."""

    PRESENT = "present"
    LEFT = "left"
    ERASED = "erased"


PRESENT, LEFT, ERASED = PersonState
TRANSITIONS = (
    Transition(
        aggregate="person",
        operation="add_person",
        from_states=(),
        to=(PRESENT,),
        way_back="leave_person",
    ),
    Transition(
        aggregate="person",
        operation="leave_person",
        from_states=(PRESENT,),
        to=(LEFT,),
        way_back="return_person",
    ),
    Transition(
        aggregate="person",
        operation="return_person",
        from_states=(LEFT,),
        to=(PRESENT,),
        needs_reason=True,
        way_back="leave_person",
    ),
    Transition(
        aggregate="person",
        operation="take_role",
        from_states=(PRESENT,),
        to=(PRESENT,),
        way_back="give_up_role",
    ),
    Transition(
        aggregate="person",
        operation="give_up_role",
        from_states=(PRESENT,),
        to=(PRESENT,),
        way_back="restore_role",
    ),
    Transition(
        aggregate="person",
        operation="restore_role",
        from_states=(PRESENT,),
        to=(PRESENT,),
        needs_reason=True,
        way_back="give_up_role",
    ),
    Transition(
        aggregate="person",
        operation="move_person",
        from_states=(PRESENT, LEFT),
        to=(PRESENT,),
        needs_reason=True,
        way_back="move_person",
    ),
    Transition(
        aggregate="person",
        operation="erase_person",
        from_states=(PRESENT, LEFT),
        to=(ERASED,),
        needs_reason=True,
        way_back="What was erased is nowhere any more; whoever joins again is put on record anew.",
    ),
)


class PersonHasLeft(Conflict):
    """Of somebody who has left nothing more is put on record, unless they return."""


class PersonIsPresent(Conflict):
    """Only somebody who has left returns."""


class PersonOfTheInstitute(Conflict):
    """Partners' people move from one partner to another; the institute's own people do not."""


class WorksThereAlready(Conflict):
    """Whoever moves goes to another partner than theirs."""


class FormerAddressOfAnother(Conflict):
    """Whoever had an address before is the same person, unless the caller's `same_address_is_meant` says otherwise."""


class PersonIsErased(Conflict):
    """Nobody knows any more who that was: nothing more is put on record of them."""
