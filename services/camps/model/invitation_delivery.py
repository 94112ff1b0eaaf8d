"""How the letters about an invitation fare."""

from dataclasses import dataclass, field
from enum import StrEnum

from chassis.domain.errors import Superseded


class DeliveryState(StrEnum):
    """What became of a letter, or of several together: the better the news, the later it stands here."""

    NONE = "none"
    CANCELLED = "cancelled"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    SENT = "sent"


SETTLED = (DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.CANCELLED)


@dataclass(kw_only=True)
class InvitationDelivery:
    """How the letters about an invitation fare: each, by the id of its delivery, and all together.

    Each leader of a partner gets one. Together they fare as the best of them does, for a partner
    knows of its invitation as soon as one leader does.
    """

    state: DeliveryState = DeliveryState.NONE
    letters: dict[str, DeliveryState] = field(default_factory=dict)

    def keep(self, delivery_id: str, state: DeliveryState) -> None:
        """Keep how one letter fares; a settled letter stays as it is: raises Superseded."""
        known = self.letters.get(delivery_id)
        if known in SETTLED or known is state:
            raise Superseded(f"delivery {delivery_id} is {known}, and this says {state}")
        self.letters[delivery_id] = state
        self.state = max(self.letters.values(), key=list(DeliveryState).index)
