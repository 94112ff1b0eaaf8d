"""What is known of one series of a measure since it was judged last."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from chassis.domain.aggregate import Aggregate
from services.engagements.events import signal as events
from services.engagements.model.measurement.judgement import Judgement, Span
from services.engagements.model.measurement.measure import Measure


@dataclass(kw_only=True)
class Chart(Aggregate):
    """The newest judgement of one series: of all together, or of one stratum.

    `judged` is the hash of what was judged and how; None before anything was. `target_met` says where consecutive data
    points met the target.
    """

    measure_id: str
    engagement_id: str
    partner_id: str
    stratum: str | None = None
    judged: str | None = None
    awaits_judgement_since: datetime | None = None
    """Since when its series is otherwise than what was judged; None when it is not."""
    points: int = 0
    latest: date | None = None
    target_met: list[Span] = field(default_factory=list)

    @classmethod
    def of(cls, measure: Measure, *, id: str, stratum: str | None) -> "Chart":
        """Begin to know something of a series."""
        return cls(id=id, measure_id=measure.id, engagement_id=measure.engagement_id, partner_id=measure.partner_id,
                   stratum=stratum)  # fmt: skip

    def await_judgement(self, *, since: datetime) -> None:
        """Note that its series, or how it is judged, has changed."""
        self.awaits_judgement_since = self.awaits_judgement_since or since

    def keep(self, judgement: Judgement) -> bool:
        """Keep what the data say now; gives whether that is anything new."""
        self.awaits_judgement_since = None
        if self.judged == judgement.judged:
            return False
        self.judged, self.points, self.latest = judgement.judged, judgement.points, judgement.latest
        self.target_met = judgement.target_met
        self.record(events.ChartJudged(**self._named(), points=self.points, judged=judgement.judged))
        return True

    def meets_target_now(self) -> bool:
        """Whether its newest data point meets the target."""
        return any(span.last == self.latest for span in self.target_met)

    def _named(self) -> dict[str, Any]:
        ids = {"chart_id": self.id, "measure_id": self.measure_id, "engagement_id": self.engagement_id}
        return {**ids, "partner_id": self.partner_id, "stratum": self.stratum}
