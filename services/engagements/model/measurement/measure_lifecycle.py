"""The states of measures and of data points, what leads from which to which, and how what does not is refused."""

from enum import StrEnum
from functools import partial

from chassis.domain.errors import Conflict
from chassis.domain.transitions import Transition


class MeasureState(StrEnum):
    """Whether data are recorded for a measure."""

    IN_USE = "in_use"
    RETIRED = "retired"


class DataPointState(StrEnum):
    """Whether a data point counts."""

    RECORDED = "recorded"
    WITHDRAWN = "withdrawn"


class SignalState(StrEnum):
    """Whether the data say now what they were found to say."""

    DETECTED = "detected"
    WITHDRAWN = "withdrawn"


class GapState(StrEnum):
    """What the data say now of the gap between a focus group and its reference."""

    AS_BEFORE = "as_before"
    WIDENED = "widened"
    NARROWED = "narrowed"


IN_USE, RETIRED = MeasureState
_measure = partial(Transition, aggregate="measure")
MEASURE_TRANSITIONS = (
    _measure(operation="define_measure", from_states=(), to=(IN_USE,), way_back="retire_measure"),
    _measure(
        operation="redefine_measure",
        from_states=(IN_USE,),
        to=(IN_USE,),
        needs_reason=True,
        way_back="Data may have been collected by the new definition; another one takes its place from another day.",
    ),
    _measure(
        operation="freeze_baseline", from_states=(IN_USE,), to=(IN_USE,), needs_reason=True, way_back="freeze_baseline"
    ),
    _measure(
        operation="rebase_measure", from_states=(IN_USE,), to=(IN_USE,), needs_reason=True, way_back="undo_rebase"
    ),
    _measure(
        operation="undo_rebase", from_states=(IN_USE,), to=(IN_USE,), needs_reason=True, way_back="rebase_measure"
    ),
    _measure(
        operation="retarget_measure",
        from_states=(IN_USE,),
        to=(IN_USE,),
        needs_reason=True,
        way_back="retarget_measure",
    ),
    _measure(
        operation="retire_measure",
        from_states=(IN_USE,),
        to=(RETIRED,),
        needs_reason=True,
        way_back="reinstate_measure",
    ),
    _measure(
        operation="reinstate_measure",
        from_states=(RETIRED,),
        to=(IN_USE,),
        needs_reason=True,
        way_back="retire_measure",
    ),
)
_point = partial(Transition, aggregate="data_point")
DATA_POINT_TRANSITIONS = (
    _point(
        operation="record_data_point",
        from_states=(),
        to=(DataPointState.RECORDED,),
        way_back="withdraw_data_point",
    ),
    _point(
        operation="correct_data_point",
        from_states=(DataPointState.RECORDED,),
        to=(DataPointState.RECORDED,),
        needs_reason=True,
        way_back="correct_data_point",
    ),
    _point(
        operation="withdraw_data_point",
        from_states=(DataPointState.RECORDED,),
        to=(DataPointState.WITHDRAWN,),
        needs_reason=True,
        way_back="restore_data_point",
    ),
    _point(
        operation="restore_data_point",
        from_states=(DataPointState.WITHDRAWN,),
        to=(DataPointState.RECORDED,),
        needs_reason=True,
        way_back="withdraw_data_point",
    ),
)
DATA_DECIDE = "The data decide: it is there while they have it."
_signal = partial(Transition, aggregate="signal")
SIGNAL_TRANSITIONS = (
    _signal(operation="judge_series", from_states=(), to=(SignalState.DETECTED,), way_back=DATA_DECIDE),
    _signal(
        operation="judge_series",
        from_states=(SignalState.DETECTED,),
        to=(SignalState.WITHDRAWN,),
        way_back=DATA_DECIDE,
    ),
    _signal(
        operation="judge_series",
        from_states=(SignalState.WITHDRAWN,),
        to=(SignalState.DETECTED,),
        way_back=DATA_DECIDE,
    ),
)
_gap = partial(Transition, aggregate="equity_gap", way_back=DATA_DECIDE)
EQUITY_GAP_TRANSITIONS = (
    _gap(operation="await_judgement", from_states=(), to=(GapState.AS_BEFORE,)),
    _gap(operation="judge_gaps", from_states=tuple(GapState), to=tuple(GapState)),
)


class MeasureNotInUse(Conflict):
    """A measure that is retired takes no data, and is not changed; reinstate it first."""


class MeasureInUse(Conflict):
    """Only what is retired is reinstated."""


class DataPointWithdrawn(Conflict):
    """What was withdrawn is restored first."""


class DataPointNotWithdrawn(Conflict):
    """Only what was withdrawn is restored."""
