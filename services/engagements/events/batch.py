"""What happens to data points that come together."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from chassis.domain.aggregate import Event, Keywords
from services.engagements.events.engagement import PartnerId
from services.engagements.events.measure import EngagementId


@dataclass(frozen=True, kw_only=True)
class DataPointBatchRecorded(Event):
    """Data points that came together count, all from the same moment on. Of these no other event is published."""

    type = "engagements.data_point_batch.recorded"
    audience = "partner"

    batch_id: Annotated[str, "the batch; also the event's subject"]
    measure_id: Annotated[str, "the measure of its data points"]
    engagement_id: EngagementId
    partner_id: PartnerId
    strata: Annotated[list[str], "the codes of the strata that have new data points"]
    has_all_together: Annotated[bool, "whether the series of all together has new data points"]
    points: Annotated[int, Keywords(minimum=1), "how many data points there are"]
    first: Annotated[date, "the first day of the earliest period"]
    last: Annotated[date, "the first day of the latest period"]
