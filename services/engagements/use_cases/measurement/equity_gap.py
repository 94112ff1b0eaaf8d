"""What the service does when one of the series that a gap depends on changes: it judges the gap anew."""

from collections.abc import Collection
from functools import partial

from chassis.domain.scope import PLATFORM
from chassis.persistence.claims import Claimed, Claims
from chassis.persistence.unit_of_work import Store, UnitOfWork
from services.engagements.model.measurement.comparison import Comparison, comparisons_of
from services.engagements.model.measurement.equity_gap import EquityGap
from services.engagements.model.measurement.measure import Measure
from services.engagements.repository.engagement import Engagements
from services.engagements.repository.measurement import EquityGaps, Measures, judged_gap


def await_gaps(uow: UnitOfWork, measure: Measure, strata: Collection[str | None]) -> None:
    """Note that each gap has changed that depends on one of these series; on that of all together each one does."""
    for comparison in comparisons_of(measure):
        if not {None, *comparison.codes}.isdisjoint(strata):
            _await(uow, measure, comparison)


def judge_gaps(*, store: Store, claims: Claims) -> None:
    """Judge every gap that has changed, and say which are wider, narrower, or neither any more."""
    backlog = EquityGaps.backlog
    claims.process_ready(lambda: backlog.as_of(store.clock()), partial(_judge, store), sort=backlog.since)


def _await(uow: UnitOfWork, measure: Measure, comparison: Comparison) -> None:
    known = EquityGaps(uow).of_focus(measure.id, comparison.focus.code)
    gap = known or EquityGap.of(measure, comparison, id=uow.new_id("gap"))
    gap.await_judgement(since=uow.now)
    EquityGaps(uow).save(gap)


def _judge(store: Store, claimed: Claimed) -> bool:
    store.transact(partial(_judge_gap, claimed.id), cause=claimed.cause)
    return True


def _judge_gap(gap_id: str, uow: UnitOfWork) -> None:
    """Ask what is so now: a data point that comes meanwhile has the gap wait again."""
    gap = EquityGaps(uow).get(gap_id, scope=PLATFORM)
    measure = Measures(uow).get(gap.measure_id, scope=PLATFORM)
    (comparison,) = (each for each in comparisons_of(measure) if each.focus.code == gap.focus)
    engagement = Engagements(uow).get(measure.engagement_id, scope=PLATFORM)
    found = judged_gap(uow, measure, comparison)
    gap.keep(found, title=measure.title, coach_id=engagement.lead_coach_id, at=uow.now)
    EquityGaps(uow).save(gap)
