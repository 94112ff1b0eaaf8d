"""Where measures, their data points, and what these say are kept."""

from collections.abc import Collection
from typing import ClassVar

from pymongo import ASCENDING, IndexModel

from chassis.domain.scope import PLATFORM
from chassis.persistence.repository import Backlog, Repository
from services.engagements.analysis.verdict import Meaning
from services.engagements.model.measurement.chart import Chart
from services.engagements.model.measurement.data_point import DataPoint
from services.engagements.model.measurement.judgement import Measured
from services.engagements.model.measurement.measure import Measure
from services.engagements.model.measurement.measure_lifecycle import DataPointState, SignalState
from services.engagements.model.measurement.signal import MOVES_MILESTONES, Signal


class Measures(Repository[Measure]):
    """Every measure; each is its partner's."""

    collection = "measures"
    aggregate = Measure
    owner_field = "partner_id"
    searched_by = "title"
    indexes = (IndexModel("engagement_id"), IndexModel("initiative_id"))

    def of_initiative(self, initiative_id: str) -> list[Measure]:
        """Give the family of measures of an initiative."""
        return list(self.each({"initiative_id": initiative_id}, scope=PLATFORM))


class DataPoints(Repository[DataPoint]):
    """Every data point; each is its partner's, and a period of a series has at most one that counts."""

    collection = "data_points"
    aggregate = DataPoint
    owner_field = "partner_id"
    sorted_by = ("period",)
    indexes = (
        IndexModel(
            ["measure_id", "stratum", "period"],
            unique=True,
            partialFilterExpression={"state": DataPointState.RECORDED.value},
        ),
        IndexModel(["measure_id", "period"]),
    )

    def measured(self, measure_id: str, stratum: str | None) -> list[Measured]:
        """Give what counts of a series, by period: read without what is not judged, for there may be thousands."""
        series = {"measure_id": measure_id, "stratum": stratum, "state": DataPointState.RECORDED.value}
        return list(self.members(series, Measured, scope=PLATFORM, sort="period"))


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

    def of_measure(self, measure_id: str) -> list[Chart]:
        """Give what is known of every series of a measure."""
        return list(self.each({"measure_id": measure_id}, scope=PLATFORM))


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
