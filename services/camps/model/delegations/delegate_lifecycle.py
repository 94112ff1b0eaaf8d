"""The states of a delegate, and what leads from which to which."""

from enum import StrEnum
from functools import partial

from chassis.domain.transitions import Transition


class DelegateState(StrEnum):
    """Whether somebody comes."""

    NAMED = "named"
    CONFIRMED = "confirmed"
    SUBSTITUTED = "substituted"
    WITHDRAWN = "withdrawn"


NAMED, CONFIRMED, SUBSTITUTED, WITHDRAWN = DelegateState
COMING = (NAMED, CONFIRMED)
"""Who has a seat."""
ENDED = (SUBSTITUTED, WITHDRAWN)
_row = partial(Transition, aggregate="delegate")
_WITH_THE_INVITATION = {
    "decline_invitation": "undo_answer",
    "answer_tentatively": "accept_invitation",
    "give_up_seats": "accept_invitation",
    "withdraw_invitation": "accept_invitation",
    "withdraw_open_invitations": "A partner that has departed names people once it is admitted and invited again.",
    "make_eligible": "A partner that was admitted anew names people once it is invited again.",
    "cancel_camp": "A cancelled camp does not take place; people are named for the next one.",
}
"""What ends a delegate with the seats of their partner, and what leads back."""
TRANSITIONS = (
    _row(operation="name_delegate", from_states=(), to=(NAMED,), way_back="withdraw_delegate"),
    _row(operation="substitute_delegate", from_states=(), to=(NAMED,), way_back="withdraw_delegate"),
    _row(operation="confirm_delegate", from_states=(NAMED,), to=(CONFIRMED,), way_back="withdraw_delegate"),
    _row(operation="substitute_delegate", from_states=COMING, to=(SUBSTITUTED,), way_back="restore_delegate"),
    _row(operation="withdraw_delegate", from_states=COMING, to=(WITHDRAWN,), way_back="restore_delegate"),
    _row(operation="restore_delegate", from_states=ENDED, to=(NAMED,), way_back="withdraw_delegate"),
    _row(operation="keep_departure", from_states=COMING, to=(WITHDRAWN,), way_back="keep_person"),
    _row(operation="keep_person", from_states=(WITHDRAWN,), to=COMING, way_back="keep_departure"),
    *(
        _row(
            operation=operation,
            from_states=COMING,
            to=(WITHDRAWN,),
            needs_reason=operation in ("withdraw_invitation", "cancel_camp"),
            way_back=way_back,
        )
        for operation, way_back in _WITH_THE_INVITATION.items()
    ),
    _row(operation="accept_invitation", from_states=(WITHDRAWN,), to=COMING, way_back="decline_invitation"),
    _row(operation="undo_answer", from_states=(WITHDRAWN,), to=COMING, way_back="decline_invitation"),
    _row(
        operation="answer_by_link",
        from_states=(*COMING, WITHDRAWN),
        to=(*COMING, WITHDRAWN),
        way_back="answer_by_link",
    ),
    _row(operation="accept_invitation", from_states=(), to=(CONFIRMED,), way_back="decline_invitation"),
    _row(operation="answer_by_link", from_states=(), to=(CONFIRMED,), way_back="answer_by_link"),
)
