"""The states of a fit, what leads from which to which, and what is refused because of the state."""

from enum import StrEnum
from functools import partial

from chassis.domain.errors import Conflict
from chassis.domain.transitions import Transition


class FitState(StrEnum):
    """Whether the institute agrees on how a partner fits."""

    OPEN = "open"
    AGREED = "agreed"


OPEN, AGREED = FitState
_row = partial(Transition, aggregate="fit")
TRANSITIONS = (
    _row(
        operation="assess_partner",
        from_states=(OPEN, AGREED),
        to=(OPEN,),
        way_back="withdraw_assessment",
    ),
    _row(operation="assess_partner", from_states=(), to=(OPEN,), way_back="withdraw_assessment"),
    _row(
        operation="await_assessment",
        from_states=(),
        to=(OPEN,),
        way_back="A partner that departs is not waited for, and what was found stays on record.",
    ),
    _row(
        operation="withdraw_assessment",
        from_states=(OPEN,),
        to=(OPEN, AGREED),
        needs_reason=True,
        way_back="assess_partner",
    ),
    _row(operation="agree_on_fit", from_states=(OPEN,), to=(AGREED,), way_back="reconsider_fit"),
    _row(
        operation="reconsider_fit",
        from_states=(AGREED,),
        to=(OPEN,),
        needs_reason=True,
        way_back="agree_on_fit",
    ),
)


class FitAgreedAlready(Conflict):
    """What is agreed on is reconsidered before it is agreed on otherwise, or an assessment of it is withdrawn."""


class FitNotAgreed(Conflict):
    """Only what was agreed on is reconsidered."""


class FewerThanTwoAssessors(Conflict):
    """A fit is agreed on once two people have assessed the partner, each by themselves."""


class AssessmentNotOfThisRound(Conflict):
    """Only what an assessor found last, in the round that is open, is withdrawn."""
