"""The states of an invitation, and what leads from which to which."""

from enum import StrEnum
from functools import partial

from chassis.domain.transitions import Transition
from services.camps.model.invitations.answer import PossibleAnswer


class InvitationState(StrEnum):
    """Where an invitation stands with the partner; how its letters fare is another matter."""

    ISSUED = "issued"
    WAITLISTED = "waitlisted"
    LEFT_WAITLIST = "left_waitlist"
    TENTATIVE = "tentative"
    ACCEPTED = "accepted"
    RECONFIRM = "reconfirm"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


UNDECIDED = (InvitationState.ISSUED, InvitationState.TENTATIVE)
UNANSWERED = (*UNDECIDED, InvitationState.RECONFIRM)
"""Where an answer is waited for; who was to come on other days is asked anew."""
ANSWERABLE = (*UNANSWERED, InvitationState.ACCEPTED)
ON_THE_WAITLIST = (InvitationState.WAITLISTED, InvitationState.LEFT_WAITLIST)
"""Where no seats are kept, so that nobody can be late with an answer."""
_YES, _PERHAPS, _NO = PossibleAnswer.ACCEPTED, PossibleAnswer.TENTATIVE, PossibleAnswer.DECLINED
POSSIBLE = {
    InvitationState.ISSUED: (_YES, _PERHAPS, _NO, PossibleAnswer.WAITING),
    InvitationState.TENTATIVE: (_YES, _NO, PossibleAnswer.WAITING),
    InvitationState.ACCEPTED: (_YES, _PERHAPS, _NO),
    InvitationState.RECONFIRM: (_YES, _PERHAPS, _NO),
    InvitationState.WAITLISTED: (PossibleAnswer.FEWER_SEATS, PossibleAnswer.LEFT),
    InvitationState.LEFT_WAITLIST: (PossibleAnswer.REJOINED,),
}
"""What a partner can answer in time, by where its invitation stands; a yes again is for fewer seats,
and who is offered fewer seats than it waited for may wait on."""


CLOSED = (
    InvitationState.DECLINED, InvitationState.EXPIRED, InvitationState.WITHDRAWN, InvitationState.LEFT_WAITLIST
)  # fmt: skip
"""Where nothing is asked any more; staff can ask again."""

ISSUED, WAITLISTED, LEFT_WAITLIST, TENTATIVE, ACCEPTED, RECONFIRM, DECLINED, EXPIRED, WITHDRAWN = InvitationState
HOLDING = (*ANSWERABLE, WAITLISTED)
"""Where an invitation holds seats, or waits for some; so does a closed one while it is in grace."""
_ASKED = (ISSUED, WAITLISTED)
_row = partial(Transition, aggregate="invitation")
_with_reason = partial(_row, needs_reason=True)
TRANSITIONS = (
    _row(operation="invite_partner", from_states=(WITHDRAWN,), to=_ASKED, way_back="withdraw_reason"),
    _row(operation="apply_pending_reasons", from_states=(WITHDRAWN,), to=_ASKED, way_back="withdraw_reason"),
    _row(operation="invite_partner", from_states=(), to=_ASKED, way_back="withdraw_reason"),
    _row(operation="invite_to_present", from_states=(WITHDRAWN,), to=_ASKED, way_back="withdraw_presentation"),
    _row(operation="invite_to_present", from_states=(), to=_ASKED, way_back="withdraw_presentation"),
    _row(operation="withdraw_presentation", from_states=_ASKED, to=(WITHDRAWN,), way_back="invite_to_present"),
    _row(operation="apply_pending_reasons", from_states=(), to=_ASKED, way_back="withdraw_reason"),
    _with_reason(operation="invite_guest", from_states=(), to=_ASKED, way_back="withdraw_invitation"),
    _with_reason(operation="issue_invitation", from_states=(), to=_ASKED, way_back="withdraw_invitation"),
    _with_reason(operation="issue_invitations", from_states=(), to=_ASKED, way_back="withdraw_invitation"),
    _with_reason(operation="reissue_invitation", from_states=CLOSED, to=_ASKED, way_back="withdraw_invitation"),
    _row(
        operation="accept_invitation",
        from_states=(*ANSWERABLE, DECLINED),
        to=(ACCEPTED,),
        way_back="decline_invitation",
    ),
    _row(
        operation="answer_tentatively",
        from_states=(ISSUED, ACCEPTED, RECONFIRM, DECLINED),
        to=(TENTATIVE,),
        way_back="accept_invitation",
    ),
    _row(operation="decline_invitation", from_states=ANSWERABLE, to=(DECLINED,), way_back="undo_answer"),
    _row(operation="undo_answer", from_states=(DECLINED,), to=ANSWERABLE, way_back="decline_invitation"),
    _row(
        operation="answer_by_link",
        from_states=(*ANSWERABLE, DECLINED, *ON_THE_WAITLIST),
        to=(*ANSWERABLE, DECLINED, *ON_THE_WAITLIST),
        way_back="answer_by_link",
    ),
    _row(operation="leave_waitlist", from_states=(WAITLISTED,), to=(LEFT_WAITLIST,), way_back="rejoin_waitlist"),
    _row(operation="rejoin_waitlist", from_states=(LEFT_WAITLIST,), to=_ASKED, way_back="leave_waitlist"),
    _row(
        operation="take_fewer_seats",
        from_states=(WAITLISTED,),
        to=(WAITLISTED,),
        way_back="More would be taken from who waits behind it; the institute can issue it again for more.",
    ),
    _row(operation="offer_fewer_seats", from_states=(WAITLISTED,), to=(ISSUED,), way_back="wait_on"),
    _row(operation="wait_on", from_states=UNDECIDED, to=(WAITLISTED,), way_back="offer_fewer_seats"),
    _row(
        operation="give_up_seats",
        from_states=UNANSWERED,
        to=(EXPIRED, WAITLISTED),
        way_back="Its time is over; what has expired can be issued again, and what waits is offered seats in its turn.",
    ),
    *(
        _row(operation=operation, from_states=UNDECIDED, to=(WAITLISTED,), way_back="unfreeze_camp")
        for operation in ("freeze_camp", "follow_the_calendar")
    ),
    *(
        _row(operation=operation, from_states=(WAITLISTED,), to=(ISSUED,), way_back="withdraw_invitation")
        for operation in (
            *(
                "offer_freed_seats",
                "change_camp",
                "reschedule_camp",
                "unfreeze_camp",
                "call_again_when_resumed",
                "call_again_when_reachable",
            ),
            *("pass_over_while_paused", "pass_over_while_unreachable"),
        )
    ),
    *(
        _row(operation=operation, from_states=(ACCEPTED,), to=(RECONFIRM,), way_back="accept_invitation")
        for operation in ("change_camp", "reschedule_camp")
    ),
    _with_reason(
        operation="withdraw_invitation",
        from_states=(*HOLDING, DECLINED, WITHDRAWN),
        to=(WITHDRAWN,),
        way_back="reissue_invitation",
    ),
    _row(
        operation="withdraw_reason",
        from_states=(ISSUED, WAITLISTED),
        to=(WITHDRAWN,),
        way_back="invite_partner",
    ),
    *(
        _row(
            operation=operation,
            from_states=(*HOLDING, DECLINED, WITHDRAWN),
            to=(WITHDRAWN,),
            way_back="A partner that has departed is invited anew once it is admitted again.",
        )
        for operation in ("withdraw_open_invitations", "make_eligible")
    ),
    _row(
        operation="keep_departure",
        from_states=(*HOLDING, DECLINED, WITHDRAWN),
        to=(WITHDRAWN,),
        way_back="reissue_invitation",
    ),
    _with_reason(
        operation="cancel_camp",
        from_states=(*HOLDING, DECLINED, WITHDRAWN),
        to=(WITHDRAWN,),
        way_back="A cancelled camp does not take place; what was reached is a reason to be invited to the next one.",
    ),
)
