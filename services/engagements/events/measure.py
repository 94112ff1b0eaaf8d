"""What happens to measures and to their data points."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from chassis.domain.aggregate import Event
from services.engagements.events.engagement import PartnerId

EngagementId = Annotated[str, "the engagement it belongs to"]
StratumCode = Annotated[str | None, "the stratum, by its code in the measure; null for all together"]
Reason = Annotated[str, "why"]


@dataclass(frozen=True, kw_only=True)
class MeasureEvent(Event):
    """Something happened to a measure."""

    audience = "partner"

    measure_id: Annotated[str, "the measure; also the event's subject"]
    engagement_id: EngagementId
    partner_id: PartnerId


@dataclass(frozen=True, kw_only=True)
class MeasureDefined(MeasureEvent):
    """It is known what is measured, and how. Published once for each measure."""

    type = "engagements.measure.defined"

    kind: Annotated[str, "outcome, process or balancing; more may come"]
    improvement: Annotated[str, "increase, decrease or neutral: where it is to go"]


@dataclass(frozen=True, kw_only=True)
class MeasureRevised(MeasureEvent):
    """A measure has another definition, target, baseline or phase: whatever was judged of it is judged again."""

    type = "engagements.measure.revised"

    reason: Reason


@dataclass(frozen=True, kw_only=True)
class MeasureRetired(MeasureEvent):
    """No more data are recorded for a measure."""

    type = "engagements.measure.retired"

    reason: Reason


@dataclass(frozen=True, kw_only=True)
class MeasureReinstated(MeasureEvent):
    """Data are recorded again for a measure that was retired."""

    type = "engagements.measure.reinstated"

    reason: Reason


@dataclass(frozen=True, kw_only=True)
class DataPointEvent(Event):
    """Something happened to a data point of a measure; what was measured is asked for, and in no event."""

    audience = "partner"

    data_point_id: Annotated[str, "the data point; also the event's subject"]
    measure_id: Annotated[str, "its measure"]
    engagement_id: EngagementId
    partner_id: PartnerId
    stratum: StratumCode
    period: Annotated[date, "the first day of the period that it is about"]


@dataclass(frozen=True, kw_only=True)
class DataPointRecorded(DataPointEvent):
    """A period of a measure has its data point. Published once for each data point."""

    type = "engagements.data_point.recorded"


@dataclass(frozen=True, kw_only=True)
class DataPointCorrected(DataPointEvent):
    """A data point has another value, for a reason; the former one is kept with it."""

    type = "engagements.data_point.corrected"

    reason: Reason


@dataclass(frozen=True, kw_only=True)
class DataPointWithdrawn(DataPointEvent):
    """A data point does not count any more, for a reason."""

    type = "engagements.data_point.withdrawn"

    reason: Reason


@dataclass(frozen=True, kw_only=True)
class DataPointRestored(DataPointEvent):
    """A data point that was withdrawn counts again, for a reason."""

    type = "engagements.data_point.restored"

    reason: Reason
