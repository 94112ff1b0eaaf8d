"""A reason to invite a partner while there is no camp to invite it to."""

from dataclasses import dataclass, field

from chassis.domain.aggregate import INTERNAL, Aggregate
from services.camps.events.invitation import Reason


@dataclass(kw_only=True)
class PendingReason(Aggregate):
    """A reason that waits because no camp is inviting; it is gone when one has taken it up."""

    partner_id: str
    reason: Reason
    tried_for: str | None = field(default=None, metadata=INTERNAL)
    """The inviting camps, as one text, of which none could take it up; not tried again for the same."""
