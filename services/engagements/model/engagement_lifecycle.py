"""The states of an engagement, and what leads from which to which."""

from enum import StrEnum

from chassis.domain.transitions import Transition


class EngagementState(StrEnum):
    """How far an engagement is."""

    DRAFT = "draft"
    AGREED = "agreed"
    ACTIVE = "active"
    PAUSED = "paused"
    CLOSED = "closed"


DRAFT, AGREED, ACTIVE, PAUSED, CLOSED = EngagementState
TRANSITIONS = (
    Transition(
        aggregate="engagement",
        operation="draft_engagement",
        from_states=(),
        to=(DRAFT,),
        way_back="close_engagement",
    ),
    Transition(
        aggregate="engagement",
        operation="agree_engagement",
        from_states=(DRAFT,),
        to=(AGREED,),
        way_back="close_engagement",
    ),
    Transition(
        aggregate="engagement",
        operation="activate_engagement",
        from_states=(DRAFT, AGREED),
        to=(ACTIVE,),
        way_back="pause_engagement",
    ),
    Transition(
        aggregate="engagement",
        operation="pause_engagement",
        from_states=(DRAFT, AGREED, ACTIVE),
        to=(PAUSED,),
        way_back="resume_engagement",
    ),
    Transition(
        aggregate="engagement",
        operation="resume_engagement",
        from_states=(PAUSED,),
        to=(DRAFT, AGREED, ACTIVE),
        way_back="pause_engagement",
    ),
    Transition(
        aggregate="engagement",
        operation="close_engagement",
        from_states=(DRAFT, AGREED, ACTIVE, PAUSED),
        to=(CLOSED,),
        needs_reason=True,
        way_back="There is none yet.",
    ),
)
