"""The states of a PDSA cycle, what leads from which to which, and how what does not is refused."""

from collections.abc import Mapping
from enum import StrEnum
from functools import partial

from chassis.domain.errors import Conflict, Invalid
from chassis.domain.transitions import Transition
from services.engagements.model.engagement_lifecycle import NEWLY_ADMITTED


class PdsaState(StrEnum):
    """How far a test of a change is: Plan, Do, Study, Act."""

    PLANNED = "planned"
    DOING = "doing"
    STUDYING = "studying"
    ACTED = "acted"
    CANCELLED = "cancelled"


PLANNED, DOING, STUDYING, ACTED, CANCELLED = PdsaState
OPEN = (PLANNED, DOING, STUDYING)
"""The states of a test that is not over."""
_row = partial(Transition, aggregate="pdsa_cycle")
_with_reason = partial(_row, needs_reason=True)
TRANSITIONS = (
    _row(operation="plan_cycle", from_states=(), to=(PLANNED,), way_back="cancel_cycle"),
    _row(operation="plan_pdsa_cycle", from_states=(CANCELLED,), to=(PLANNED,), way_back="drop_promised_test"),
    *(
        _row(operation=operation, from_states=(), to=(PLANNED,), way_back="cancel_cycle")
        for operation in ("plan_pdsa_cycle", "plan_waiting_tests", "place_promised_test")
    ),
    _row(operation="drop_promised_test", from_states=(PLANNED,), to=(CANCELLED,), way_back="plan_pdsa_cycle"),
    _row(operation="change_cycle", from_states=(PLANNED,), to=(PLANNED,), way_back="change_cycle"),
    _row(operation="start_cycle", from_states=(PLANNED,), to=(DOING,), way_back="retract_cycle_start"),
    _with_reason(operation="retract_cycle_start", from_states=(DOING,), to=(PLANNED,), way_back="start_cycle"),
    _row(operation="study_cycle", from_states=(DOING,), to=(STUDYING,), way_back="resume_cycle"),
    _with_reason(operation="resume_cycle", from_states=(STUDYING,), to=(DOING,), way_back="study_cycle"),
    _row(operation="judge_predictions", from_states=(STUDYING,), to=(STUDYING,), way_back="judge_predictions"),
    _row(operation="act_on_cycle", from_states=(STUDYING,), to=(ACTED,), way_back="reconsider_cycle"),
    _with_reason(operation="reconsider_cycle", from_states=(ACTED,), to=(STUDYING,), way_back="act_on_cycle"),
    _with_reason(operation="cancel_cycle", from_states=OPEN, to=(CANCELLED,), way_back="restore_cycle"),
    _with_reason(operation="restore_cycle", from_states=(CANCELLED,), to=OPEN, way_back="cancel_cycle"),
    _with_reason(operation="close_initiative", from_states=OPEN, to=(CANCELLED,), way_back="reopen_initiative"),
    _with_reason(operation="reopen_initiative", from_states=(CANCELLED,), to=OPEN, way_back="close_initiative"),
    _with_reason(operation="close_engagement", from_states=OPEN, to=(CANCELLED,), way_back="reopen_engagement"),
    _row(operation="close_with_partner", from_states=OPEN, to=(CANCELLED,), way_back=NEWLY_ADMITTED),
    _with_reason(operation="reopen_engagement", from_states=(CANCELLED,), to=OPEN, way_back="close_engagement"),
)


class CycleAlreadyStarted(Conflict):
    """What is asked, predicted and planned is changed before a test begins."""


class CycleNotStarted(Conflict):
    """Only a test that is being done is studied, or taken back."""


class CycleNotStudied(Conflict):
    """Predictions are judged, and decisions made, when what was seen is studied."""


class CycleNotActed(Conflict):
    """Only a decision that was made is reconsidered."""


class CycleAlreadyActed(Conflict):
    """What is decided is reconsidered first."""


class CycleCancelled(Conflict):
    """A test that was cancelled is not done, unless it is restored."""


class CycleNotCancelled(Conflict):
    """Only what was cancelled is restored."""


class NextCycleRests(Conflict):
    """A decision on which the next cycle of a ramp rests is not reconsidered."""


class PredictionMissing(Conflict):
    """Nothing is done without a prediction to each question."""


class PredictionNotJudged(Conflict):
    """Nothing is decided before each prediction is judged."""


class NoSuchQuestion(Invalid):
    """A prediction is judged by the number of its question."""


class JudgedTwice(Invalid):
    """A prediction is judged once at a time."""


class NotAnIdeaOfTheInitiative(Invalid):
    """What is tested is a change idea of the initiative's driver diagram."""


class PreviousOfAnotherIdea(Invalid):
    """The next cycle of a ramp tests the idea of the one before it, in the same initiative."""


class PreviousNotActed(Invalid):
    """The next cycle of a ramp follows one that ended in adopt or adapt."""


class DeviationNotExplained(Invalid):
    """What was not carried out as planned says why."""


REFUSALS: Mapping[PdsaState, type[Conflict]] = {ACTED: CycleAlreadyActed, CANCELLED: CycleCancelled}
"""How it is refused from these states, unless another refusal says more."""
