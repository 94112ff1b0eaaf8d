"""Where measures, their data points, and what these say are kept."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from pymongo import ASCENDING, IndexModel

from chassis.domain.errors import NotFound
from chassis.domain.scope import PLATFORM, Scope
from chassis.persistence.repository import Backlog, Repository
from chassis.persistence.unit_of_work import Reading
from services.engagements.analysis.verdict import Meaning
from services.engagements.model.measurement.batch import BatchState, DataPointBatch
from services.engagements.model.measurement.chart import Chart
from services.engagements.model.measurement.comparison import Comparison, GapJudgement, gap_of, judge_gap
from services.engagements.model.measurement.data_point import DataPoint
from services.engagements.model.measurement.equity_gap import EquityGap
from services.engagements.model.measurement.judgement import Measured
from services.engagements.model.measurement.measure import Measure
from services.engagements.model.measurement.measure_lifecycle import DataPointState, SignalState
from services.engagements.model.measurement.signal import MOVES_MILESTONES, Signal
from services.engagements.model.measurement.watch import DataWatch


class Measures(Repository[Measure]):
    """Every measure; each is its partner's."""

    collection = "measures"
    aggregate = Measure
    owner_field = "partner_id"
    external_ids_within = ("partner_id",)
    searched_by = "title"
    indexes = (IndexModel("engagement_id"), IndexModel("initiative_id"))

    def of_engagement(self, engagement_id: str) -> list[Measure]:
        """Give the measures of an engagement."""
        return list(self.each({"engagement_id": engagement_id}, scope=PLATFORM))

    def of_initiative(self, initiative_id: str) -> list[Measure]:
        """Give the family of measures of an initiative."""
        return list(self.each({"initiative_id": initiative_id}, scope=PLATFORM))


@dataclass(frozen=True, slots=True)
class Holder:
    """What holds a period of a series: a data point, perhaps of a batch that came in parts."""

    period: date
    arrived_with: str | None = None
    arrived_as: int | None = None


class DataPoints(Repository[DataPoint]):
    """Every data point; each is its partner's, and a period of a series has at most one that counts."""

    collection = "data_points"
    aggregate = DataPoint
    owner_field = "partner_id"
    sorted_by = ("period",)

    def __init__(self, seen_by: Reading) -> None:
        """See through a reading or a unit of work, with the batches that decide what counts."""
        super().__init__(seen_by)
        self._batches = DataPointBatches(seen_by)

    indexes = (
        IndexModel(
            ["measure_id", "stratum", "period"],
            unique=True,
            partialFilterExpression={"state": DataPointState.RECORDED.value},
        ),
        IndexModel(["measure_id", "period"]),
        IndexModel("arrived_with", sparse=True),
    )

    def get(self, id: str, *, scope: Scope, version: Collection[int] | None = None) -> DataPoint:
        """Give the data point with this id; one of a batch that was not recorded is not there."""
        point = super().get(id, scope=scope, version=version)
        if point.arrived_with and not self._batches.is_recorded(point.arrived_with):
            raise NotFound(f"there is no data point {id!r}")
        return point

    def counted(self, measure_id: str) -> Mapping[str, Any]:
        """Give the condition for what is there of a measure: without what is still arriving, or was discarded.

        The batches are asked for before their rows are: one that is recorded meanwhile has none of them counted.
        """
        recorded = self._batches.recorded_in_parts(measure_id)
        return {"measure_id": measure_id, "arrived_with": {"$in": [None, *recorded]}}

    def holders(self, measure_id: str, stratum: str | None, periods: Collection[date]) -> list[Holder]:
        """Give what holds some of these periods of a series, that of arriving and discarded batches too."""
        days = [period.isoformat() for period in periods]
        series = {"measure_id": measure_id, "stratum": stratum, "period": {"$in": days}}
        where = {**series, "state": DataPointState.RECORDED.value}
        return list(self.members(where, Holder, scope=PLATFORM, sort="period"))

    def give_way(self, measure_id: str, stratum: str | None, periods: Collection[date]) -> None:
        """Delete the rows of discarded batches that hold some periods."""
        days = [period.isoformat() for period in periods]
        series = {"measure_id": measure_id, "stratum": stratum, "period": {"$in": days}}
        self._documents.delete_many({**series, "arrived_with": {"$ne": None}}, session=self._unit_of_work.session)

    def clear(self, batch_id: str, *, most: int) -> bool:
        """Delete so many rows of a discarded batch, and give whether none is left."""
        session = self._unit_of_work.session
        found = self._documents.find({"arrived_with": batch_id}, {"_id": 1}, session=session).limit(most)
        ids = [each["_id"] for each in found]
        self._documents.delete_many({"_id": {"$in": ids}}, session=session)
        return len(ids) < most

    def measured(self, measure_id: str, stratum: str | None) -> list[Measured]:
        """Give what counts of a series, by period: read without what is not judged, for there may be thousands."""
        series = {"stratum": stratum, "state": DataPointState.RECORDED.value}
        return list(self.members({**self.counted(measure_id), **series}, Measured, scope=PLATFORM, sort="period"))


class DataPointBatches(Repository[DataPointBatch]):
    """Every batch of data points that came together."""

    collection = "data_point_batches"
    aggregate = DataPointBatch
    owner_field = "partner_id"
    backlog = Backlog(since="clears_at")
    """Those whose rows are to be cleared away."""
    indexes = (IndexModel(["measure_id", "state", "parts"]), IndexModel("clears_at"))

    def of_measure(self, id: str, measure_id: str, *, scope: Scope) -> DataPointBatch:
        """Give the batch with this id, of this measure; raises NotFound."""
        batch = self.get(id, scope=scope)
        if batch.measure_id != measure_id:
            raise NotFound(f"measure {measure_id} has no batch {id!r}")
        return batch

    def recorded_in_parts(self, measure_id: str) -> list[str]:
        """Give the batches of a measure that came in several parts and count: seldom any, for most come in one."""
        several = {"measure_id": measure_id, "state": BatchState.RECORDED.value, "parts": {"$gt": 1}}
        return [found["_id"] for found in self._documents.find(several, {"_id": 1}, session=self._session)]

    def is_recorded(self, batch_id: str) -> bool:
        """Whether the rows of a batch count."""
        return self.first({"_id": batch_id, "state": BatchState.RECORDED.value}, scope=PLATFORM) is not None


class Charts(Repository[Chart]):
    """What is known of every series."""

    collection = "charts"
    aggregate = Chart
    owner_field = "partner_id"
    indexes = (IndexModel(["measure_id", "stratum"], unique=True), IndexModel("awaits_judgement_since"))
    backlog: ClassVar[Backlog] = Backlog(since="awaits_judgement_since")
    """Those whose series has changed since they were judged."""

    def of_series(self, measure_id: str, stratum: str | None) -> Chart | None:
        """Give what is known of a series, if it was judged."""
        return self.first({"measure_id": measure_id, "stratum": stratum}, scope=PLATFORM)

    def latest(self, measure_id: str) -> date | None:
        """Give the latest period for which any series of a measure has data."""
        return max((each.latest for each in self.of_measure(measure_id) if each.latest), default=None)

    def of_measure(self, measure_id: str) -> list[Chart]:
        """Give what is known of every series of a measure."""
        return list(self.each({"measure_id": measure_id}, scope=PLATFORM))


class EquityGaps(Repository[EquityGap]):
    """What is known of every gap between a focus group and its reference."""

    collection = "equity_gaps"
    aggregate = EquityGap
    owner_field = "partner_id"
    indexes = (IndexModel(["measure_id", "focus"], unique=True), IndexModel("awaits_judgement_since"))
    backlog: ClassVar[Backlog] = Backlog(since="awaits_judgement_since")
    """Those of which something has changed since they were judged."""

    def of_focus(self, measure_id: str, focus: str) -> EquityGap | None:
        """Give what is known of the gap of a focus group, if it ever had data."""
        return self.first({"measure_id": measure_id, "focus": focus}, scope=PLATFORM)

    def of_measure(self, measure_id: str) -> list[EquityGap]:
        """Give what is known of every gap of a measure."""
        return list(self.each({"measure_id": measure_id}, scope=PLATFORM))


def judged_gap(reading: Reading, measure: Measure, comparison: Comparison) -> GapJudgement:
    """Judge a gap by the data there are now."""
    points = DataPoints(reading)
    focus, reference = (points.measured(measure.id, code) for code in comparison.codes)
    gap = gap_of(measure, comparison, focus=focus, reference=reference)
    return judge_gap(measure, gap, overall=points.measured(measure.id, None))


class DataWatches(Repository[DataWatch]):
    """What is known of when the data of every measure come."""

    collection = "data_watches"
    aggregate = DataWatch
    owner_field = "partner_id"
    backlog = Backlog(since="overdue_at")
    """Those whose data were waited for and are late."""
    indexes = (IndexModel("measure_id", unique=True), IndexModel("overdue_at"))

    def of_measure(self, measure_id: str) -> DataWatch | None:
        """Give what is known of a measure, if it is watched."""
        return self.first({"measure_id": measure_id}, scope=PLATFORM)

    def late_since(self, measure_ids: Collection[str]) -> dict[str, date | None]:
        """Give since which period the data of some measures are late, by measure."""
        found = self.each({"measure_id": {"$in": [*measure_ids]}}, scope=PLATFORM)
        return {each.measure_id: each.late_since for each in found}


class Signals(Repository[Signal]):
    """Every signal, those that are withdrawn too."""

    collection = "signals"
    aggregate = Signal
    owner_field = "partner_id"
    sorted_by = ("first",)
    indexes = (IndexModel([("measure_id", ASCENDING), ("stratum", ASCENDING), ("first", ASCENDING)]),)

    def of_series(self, measure_id: str, stratum: str | None) -> list[Signal]:
        """Give every signal that a series has or had."""
        return list(self.each({"measure_id": measure_id, "stratum": stratum}, scope=PLATFORM))

    def evidence_of(self, measure_id: str, strata: Collection[str | None], meaning: Meaning) -> list[Signal]:
        """Give the signals of some series that are there, are evidence, and mean that."""
        wanted = {"measure_id": measure_id, "stratum": {"$in": [*strata]}, "rule": {"$in": [*MOVES_MILESTONES]}}
        return list(self.each({**wanted, "meaning": meaning, "state": SignalState.DETECTED}, scope=PLATFORM))
