"""The states of a letter, and what leads from one to another."""

from collections.abc import Iterable
from enum import StrEnum
from functools import partial
from itertools import chain

from chassis.domain.transitions import Transition


class LetterState(StrEnum):
    """How far a letter is; after `sent`, `failed` and `cancelled` nothing changes any more."""

    READY = "ready"
    SENDING = "sending"
    UNCERTAIN = "uncertain"
    SENT = "sent"
    FAILED = "failed"
    CANCELLED = "cancelled"


MAY_HAVE_ARRIVED = (LetterState.SENDING, LetterState.UNCERTAIN, LetterState.SENT)
"""Whoever a letter in one of these states is to may have it, or get it."""
MAY_ARRIVE = (LetterState.READY, *MAY_HAVE_ARRIVED)
"""Whoever a letter in one of these states is to need not be written to again."""
READY, SENDING, UNCERTAIN, SENT, FAILED, CANCELLED = LetterState
CORRECTED = "What no longer holds is cancelled, and what was sent is corrected by another letter."
HANDED_OVER = "A mail server that has a letter does not give it back."
WRITTEN_ANEW = "What holds again is told by another letter."
_row = partial(Transition, aggregate="letter")
_cancelling = partial(_row, from_states=(READY,), to=(CANCELLED,), way_back=WRITTEN_ANEW)
TRANSITIONS = (
    _row(operation="reopen_follow_up", from_states=(), to=(READY,), needs_reason=True, way_back=CORRECTED),
    _row(operation="remind", from_states=(), to=(READY,), way_back=CORRECTED),
    _row(operation="post_letters", from_states=(READY,), to=(SENDING, READY, FAILED, CANCELLED), way_back=HANDED_OVER),
    _row(operation="post_letters", from_states=(SENDING,), to=(SENT, FAILED, READY, UNCERTAIN, CANCELLED),
         way_back=HANDED_OVER),
    _row(operation="post_letters", from_states=(UNCERTAIN,), to=(SENT, FAILED, READY, CANCELLED),
         way_back=HANDED_OVER),
    _row(operation="restored", from_states=(READY, SENDING), to=(UNCERTAIN,),
         way_back="Only the mail server knows whether it has it."),
    _cancelling(operation="complete_follow_up", needs_reason=True),
    _cancelling(operation="skip_follow_up", needs_reason=True),
    *(_cancelling(operation=operation) for operation in (
        "stop_letters", "write_for_the_new_partner",
        "cancel_follow_up", "complete_answered_follow_up", "cancel_coaching", "rest_coaching",
        "take_up_coaching", "end_coaching", "reassign_coaching", "stop_asking_for_a_successor", "say_goodbye",
        "tell_the_leaders_that_it_rests", "tell_the_leaders_that_it_goes_on", "tell_the_session_coach",
        "tell_the_leaders_who_holds_it", "stop_asking_for_a_session_coach", "stop_warning_of_a_conflict",
        "stop_warning_of_a_conflict_of_a_session", "open_what_was_not_held",
        "tell_of_the_other_day", "announce_the_move", "announce_the_cancellation", "confirm_the_answer",
        "confirm_the_answer_no", "confirm_the_answer_perhaps", "confirm_what_holds_again", "announce_withdrawal",
        "announce_expiry", "confirm_that_it_waits_for_fewer", "write_that_nothing_is_offered",
        "stop_alerts", "tell_where_it_stands",
        "tell_the_decision", "tell_that_it_is_cancelled", "tell_that_it_is_reinstated",
        "stop_telling_what_was_decided", "tell_whether_its_evidence_holds", "tell_what_the_programme_says",
        "ask_the_guest", "tell_the_guest_that_they_wait", "tell_the_guest_that_nothing_is_offered",
        "confirm_the_answer_of_the_guest", "stop_asking_the_guest", "tell_the_guest_that_it_is_over",
        "tell_the_guest_of_the_change",
    )),
)  # fmt: skip
"""What becomes of a letter; `written_by` has by what it is written."""
UNSETTLED = tuple(dict.fromkeys(chain.from_iterable(row.from_states for row in TRANSITIONS)))
"""Something may still become of a letter in one of these states."""


def written_by(operations: Iterable[str]) -> tuple[Transition, ...]:
    """Give the transitions by which each of these operations writes letters."""
    return tuple(_row(operation=each, from_states=(), to=(READY,), way_back=CORRECTED) for each in operations)
