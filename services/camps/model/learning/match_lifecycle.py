"""The states of a match, and what leads from which to which."""

from enum import StrEnum
from functools import partial

from chassis.domain.transitions import Transition


class MatchState(StrEnum):
    """Whether an ask and an offer that fit bring two partners together."""

    SUGGESTED = "suggested"
    ACCEPTED = "accepted"
    """By both partners."""
    DECLINED = "declined"
    ENDED = "ended"


SUGGESTED, ACCEPTED, DECLINED, ENDED = MatchState
STANDING = (SUGGESTED, ACCEPTED)
BY_ITSELF = ("suggest_offers", "suggest_asks", "suggest_another", "suggest_after_rest")
"""The reactions that suggest what fits."""
_row = partial(Transition, aggregate="match")
_with_reason = partial(_row, needs_reason=True)
TRANSITIONS = (
    *(_row(operation=each, from_states=(ENDED,), to=(SUGGESTED,), way_back="decline_match") for each in BY_ITSELF),
    *(_row(operation=each, from_states=(), to=(SUGGESTED,), way_back="decline_match") for each in BY_ITSELF),
    _with_reason(operation="suggest_match", from_states=(DECLINED, ENDED), to=(SUGGESTED,), way_back="decline_match"),
    _with_reason(operation="suggest_match", from_states=(), to=(SUGGESTED,), way_back="decline_match"),
    _row(operation="accept_match", from_states=(SUGGESTED,), to=(SUGGESTED, ACCEPTED), way_back="decline_match"),
    _with_reason(operation="decline_match", from_states=STANDING, to=(DECLINED,), way_back="reconsider_match"),
    _row(operation="reconsider_match", from_states=(DECLINED,), to=(SUGGESTED,), way_back="decline_match"),
    *(
        _row(operation=each, from_states=(SUGGESTED,), to=(ENDED,), way_back="suggest_match")
        for each in ("suggest_offers", "suggest_asks")
    ),
    _row(operation="fulfil_ask", from_states=(SUGGESTED,), to=(ENDED,), way_back="suggest_offers"),
    _row(operation="fulfil_offer", from_states=(SUGGESTED,), to=(ENDED,), way_back="suggest_asks"),
    _with_reason(operation="withdraw_ask", from_states=STANDING, to=(ENDED,), way_back="suggest_offers"),
    _with_reason(operation="withdraw_offer", from_states=STANDING, to=(ENDED,), way_back="suggest_asks"),
    _row(operation="rest_matches", from_states=(SUGGESTED,), to=(ENDED,), way_back="suggest_after_rest"),
    *(
        _row(operation=each, from_states=STANDING, to=(ENDED,), way_back="suggest_match")
        for each in ("withdraw_with_partner", "withdraw_of_earlier_admission")
    ),
)
