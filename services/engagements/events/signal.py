"""What the data of measures say, and say no more."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from chassis.domain.aggregate import Event, Keywords
from services.engagements.events.engagement import PartnerId
from services.engagements.events.measure import EngagementId, StratumCode

Judged = Annotated[str, "a hash of what was judged and how: the same hash, the same verdict"]


@dataclass(frozen=True, kw_only=True)
class ChartJudged(Event):
    """A series of a measure is other than it was, or is judged otherwise, and it is known what its data say now."""

    type = "engagements.chart.judged"
    audience = "partner"

    chart_id: Annotated[str, "what is known of the series; also the event's subject"]
    measure_id: Annotated[str, "the measure whose data were judged"]
    engagement_id: EngagementId
    partner_id: PartnerId
    stratum: StratumCode
    points: Annotated[int, Keywords(minimum=0), "how many data points there are"]
    judged: Judged


@dataclass(frozen=True, kw_only=True)
class SignalEvent(Event):
    """A signal is there, goes on, or is there no more: more than chance would explain, by a rule."""

    audience = "partner"

    signal_id: Annotated[str, "the signal; also the event's subject"]
    measure_id: Annotated[str, "the measure whose data say so"]
    engagement_id: EngagementId
    partner_id: PartnerId
    stratum: StratumCode
    rules: Annotated[str, "the rule set, such as perla_2011"]
    rules_version: Annotated[str, "its version"]
    rule: Annotated[str, "shift, trend, sustained_shift, outside or two_of_three; more may come"]
    meaning: Annotated[str, "improvement, concern or neutral, by where the measure is to go"]
    first: Annotated[date, "the first day of the period in which it begins"]
    last: Annotated[date, "the first day of the last period that belongs to it"]
    length: Annotated[int, Keywords(minimum=1), "how many data points count for it"]
    judged: Judged


@dataclass(frozen=True, kw_only=True)
class SignalDetected(SignalEvent):
    """The data of a measure say more than chance would. Published once, and again after it was withdrawn."""

    type = "engagements.signal.detected"

    title: Annotated[str, "what is measured, in the partner's words"]
    coach_id: Annotated[str | None, "the person who leads the coaching of the engagement; null before work has begun"]


@dataclass(frozen=True, kw_only=True)
class SignalExtended(SignalEvent):
    """A signal goes on, or begins or ends elsewhere than was known."""

    type = "engagements.signal.extended"


@dataclass(frozen=True, kw_only=True)
class SignalWithdrawn(SignalEvent):
    """A signal is there no more: late or corrected data, a withdrawn one, or another way to judge took it away."""

    type = "engagements.signal.withdrawn"

    title: Annotated[str, "what is measured, in the partner's words"]
    coach_id: Annotated[str | None, "the person who leads the coaching of the engagement; null before work has begun"]
