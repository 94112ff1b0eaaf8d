"""Everything that goes on in one engagement at once: its portfolio, what is tested, and what data say."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from chassis.domain.scope import PLATFORM, Scope
from chassis.persistence.unit_of_work import Reading
from chassis.schemas.operations import query
from services.engagements.analysis.verdict import Meaning
from services.engagements.model.coaching_session import CoachingSession, CoachingState
from services.engagements.model.engagement import Engagement
from services.engagements.model.improvement.charter import Level
from services.engagements.model.improvement.initiative import Initiative
from services.engagements.model.improvement.initiative_lifecycle import InitiativeState, Outcome
from services.engagements.model.improvement.pdsa_cycle import PdsaCycle
from services.engagements.model.improvement.pdsa_lifecycle import PdsaState
from services.engagements.model.improvement.progress import AssessorRole, newest_by
from services.engagements.model.improvement.worksheet import Decision
from services.engagements.model.measurement.measure_lifecycle import SignalState
from services.engagements.model.measurement.signal import Signal
from services.engagements.model.milestone import Milestone
from services.engagements.repository.engagement import CoachingSessions, Engagements, Milestones
from services.engagements.repository.evidence_of_progress import share_reached
from services.engagements.repository.improvement import Initiatives, PdsaCycles
from services.engagements.repository.measurement import Measures, Signals
from services.engagements.schemas.engagement import EngagementId
from services.engagements.views.engagement import Depth, as_seen_by, depths_of, reasons_hidden
from services.engagements.views.improvement import Calibration, calibration_of
from services.engagements.views.measurement import MeasureSeen, with_lateness


@dataclass(frozen=True, kw_only=True)
class InitiativeInPortfolio:
    """One initiative beside the others of its engagement: for whom it is, how far it is, and what it did."""

    initiative_id: str
    title: str
    state: InitiativeState
    level: Level
    focus_areas: list[str]
    population: str | None
    population_size: int | None
    expected_impact: str | None
    target_date: date | None
    share_reached: str | None
    """How much of the way from baseline to target the newest data point is, with two digits behind the point."""
    score_self: Decimal | None
    score_faculty: Decimal | None
    stalled_on: date | None
    improvements: int
    """Favourable signals that are there."""
    concerns: int
    cycles_open: int
    cycles_acted: int
    outcome: Outcome | None
    measured_impact: str | None
    method: str | None


@dataclass(frozen=True, kw_only=True)
class Testing:
    """What was tested in a time: by the day on which a test was begun, and on which one that was acted on was done."""

    tested_from: date | None
    tested_until: date | None
    cycles_started: int
    cycles_acted: int
    """Each of them left something learned."""
    ideas_tested: int
    adopted: int
    adapted: int
    abandoned: int
    calibration: Calibration


@dataclass(frozen=True, kw_only=True)
class EngagementOverview:
    """Everything about an engagement at once; initiatives for most people first."""

    engagement: Engagement
    depth: Depth
    initiatives: list[InitiativeInPortfolio]
    testing: Testing
    measures: list[MeasureSeen]
    signals: list[Signal]
    milestones: list[Milestone]
    coaching_sessions: list[CoachingSession]


@query
def show_engagement_overview(
    reading: Reading,
    scope: Scope,
    *,
    engagement_id: EngagementId,
    tested_from: date | None = None,
    tested_until: date | None = None,
) -> EngagementOverview:
    """Show an engagement with its portfolio, what was tested from a day to another, and what is open."""
    engagement = Engagements(reading).get(engagement_id, scope=scope)
    (depth,) = depths_of(reading, scope, [engagement])
    theirs = {"engagement_id": engagement.id}
    signals = list(Signals(reading).each({**theirs, "state": SignalState.DETECTED}, scope=PLATFORM))
    sessions = CoachingSessions(reading).each({**theirs, "state": CoachingState.SCHEDULED}, scope=PLATFORM)
    cycles = list(PdsaCycles(reading).each(theirs, scope=PLATFORM))
    return EngagementOverview(
        engagement=reasons_hidden(scope, engagement),
        depth=depth,
        initiatives=_portfolio(reading, engagement, cycles, signals),
        testing=testing_of(cycles, first=tested_from, last=tested_until),
        measures=with_lateness(reading, Measures(reading).of_engagement(engagement.id)),
        signals=signals,
        milestones=sorted(Milestones(reading).open_of(engagement), key=lambda each: each.due_on),
        coaching_sessions=[as_seen_by(scope, session) for session in sessions],
    )


def _portfolio(
    reading: Reading, engagement: Engagement, cycles: Sequence[PdsaCycle], signals: Sequence[Signal]
) -> list[InitiativeInPortfolio]:
    """Give the initiatives: those for most people first, those of whom that is not known behind them."""
    initiatives = Initiatives(reading).each({"engagement_id": engagement.id}, scope=PLATFORM)
    ranked = sorted(initiatives, key=lambda each: (-(each.population_size or 0), each.title))
    return [_in_portfolio(reading, each, cycles, signals) for each in ranked]


def _in_portfolio(
    reading: Reading, initiative: Initiative, cycles: Sequence[PdsaCycle], signals: Sequence[Signal]
) -> InitiativeInPortfolio:
    measures = Measures(reading).of_initiative(initiative.id)
    measured = {each.id for each in measures}
    meanings = [each.meaning for each in signals if each.measure_id in measured]
    states = [each.state for each in cycles if each.initiative_id == initiative.id]
    closing, aim = initiative.closing, initiative.aim
    return InitiativeInPortfolio(
        initiative_id=initiative.id,
        title=initiative.title,
        state=initiative.state,
        level=initiative.level,
        focus_areas=initiative.focus_areas,
        population=initiative.population,
        population_size=initiative.population_size,
        expected_impact=initiative.expected_impact,
        target_date=aim.target_date if aim else None,
        share_reached=_as_text(share_reached(reading, initiative, measures)),
        score_self=newest_by(AssessorRole.SELF, initiative.scores),
        score_faculty=newest_by(AssessorRole.FACULTY, initiative.scores),
        stalled_on=initiative.stalled_on,
        improvements=meanings.count(Meaning.IMPROVEMENT),
        concerns=meanings.count(Meaning.CONCERN),
        cycles_open=sum(state not in (PdsaState.ACTED, PdsaState.CANCELLED) for state in states),
        cycles_acted=states.count(PdsaState.ACTED),
        outcome=closing.outcome if closing else None,
        measured_impact=closing.measured_impact if closing else None,
        method=closing.method if closing else None,
    )


def testing_of(cycles: Iterable[PdsaCycle], *, first: date | None, last: date | None) -> Testing:
    """Count what was begun, and what was done and acted on, from the first day to the last, both included."""
    earliest, latest = first or date.min, last or date.max
    kept = [each for each in cycles if each.state is not PdsaState.CANCELLED]
    acted = [each for each in kept if each.decision and earliest <= each.observed[-1].done_on <= latest]
    started = [each for each in kept if each.started_on and earliest <= each.started_on <= latest]
    decisions = [each.decision for each in acted]
    return Testing(
        tested_from=first,
        tested_until=last,
        cycles_started=len(started),
        cycles_acted=len(acted),
        ideas_tested=len({(each.initiative_id, each.idea) for each in [*started, *acted]}),
        adopted=decisions.count(Decision.ADOPT),
        adapted=decisions.count(Decision.ADAPT),
        abandoned=decisions.count(Decision.ABANDON),
        calibration=calibration_of(acted),
    )


def _as_text(share: Fraction | None) -> str | None:
    if share is None:
        return None
    exactly = Decimal(share.numerator) / Decimal(share.denominator)
    return format(exactly.quantize(Decimal("0.01")), "f")
