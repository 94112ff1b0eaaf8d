"""Scores of progress: how far an initiative is, as the team and faculty see it, month by month.

The Assessment Scale for Collaboratives, 0.5 to 5.0 in steps of 0.5 (Institute for Healthcare Improvement); what each
score asks for is said in our words. A score is a person's judgement; what the evidence supports is shown beside it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from chassis.domain.errors import Invalid
from services.engagements.model.statement import Statement

LOWEST, HIGHEST, STEP = Decimal("0.5"), Decimal("5.0"), Decimal("0.5")
DIFFERENT = Decimal("1.0")
"""A difference between the two scores of a month that asks for a conversation."""
STUCK = Decimal("2.5")
"""Changes are tested and nothing is better yet: where initiatives get stuck."""
STUCK_DAYS = 90
SIGNIFICANT = Decimal("4.0")
"""Significant improvement: results that others may learn from."""


class AssessorRole(StrEnum):
    """Who scores."""

    SELF = "self"
    """The team itself."""
    FACULTY = "faculty"


class NotOnTheScale(Invalid):
    """A score is one of 0.5 to 5.0, in steps of 0.5."""


class MonthToCome(Invalid):
    """A month is scored when it has begun, where the partner is."""


class MonthBeforeItBegan(Invalid):
    """A month is scored from the one in which work began."""


class CorrectedToTheSameScore(Invalid):
    """To correct is to give another score."""


@dataclass(frozen=True, kw_only=True)
class Judged:
    """What somebody thinks of the progress in a month, and why."""

    score: Decimal
    justification: str
    advice: str | None = None
    by: str
    on: date
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ScoreCorrection:
    """A score that was corrected, and why it was."""

    before: Judged
    statement: Statement


@dataclass(kw_only=True)
class ProgressScore:
    """The score of one month by the team or by faculty; on `first_given_on` the month was first scored."""

    month: str
    assessor_role: AssessorRole
    judged: Judged
    first_given_on: date
    corrections: list[ScoreCorrection] = field(default_factory=list)

    def correct(self, judged: Judged, statement: Statement) -> None:
        """Have another score, for a reason; the former one is kept. Raises CorrectedToTheSameScore."""
        if judged.score == self.judged.score:
            raise CorrectedToTheSameScore.at(
                "/score", "unchanged", f"A score other than {self.judged.score:f} is expected"
            )
        self.corrections.append(ScoreCorrection(before=self.judged, statement=statement))
        self.judged = judged


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The score at which an initiative stands, and the day since when."""

    score: Decimal
    since: date


def refuse_score(score: Decimal) -> None:
    """Raise NotOnTheScale, at `score`."""
    if not LOWEST <= score <= HIGHEST or score % STEP:
        detail = f"One of 0.5 to 5.0, in steps of 0.5, is expected; got {score:f}"
        raise NotOnTheScale.at("/score", "not_on_the_scale", detail)


def refuse_month(month: str, *, since: date | None, today: date) -> None:
    """Raise MonthToCome or MonthBeforeItBegan, at `month`."""
    if month > month_of(today):
        raise MonthToCome.at("/month", "in_the_future", f"A month up to {month_of(today)} is expected; got '{month}'")
    if since and month < month_of(since):
        detail = f"{month_of(since)} or a later month is expected; got '{month}'"
        raise MonthBeforeItBegan.at("/month", "before_start", detail)


def month_of(day: date) -> str:
    """Give the month that a day lies in, such as 2026-06."""
    return day.isoformat()[: len("2026-06")]


def last_day_of(month: str) -> date:
    """Give the last day of a month."""
    first = date.fromisoformat(f"{month}-01")
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def standing(scores: Iterable[ProgressScore]) -> Standing | None:
    """Give where an initiative stands: at the score of its newest month, by faculty before its team.

    Since the first of the newest scored months that all have this score: the day on which that one was scored, or its
    last day if it was scored later.
    """
    by_month = sorted(_of_each_month(scores), key=lambda each: each.month, reverse=True)
    if not by_month:
        return None
    score, first = by_month[0].judged.score, by_month[0]
    for each in by_month:
        if each.judged.score != score:
            break
        first = each
    return Standing(score=score, since=min(first.first_given_on, last_day_of(first.month)))


def newest_by(role: AssessorRole, scores: Sequence[ProgressScore]) -> Decimal | None:
    """Give the score of the newest month that the team, or faculty, has scored."""
    theirs = [each for each in scores if each.assessor_role is role]
    return max(theirs, key=lambda each: each.month).judged.score if theirs else None


def above(limit: Decimal, scores: Sequence[ProgressScore]) -> list[AssessorRole]:
    """Give who has scored the newest month they scored higher than that."""
    newest = {role: newest_by(role, scores) for role in AssessorRole}
    return [role for role, score in newest.items() if score is not None and score > limit]


def of_month(scores: Sequence[ProgressScore], month: str, role: AssessorRole) -> ProgressScore | None:
    """Give the score of a month by the team or by faculty, if there is one."""
    return next((each for each in scores if (each.month, each.assessor_role) == (month, role)), None)


def gap(scores: Sequence[ProgressScore], month: str) -> Decimal | None:
    """Give by how much the team's score of a month is above that of faculty; None unless both have scored it."""
    own, faculty = (of_month(scores, month, role) for role in (AssessorRole.SELF, AssessorRole.FACULTY))
    return own.judged.score - faculty.judged.score if own and faculty else None


def _of_each_month(scores: Iterable[ProgressScore]) -> list[ProgressScore]:
    chosen: dict[str, ProgressScore] = {}
    for each in scores:
        if each.month not in chosen or each.assessor_role is AssessorRole.FACULTY:
            chosen[each.month] = each
    return list(chosen.values())
