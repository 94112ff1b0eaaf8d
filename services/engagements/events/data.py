"""Whether the data of a measure come as often as was planned."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from chassis.domain.aggregate import Event
from services.engagements.events.engagement import PartnerId
from services.engagements.events.measure import EngagementId


@dataclass(frozen=True, kw_only=True)
class DataEvent(Event):
    """The data of a measure are late, or late no more."""

    audience = "partner"

    watch_id: Annotated[str, "what is known of when data come; also the event's subject"]
    measure_id: Annotated[str, "the measure whose data it is about"]
    engagement_id: EngagementId
    partner_id: PartnerId
    title: Annotated[str, "what is measured, in the partner's words"]
    coach_id: Annotated[str | None, "the person who leads the coaching of the engagement"]


@dataclass(frozen=True, kw_only=True)
class DataStale(DataEvent):
    """A period is over, and so is the one after it, and there are no data of it or of a later one.

    Published once for each lapse; never while the work rests or has ended, nor for a measure that is retired.
    """

    type = "engagements.data.stale"

    period: Annotated[date, "the first day of the earliest period that has no data"]
    latest: Annotated[date | None, "the first day of the latest period that has data; null where none has"]
    frequency: Annotated[str, "how often data are to come: daily, weekly, monthly or quarterly"]


@dataclass(frozen=True, kw_only=True)
class DataFresh(DataEvent):
    """Data that were late are there.

    A lapse that ends because the work rests, or because the measure is retired, has another event: excused.
    """

    type = "engagements.data.fresh"

    latest: Annotated[date, "the first day of the latest period that has data"]


@dataclass(frozen=True, kw_only=True)
class DataExcused(DataEvent):
    """Data that were late are not asked for any more: the work rests or has ended, or the measure is retired."""

    type = "engagements.data.excused"
