"""A reason to invite a partner while there is no camp to invite it to."""

from dataclasses import dataclass

from chassis.domain.aggregate import Aggregate
from services.camps.events import Reason


@dataclass(kw_only=True)
class PendingReason(Aggregate):
    """A reason that waits because no camp is inviting; it is gone when one has taken it up."""

    partner_id: str
    reason: Reason
