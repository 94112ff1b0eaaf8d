"""The states of a session, and what leads from which to which."""

from enum import StrEnum
from functools import partial

from chassis.domain.transitions import Transition


class SessionState(StrEnum):
    """How far a session is: written, proposed, decided about, and given."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    CONFIRMED = "confirmed"
    DELIVERED = "delivered"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"


DRAFT, PROPOSED, ACCEPTED, CONFIRMED, DELIVERED, DECLINED, WITHDRAWN, CANCELLED = SessionState
WITHDRAWABLE = (DRAFT, PROPOSED, ACCEPTED, CONFIRMED)
"""Where a session is still to take place, or may be."""
DECIDED = (ACCEPTED, CONFIRMED)
"""Where the institute has said that it is to take place."""
CHANGEABLE = (DRAFT, PROPOSED, ACCEPTED, CONFIRMED)
"""Where what is said of a session can be changed."""
_row = partial(Transition, aggregate="session")
_with_reason = partial(_row, needs_reason=True)
TRANSITIONS = (
    _row(operation="invite_partner", from_states=(WITHDRAWN,), to=(PROPOSED,), way_back="withdraw_reason"),
    _row(operation="invite_partner", from_states=(), to=(PROPOSED,), way_back="withdraw_reason"),
    _row(operation="invite_to_present", from_states=(WITHDRAWN,), to=(PROPOSED,), way_back="withdraw_presentation"),
    _row(operation="invite_to_present", from_states=(), to=(PROPOSED,), way_back="withdraw_presentation"),
    _row(operation="withdraw_presentation", from_states=(PROPOSED,), to=(WITHDRAWN,), way_back="invite_to_present"),
    _row(operation="propose_what_was_adopted", from_states=(WITHDRAWN,), to=(PROPOSED,),
         way_back="withdraw_what_was_adopted"),
    _row(operation="propose_what_was_adopted", from_states=(), to=(PROPOSED,), way_back="withdraw_what_was_adopted"),
    _row(operation="withdraw_what_was_adopted", from_states=(PROPOSED,), to=(WITHDRAWN,),
         way_back="propose_what_was_adopted"),
    _row(operation="apply_pending_reasons", from_states=(), to=(PROPOSED,), way_back="withdraw_reason"),
    _with_reason(
        operation="reissue_invitation", from_states=(WITHDRAWN,), to=(PROPOSED,), way_back="withdraw_invitation"
    ),
    _row(operation="withdraw_reason", from_states=(PROPOSED,), to=(WITHDRAWN,), way_back="invite_partner"),
    _row(operation="draft_session", from_states=(), to=(DRAFT,), way_back="withdraw_session"),
    _row(operation="submit_session", from_states=(DRAFT, WITHDRAWN), to=(PROPOSED,), way_back="withdraw_session"),
    _row(operation="withdraw_session", from_states=WITHDRAWABLE, to=(WITHDRAWN,), way_back="submit_session"),
    _row(operation="accept_session", from_states=(PROPOSED, DECLINED), to=(ACCEPTED,), way_back="decline_session"),
    _with_reason(
        operation="decline_session", from_states=(PROPOSED, ACCEPTED), to=(DECLINED,), way_back="accept_session"
    ),
    _row(operation="decide_session", from_states=(PROPOSED,), to=(PROPOSED,), way_back="take_back_decision"),
    _row(operation="take_back_decision", from_states=(PROPOSED,), to=(PROPOSED,), way_back="decide_session"),
    _row(
        operation="disclose_decision",
        from_states=(PROPOSED,),
        to=(ACCEPTED, DECLINED),
        way_back="Who has been told cannot be made not to know; the session is accepted or declined anew.",
    ),
    _row(operation="confirm_session", from_states=(ACCEPTED,), to=(CONFIRMED,), way_back="withdraw_session"),
    _with_reason(
        operation="cancel_session", from_states=DECIDED, to=(CANCELLED,), way_back="reinstate_session"
    ),
    _row(operation="reinstate_session", from_states=(CANCELLED,), to=(ACCEPTED,), way_back="cancel_session"),
    _row(operation="deliver_session", from_states=(CONFIRMED,), to=(DELIVERED,), way_back="undo_delivery"),
    _row(operation="undo_delivery", from_states=(DELIVERED,), to=(CONFIRMED,), way_back="deliver_session"),
    _with_reason(
        operation="withdraw_invitation", from_states=WITHDRAWABLE, to=(WITHDRAWN,), way_back="reissue_invitation"
    ),
    *(
        _row(
            operation=operation,
            from_states=WITHDRAWABLE,
            to=(WITHDRAWN,),
            way_back="A partner that has departed shares its results once it is admitted again.",
        )
        for operation in ("withdraw_open_invitations", "make_eligible")
    ),
    _with_reason(
        operation="cancel_camp",
        from_states=WITHDRAWABLE,
        to=(WITHDRAWN,),
        way_back="A cancelled camp does not take place, and nothing is shared there.",
    ),
)  # fmt: skip
