"""Whether the data of a measure come as often as was planned, or are late."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from chassis.domain.aggregate import INTERNAL, Aggregate
from services.engagements.events import data as events
from services.engagements.model.engagement import Engagement
from services.engagements.model.measurement.measure import Measure
from services.engagements.model.measurement.measure_lifecycle import MeasureState
from services.engagements.model.measurement.periods import next_period


@dataclass(kw_only=True)
class DataWatch(Aggregate):
    """Which period of a measure is to have data next, and whether it is late.

    Data are asked for from the day on which the measure is in use and the work under way; after a rest, from the day
    on which it goes on. Those of a period are late when the period after it is over where the partner is. `late_since`
    is the first day of the earliest period without data, while they are late.
    """

    measure_id: str
    engagement_id: str
    partner_id: str
    late_since: date | None = None
    latest: date | None = field(default=None, metadata=INTERNAL)
    asked_since: date | None = field(default=None, metadata=INTERNAL)
    awaited: date | None = field(default=None, metadata=INTERNAL)
    overdue_at: datetime | None = field(default=None, metadata=INTERNAL)
    """When data are late, unless they come; None when they are, or when none are asked for."""

    @classmethod
    def of(cls, measure: Measure, *, id: str) -> "DataWatch":
        """Begin to watch a measure."""
        return cls(id=id, measure_id=measure.id, engagement_id=measure.engagement_id, partner_id=measure.partner_id)

    def look(self, measure: Measure, engagement: Engagement, *, latest: date | None, at: datetime) -> bool:
        """See what is so now, by the latest period that has data, and give whether anything is new."""
        if measure.state is not MeasureState.IN_USE or not engagement.is_under_way:
            return self._rest(measure, engagement)
        self.asked_since = self.asked_since or engagement.today(at)
        first = measure.period_of(self.asked_since)
        awaited = max(first, next_period(latest, measure.frequency)) if latest else first
        if (awaited, latest) == (self.awaited, self.latest):
            return False
        self.awaited, self.latest = awaited, latest
        self._await_data(measure, engagement, at=at)
        return True

    def lapse(self, measure: Measure, engagement: Engagement, *, at: datetime) -> bool:
        """Note that data are late, and give whether they are: once for each lapse."""
        if self.overdue_at is None or self.overdue_at > at or self.awaited is None:
            return False
        self.late_since, self.overdue_at = self.awaited, None
        named, frequency = self._named(measure, engagement), measure.frequency
        self.record(events.DataStale(**named, period=self.awaited, latest=self.latest, frequency=frequency))
        return True

    def _await_data(self, measure: Measure, engagement: Engagement, *, at: datetime) -> None:
        """Wait for the awaited period's data; what came may end the lapse, or leave it one that is shorter."""
        overdue_at = _overdue_at(self.awaited, measure, engagement)
        if self.late_since is None or overdue_at > at:
            self.overdue_at = overdue_at
        if self.late_since is None:
            return
        self.late_since = None if overdue_at > at else self.awaited
        if self.late_since is None and self.latest is not None:
            self.record(events.DataFresh(**self._named(measure, engagement), latest=self.latest))

    def _rest(self, measure: Measure, engagement: Engagement) -> bool:
        """Ask for no data; those that were late are not any more."""
        was_asked = self.asked_since is not None
        if self.late_since is not None:
            self.record(events.DataExcused(**self._named(measure, engagement)))
        self.asked_since = self.awaited = self.overdue_at = self.late_since = None
        return was_asked

    def _named(self, measure: Measure, engagement: Engagement) -> dict[str, Any]:
        whose = {**measure.named(), "watch_id": self.id}
        return {**whose, "title": measure.title, "coach_id": engagement.lead_coach_id}


def _overdue_at(awaited: date | None, measure: Measure, engagement: Engagement) -> datetime:
    """Give when the period after the awaited one is over where the partner is."""
    after = next_period(awaited or date.max, measure.frequency)
    return engagement.end_of(next_period(after, measure.frequency) - timedelta(days=1))
