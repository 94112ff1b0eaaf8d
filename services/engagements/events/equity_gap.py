"""Whether the gaps between focus groups and those they are compared with become wider or narrower."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from chassis.domain.aggregate import Event
from services.engagements.events.engagement import PartnerId
from services.engagements.events.measure import EngagementId


@dataclass(frozen=True, kw_only=True)
class EquityGapChanged(Event):
    """The data say of a gap otherwise than before that it is wider or narrower, or that it is neither.

    Published once for each change, and while the gap is wider also when it is another matter whether all together got
    better meanwhile.
    """

    type = "engagements.equity_gap.changed"
    audience = "partner"

    gap_id: Annotated[str, "the gap; also the event's subject"]
    measure_id: Annotated[str, "the measure whose data say so"]
    engagement_id: EngagementId
    partner_id: PartnerId
    focus: Annotated[str, "the focus group, by its code in the measure"]
    reference: Annotated[str, "the stratum it is compared with, by its code"]
    change: Annotated[str, "widened, narrowed or as_before: the last where data that came later say neither"]
    since: Annotated[date | None, "the first day of the period in which it became so; null where it is as before"]
    overall_improved: Annotated[bool, "whether all together got better at the same time"]
    title: Annotated[str, "what is measured, in the partner's words"]
    coach_id: Annotated[str | None, "the person who leads the coaching of the engagement; null before work has begun"]
    judged: Annotated[str, "a hash of the gap's series and of how it was judged"]
