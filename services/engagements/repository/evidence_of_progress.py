"""What is on record of an initiative that a score of its progress may rest on, read from where it is kept."""

from collections.abc import Sequence
from fractions import Fraction

from chassis.domain.scope import PLATFORM
from chassis.persistence.pagination import Order
from chassis.persistence.unit_of_work import Reading
from services.engagements.analysis.verdict import Meaning
from services.engagements.model.improvement.ceiling import EvidenceOfProgress
from services.engagements.model.improvement.initiative import Initiative
from services.engagements.model.improvement.pdsa_cycle import PdsaCycle
from services.engagements.model.improvement.pdsa_lifecycle import PdsaState
from services.engagements.model.improvement.worksheet import Decision
from services.engagements.model.measurement.measure import Measure, MeasureKind
from services.engagements.model.measurement.measure_lifecycle import DataPointState, SignalState
from services.engagements.model.measurement.signal import MOVES_MILESTONES, Signal
from services.engagements.repository.measurement import Charts, DataPoints, Signals

CLOSING_EQUITY_GAPS = "closing_equity_gaps"
BEGUN = (PdsaState.DOING, PdsaState.STUDYING, PdsaState.ACTED)


def evidence_of_progress(
    reading: Reading, initiative: Initiative, measures: Sequence[Measure], cycles: Sequence[PdsaCycle]
) -> EvidenceOfProgress:
    """Give what is known now of an initiative, its measures and its cycles."""
    kinds = {measure.id: measure.kind for measure in measures}
    charted = _charted(reading, kinds)
    signals = _favourable(reading, kinds)
    outcome = [signal for signal in signals if kinds[signal.measure_id] is MeasureKind.OUTCOME]
    return EvidenceOfProgress(
        signed=initiative.signature is not None,
        sponsor_and_lead=bool(initiative.sponsor_id and initiative.lead_id),
        measures=len(measures),
        has_data=bool(charted),
        tested=any(cycle.state in BEGUN for cycle in cycles),
        charted_with_target=any(each.id in charted and _has_target(each, initiative) for each in measures),
        adopted=any(cycle.decision is Decision.ADOPT for cycle in cycles),
        improved=any(kinds[signal.measure_id] is not MeasureKind.BALANCING for signal in signals),
        outcome_improved=bool(outcome),
        share_reached=share_reached(reading, initiative, measures),
        sustained=any(signal.rule == "sustained_shift" for signal in outcome),
        closing_equity_gaps=CLOSING_EQUITY_GAPS in initiative.focus_areas,
        has_strata=any(measure.strata for measure in measures),
    )


def _charted(reading: Reading, ids: dict[str, MeasureKind]) -> set[str]:
    """Give the measures that have data points."""
    charts = Charts(reading).each({"measure_id": {"$in": sorted(ids)}, "stratum": None}, scope=PLATFORM)
    return {chart.measure_id for chart in charts if chart.points}


def _favourable(reading: Reading, ids: dict[str, MeasureKind]) -> list[Signal]:
    """Give the signals of whole measures that are there, are evidence, and are an improvement."""
    wanted = {"measure_id": {"$in": sorted(ids)}, "stratum": None, "rule": {"$in": [*MOVES_MILESTONES]}}
    there = {"meaning": Meaning.IMPROVEMENT, "state": SignalState.DETECTED}
    return list(Signals(reading).each(wanted | there, scope=PLATFORM))


def _has_target(measure: Measure, initiative: Initiative) -> bool:
    tied = initiative.aim is not None and initiative.aim.outcome_measure_id == measure.id
    return tied or measure.target is not None


def share_reached(reading: Reading, initiative: Initiative, measures: Sequence[Measure]) -> Fraction | None:
    """Give how much of the way the newest data point of the aim's measure is; None before there is one."""
    aim = initiative.aim
    measure = next((each for each in measures if aim and each.id == aim.outcome_measure_id), None)
    if aim is None or measure is None:
        return None
    series = {"measure_id": measure.id, "stratum": None, "state": DataPointState.RECORDED}
    newest = DataPoints(reading).page(series, scope=PLATFORM, limit=1, order=Order("period", -1))
    if not newest:
        return None
    (point,) = newest
    per = Fraction(measure.definition_on(point.period).multiplier) / Fraction(point.denominator or 1)
    return aim.share_reached(Fraction(point.value) * (per if point.denominator else 1))
