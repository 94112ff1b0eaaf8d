"""An offer of help: what a partner would help others with."""

from dataclasses import dataclass
from types import MappingProxyType

from services.camps.events import offer as events
from services.camps.model.learning.notice import Notice
from services.camps.model.learning.notice_lifecycle import transitions_of

TRANSITIONS = transitions_of("offer", made_by="make_offer")


@dataclass(kw_only=True)
class Offer(Notice):
    """What a partner would help others with."""

    lifecycle = TRANSITIONS
    noun = "offer"
    events = MappingProxyType(
        {
            "made": events.OfferMade,
            "changed": events.OfferChanged,
            "fulfilled": events.OfferFulfilled,
            "withdrawn": events.OfferWithdrawn,
            "reopened": events.OfferReopened,
        }
    )
