"""What happens to the will by which an engagement goes on."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from services.engagements.events.engagement import EngagementEvent, WhoLeadsIt


@dataclass(frozen=True, kw_only=True)
class WillQuestioned(EngagementEvent):
    """Who leads the partner of an engagement that both sides agreed on is different: the will is to be confirmed again.

    Published once, until it is confirmed.
    """

    type = "engagements.engagement.will_questioned"

    change: Annotated[str, "leader_joined, leader_left, sponsor_named, sponsor_left or sponsor_released; more may come"]
    person_id: Annotated[str, "who joined, left, or is or was the sponsor"]
    since: Annotated[date, "the day, where the partner is, on which that was put on record"]
    lead_coach_id: WhoLeadsIt = None


@dataclass(frozen=True, kw_only=True)
class WillConfirmed(EngagementEvent):
    """Somebody says that those who lead the partner of an engagement have the will to go on."""

    type = "engagements.engagement.will_confirmed"

    reason: Annotated[str, "how it is known"]
