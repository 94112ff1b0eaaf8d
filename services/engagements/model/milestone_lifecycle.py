"""The states of a milestone, what leads from which to which, and how what does not is refused."""

from collections.abc import Mapping
from enum import StrEnum
from functools import partial

from chassis.domain.errors import Conflict
from chassis.domain.transitions import Transition
from services.engagements.model.engagement_lifecycle import NEWLY_ADMITTED


class MilestoneState(StrEnum):
    """Where a milestone stands; there is no state beyond reached, for reaching is a person's statement.

    It is proposed while data say that it is reached, and a person has still to confirm it.
    """

    PLANNED = "planned"
    PROPOSED = "proposed"
    AT_RISK = "at_risk"
    MISSED = "missed"
    REACHED = "reached"
    REOPENED = "reopened"
    DROPPED = "dropped"


PLANNED, PROPOSED, AT_RISK, MISSED, REACHED, REOPENED, DROPPED = MilestoneState
UNPROPOSED = (PLANNED, AT_RISK, MISSED, REOPENED)
"""The states of what is still to be reached, and what no data propose."""
OPEN = (*UNPROPOSED, PROPOSED)
"""The states of what is still to be reached."""
DUE = (PLANNED, AT_RISK)
"""The states of what is to be reached by its day."""
DATA_DECIDE = "The data decide: it is proposed again when they say so again."
_row = partial(Transition, aggregate="milestone")
_with_reason = partial(_row, needs_reason=True)
TRANSITIONS = (
    _row(operation="plan_milestone", from_states=(), to=(PLANNED,), way_back="drop_milestone"),
    _row(operation="reach_milestone", from_states=OPEN, to=(REACHED,), way_back="reopen_milestone"),
    _with_reason(operation="reopen_milestone", from_states=(REACHED,), to=(REOPENED,), way_back="reach_milestone"),
    _row(operation="weigh_evidence", from_states=UNPROPOSED, to=(PROPOSED,), way_back="decline_proposal"),
    _row(operation="weigh_evidence", from_states=(PROPOSED,), to=UNPROPOSED, way_back=DATA_DECIDE),
    _row(operation="weigh_evidence", from_states=(REACHED,), to=(REOPENED,), way_back="reach_milestone"),
    _with_reason(
        operation="decline_proposal",
        from_states=(PROPOSED,),
        to=UNPROPOSED,
        way_back="A person's word does not wait for data: it is reached whenever they say so.",
    ),
    _with_reason(
        operation="reschedule_milestone", from_states=UNPROPOSED, to=(PLANNED,), way_back="reschedule_milestone"
    ),
    _with_reason(
        operation="put_milestone_at_risk",
        from_states=(PLANNED, REOPENED),
        to=(AT_RISK,),
        way_back="That its day was in doubt stays true; it is given another one, reached or dropped.",
    ),
    _row(
        operation="miss_milestones",
        from_states=(PLANNED, AT_RISK, REOPENED),
        to=(MISSED,),
        way_back="Its day is over; it is given another one, or reached late.",
    ),
    _with_reason(operation="drop_milestone", from_states=OPEN, to=(DROPPED,), way_back="restore_milestone"),
    _with_reason(operation="restore_milestone", from_states=(DROPPED,), to=UNPROPOSED, way_back="drop_milestone"),
    _with_reason(operation="close_engagement", from_states=OPEN, to=(DROPPED,), way_back="reopen_engagement"),
    _row(operation="close_with_partner", from_states=OPEN, to=(DROPPED,), way_back=NEWLY_ADMITTED),
    _with_reason(operation="reopen_engagement", from_states=(DROPPED,), to=UNPROPOSED, way_back="close_engagement"),
)


class MilestoneAlreadyReached(Conflict):
    """A milestone is reached once, unless it is reopened."""


class MilestoneAlreadyDropped(Conflict):
    """A milestone that was dropped is nobody's aim any more, unless it is restored."""


class MilestoneNotDropped(Conflict):
    """Only what was dropped is restored."""


class MilestoneNotReached(Conflict):
    """Only what is reached can be reopened."""


class MilestoneAwaitsConfirmation(Conflict):
    """What data propose is confirmed or declined first."""


class MilestoneNotProposed(Conflict):
    """Only what data propose is declined."""


class MilestoneAlreadyInDoubt(Conflict):
    """Only a milestone that nobody doubts yet is put at risk."""


REFUSALS: Mapping[MilestoneState, type[Conflict]] = {
    REACHED: MilestoneAlreadyReached,
    PROPOSED: MilestoneAwaitsConfirmation,
    DROPPED: MilestoneAlreadyDropped,
    AT_RISK: MilestoneAlreadyInDoubt,
    MISSED: MilestoneAlreadyInDoubt,
}
"""How it is refused from these states, unless another refusal says more."""
