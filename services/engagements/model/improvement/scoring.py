"""How an initiative is scored, and when it has stood still for too long."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from chassis.domain.aggregate import INTERNAL
from services.engagements.events import initiative as events
from services.engagements.model.engagement import Engagement
from services.engagements.model.improvement.charter import Charter
from services.engagements.model.improvement.initiative_lifecycle import NoSuchScore, ScoredAlready
from services.engagements.model.improvement.progress import (
    DIFFERENT,
    STUCK,
    STUCK_DAYS,
    AssessorRole,
    Judged,
    ProgressScore,
    Standing,
    gap,
    newest_by,
    of_month,
    refuse_month,
    refuse_score,
    standing,
)
from services.engagements.model.statement import Statement


@dataclass(kw_only=True)
class Scored(Charter):
    """An initiative with its scores.

    `stalls_at` is the instant at which it will have stood at 2.5 for too long; None while that is not waited for.
    `stalled_on` is the day on which it had; None while it moves. `at_work_since` is the day since when work in its
    engagement has gone on without a rest: only that time counts.
    """

    scores: list[ProgressScore] = field(default_factory=list)
    stalls_at: datetime | None = None
    stalled_on: date | None = None
    at_work_since: date | None = field(default=None, metadata=INTERNAL)

    def scores_by(self, role: AssessorRole) -> list[ProgressScore]:
        """Give the scores that the team, or faculty, gave."""
        return [each for each in self.scores if each.assessor_role is role]

    def score(self, *, engagement: Engagement, month: str, role: AssessorRole, judged: Judged) -> None:
        """Take somebody's judgement of a month.

        Raises EngagementNotActive, InitiativeClosed, ScoredAlready, NotOnTheScale, MonthToCome and MonthBeforeItBegan.
        """
        self._must_allow("score_initiative")
        engagement.coach_at_work()
        refuse_score(judged.score)
        refuse_month(month, since=engagement.activated_on, today=engagement.today(judged.at))
        if of_month(self.scores, month, role):
            raise ScoredAlready(f"initiative {self.id} has a score of {month} by {role}: correct that")
        before = gap(self.scores, month)
        self.scores.append(ProgressScore(month=month, assessor_role=role, judged=judged, first_given_on=judged.on))
        self._say_score(month, role, judged.score, before=before, engagement=engagement, at=judged.at)

    def correct_score(
        self, *, engagement: Engagement, month: str, role: AssessorRole, judged: Judged, statement: Statement
    ) -> None:
        """Have another score for a month, for a reason; also when the initiative is closed.

        Raises NoSuchScore, NotOnTheScale and CorrectedToTheSameScore.
        """
        self._must_allow("correct_score")
        refuse_score(judged.score)
        scored = of_month(self.scores, month, role)
        if scored is None:
            raise NoSuchScore.at("/month", "not_scored", f"A month that {role} scored is expected; got '{month}'")
        before = gap(self.scores, month)
        scored.correct(judged, statement)
        self._say_score(month, role, judged.score, before=before, engagement=engagement, at=judged.at, corrected=True)

    def _say_score(
        self,
        month: str,
        role: AssessorRole,
        score: Decimal,
        *,
        before: Decimal | None,
        engagement: Engagement,
        at: datetime,
        corrected: bool = False,
    ) -> None:
        faculty = newest_by(AssessorRole.FACULTY, self.scores)
        self.record(
            events.InitiativeScored(
                **self._named(),
                month=month,
                assessor_role=role,
                score=written(score),
                corrected=corrected,
                faculty_score=written(faculty) if faculty else None,
                coach_id=engagement.lead_coach_id,
                admission_number=engagement.admission_number,
            )
        )
        self._say_difference(month, before=before, engagement=engagement)
        self._move_on_if_it_does(engagement, corrected=corrected)
        self.await_stall(engagement=engagement, at=at)

    def _say_difference(self, month: str, *, before: Decimal | None, engagement: Engagement) -> None:
        own, faculty = (of_month(self.scores, month, role) for role in (AssessorRole.SELF, AssessorRole.FACULTY))
        if own is None or faculty is None:
            return
        about = {"self_score": written(own.judged.score), "faculty_score": written(faculty.judged.score)}
        said = {**self._named(), **about, "month": month, "coach_id": engagement.lead_coach_id}
        if abs(own.judged.score - faculty.judged.score) >= DIFFERENT:
            self.record(events.InitiativeScoresDiffer(**said))
        elif before is not None and abs(before) >= DIFFERENT:
            self.record(events.InitiativeScoresAgree(**said))

    def _move_on_if_it_does(self, engagement: Engagement, *, corrected: bool) -> None:
        now = standing(self.scores)
        if self.stalled_on and now and not self._has_stalled_by(self.stalled_on):
            self.stalled_on = None
            said = {**self._named(), "score": written(now.score), "coach_id": engagement.lead_coach_id}
            self.record(events.InitiativeMovedOn(**said, corrected=corrected))

    def await_stall(self, *, engagement: Engagement, at: datetime) -> None:
        """Wait for 90 days at 2.5, as long as it is open and work is under way; a rest begins them anew."""
        if not self._is_at_work(engagement):
            self.at_work_since, self.stalls_at = None, None
            return
        self.at_work_since = self.at_work_since or engagement.today(at)
        stuck = self._stuck()
        self.stalls_at = engagement.end_of(self._last_day(stuck)) if stuck and not self.stalled_on else None

    def stall(self, *, engagement: Engagement, at: datetime) -> bool:
        """Note that it has stood still for too long, if it has; gives whether that is so."""
        stuck = self._stuck()
        if self.stalls_at is None or at < self.stalls_at or stuck is None:
            return False
        self.stalls_at, self.stalled_on = None, engagement.today(at)
        self.record(
            events.InitiativeStalled(
                **self._named(),
                score=written(stuck.score),
                since=stuck.since,
                stalled_on=self.stalled_on,
                coach_id=engagement.lead_coach_id,
                admission_number=engagement.admission_number,
            )
        )
        return True

    def _has_stalled_by(self, day: date) -> bool:
        stuck = self._stuck()
        return stuck is not None and self._last_day(stuck) < day

    def _is_at_work(self, engagement: Engagement) -> bool:
        return engagement.is_under_way and self.is_open

    def _stuck(self) -> Standing | None:
        """Give since when it has stood at 2.5 without a rest, if it does."""
        now = standing(self.scores)
        if now is None or now.score != STUCK:
            return None
        return Standing(score=now.score, since=max(now.since, self.at_work_since or now.since))

    @staticmethod
    def _last_day(stuck: Standing) -> date:
        return stuck.since + timedelta(days=STUCK_DAYS - 1)


def written(score: Decimal) -> str:
    """Write a score as events have it: 4.0."""
    return format(score.quantize(Decimal("0.1")), "f")
