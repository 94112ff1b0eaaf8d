"""What is known of the gap between a focus group and its reference since it was judged last."""

from dataclasses import dataclass, field
from datetime import date, datetime

from chassis.domain.aggregate import Aggregate
from services.engagements.events import equity_gap as events
from services.engagements.model.measurement.comparison import Comparison, GapJudgement
from services.engagements.model.measurement.measure import Measure
from services.engagements.model.measurement.measure_lifecycle import EQUITY_GAP_TRANSITIONS, GapState


@dataclass(frozen=True, kw_only=True)
class GapSighting:
    """What was published of a gap, when, and the hash of the data that said so."""

    state: GapState
    overall_improved: bool
    at: datetime
    judged: str


@dataclass(kw_only=True)
class EquityGap(Aggregate):
    """Whether a gap is wider or narrower than before, or neither, by the data as they are.

    `since` is the first day of the period in which it became so. `overall_improved` says whether all together got
    better at the same time.
    """

    lifecycle = EQUITY_GAP_TRANSITIONS
    measure_id: str
    engagement_id: str
    partner_id: str
    focus: str
    reference: str
    judged: str | None = None
    awaits_judgement_since: datetime | None = None
    """Since when its series, or that of all together, is otherwise than what was judged; None when neither is."""
    state: GapState = GapState.AS_BEFORE
    since: date | None = None
    overall_improved: bool = False
    sightings: list[GapSighting] = field(default_factory=list)

    @classmethod
    def of(cls, measure: Measure, comparison: Comparison, *, id: str) -> "EquityGap":
        """Begin to know something of a gap."""
        return cls(id=id, measure_id=measure.id, engagement_id=measure.engagement_id, partner_id=measure.partner_id,
                   focus=comparison.focus.code, reference=comparison.reference.code)  # fmt: skip

    def await_judgement(self, *, since: datetime) -> None:
        """Note that one of the series that it depends on, or how it is judged, has changed."""
        self.awaits_judgement_since = self.awaits_judgement_since or since

    def keep(self, found: GapJudgement, *, title: str, coach_id: str | None, at: datetime) -> None:
        """Keep what the data say now, and say so when it is otherwise than was said last."""
        is_news = self._is_news(found)
        self.awaits_judgement_since, self.judged = None, found.judgement.judged
        self.state, self.since, self.overall_improved = found.state, found.since, found.overall_improved
        if is_news:
            self._say(title=title, coach_id=coach_id, at=at, judged=found.judgement.judged)

    def _is_news(self, found: GapJudgement) -> bool:
        """Whether it is wider or narrower, or neither, unlike before; while it is wider, the whole counts too."""
        if found.state is not self.state:
            return True
        return found.state is GapState.WIDENED and found.overall_improved != self.overall_improved

    def _say(self, *, title: str, coach_id: str | None, at: datetime, judged: str) -> None:
        seen = GapSighting(state=self.state, overall_improved=self.overall_improved, at=at, judged=judged)
        self.sightings.append(seen)
        whose = {"measure_id": self.measure_id, "engagement_id": self.engagement_id, "partner_id": self.partner_id}
        self.record(events.EquityGapChanged(gap_id=self.id, **whose, focus=self.focus, reference=self.reference,
                                            change=self.state, since=self.since, title=title, coach_id=coach_id,
                                            overall_improved=self.overall_improved, judged=judged))  # fmt: skip
