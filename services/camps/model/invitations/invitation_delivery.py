"""How the letters about an invitation fare."""

from dataclasses import dataclass, field
from enum import StrEnum

from chassis.domain.aggregate import INTERNAL
from chassis.domain.errors import Superseded


class DeliveryState(StrEnum):
    """What became of a letter, or of several together: the better the news, the later it stands here."""

    NONE = "none"
    CANCELLED = "cancelled"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    SENT = "sent"


NOT_TOLD = (DeliveryState.NONE, DeliveryState.FAILED, DeliveryState.CANCELLED)
"""Nobody was told, as far as is known."""
SETTLED = (DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.CANCELLED)


@dataclass(kw_only=True)
class InvitationDelivery:
    """How the letters about an invitation fare: each, by the id of its delivery, and all together.

    Each leader of a partner gets one. Together they fare as the best of them does, for a partner
    knows of its invitation as soon as one leader does. Letters of an earlier asking say nothing of the present one.
    """

    asking: int = field(default=0, metadata=INTERNAL)
    """The number of the event by which the partner was asked last, among those of its invitation."""
    state: DeliveryState = DeliveryState.NONE
    letters: dict[str, DeliveryState] = field(default_factory=dict)

    def keep(self, delivery_id: str, state: DeliveryState, *, sequence: int | None) -> None:
        """Keep how one letter fares, written for the event of that number.

        Raises Superseded for one of an earlier asking, and for one that is settled: it stays as it is.
        """
        if sequence is not None and sequence < self.asking:
            raise Superseded(f"delivery {delivery_id} is of event {sequence}, and {self.asking} asked anew")
        known = self.letters.get(delivery_id)
        if known in SETTLED or known is state:
            raise Superseded(f"delivery {delivery_id} is {known}, and this says {state}")
        self.letters[delivery_id] = state
        self.state = max(self.letters.values(), key=list(DeliveryState).index)
