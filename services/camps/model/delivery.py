"""How the letters about an invitation fare."""

from dataclasses import dataclass, field
from enum import StrEnum


class DeliveryState(StrEnum):
    """What became of a letter, or of several together: the better the news, the later it stands here."""

    NONE = "none"
    CANCELLED = "cancelled"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    SENT = "sent"


SETTLED = (DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.CANCELLED)


@dataclass(kw_only=True)
class Delivery:
    """How the letters about an invitation fare: each, by the id of its delivery, and all together.

    Each leader of a partner gets one. Together they fare as the best of them does, for a partner
    knows of its invitation as soon as one leader does.
    """

    state: DeliveryState = DeliveryState.NONE
    letters: dict[str, DeliveryState] = field(default_factory=dict)

    def hear(self, delivery_id: str, state: DeliveryState) -> bool:
        """Take the news of one letter, and give whether it was any: a settled letter stays as it is."""
        known = self.letters.get(delivery_id)
        if known in SETTLED or known is state:
            return False
        self.letters[delivery_id] = state
        self.state = max(self.letters.values(), key=list(DeliveryState).index)
        return True
