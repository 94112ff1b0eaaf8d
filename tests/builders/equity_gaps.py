"""A measure with two groups that are compared, and their data."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from services.engagements.model.measurement.comparison import (
    GapJudgement,
    GapPoint,
    comparisons_of,
    gap_of,
    judge_gap,
)
from services.engagements.model.measurement.judgement import Measured
from services.engagements.model.measurement.measure import Measure
from services.engagements.model.measurement.stratum import Stratum
from tests.builders.measurement import FIRST_WEEK, a_measure, weekly

WOMEN = Stratum(code="women", dimension="sex", value="female", is_focus=True)
MEN = Stratum(code="men", dimension="sex", value="male", is_reference=True)
RURAL = Stratum(code="rural", dimension="place", value="rural", is_focus=True)
NOW = datetime(2026, 6, 1, tzinfo=UTC)
TEN = (5, 7, 6, 4, 5, 6, 7, 5, 4, 6)
"""Ten weeks that vary by chance."""
WIDER = (*TEN, 9, 9, 10, 9, 11, 9)
NARROWER = (*TEN, 1, 1, 0, 1, 1, 0)
NOTHING = [0] * len(WIDER)


def a_compared_measure(**described: Any) -> Measure:
    return a_measure(strata=[WOMEN, MEN], **described)


def week(number: int) -> date:
    return FIRST_WEEK + timedelta(weeks=number - 1)


def points(women: Sequence[Measured], men: Sequence[Measured], measure: Measure | None = None) -> dict[date, GapPoint]:
    measure = measure or a_compared_measure()
    (pair,) = comparisons_of(measure)
    return {each.period: each for each in gap_of(measure, pair, focus=women, reference=men)}


def judged(
    women: Sequence[Any], men: Sequence[Any], overall: Sequence[Any] = (), measure: Measure | None = None
) -> GapJudgement:
    measure = measure or a_compared_measure()
    (pair,) = comparisons_of(measure)
    gap = gap_of(measure, pair, focus=weekly(*women), reference=weekly(*men))
    return judge_gap(measure, gap, overall=weekly(*overall))


def counted(value: str, denominator: str, *, number: int = 1) -> Measured:
    return Measured(week(number), Decimal(value), Decimal(denominator))
