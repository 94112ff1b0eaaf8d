"""What happens to those who lead a partner."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from chassis.domain.aggregate import Event
from services.partners.events.partner import AdmissionNumber


@dataclass(frozen=True, kw_only=True)
class LeadershipChanged(Event):
    """Who leads a partner in the programme, or who of them is the sponsor, is different: the will may be another.

    It carries the whole team, as it is now, so that the newest one heard is enough.
    """

    type = "partners.leadership.changed"
    audience = "partner"

    team_id: Annotated[str, "the partner's leadership team; also the event's subject"]
    partner_id: Annotated[str, "the partner that they lead"]
    change: Annotated[str, "leader_joined, leader_left, sponsor_named, sponsor_left or sponsor_released; more may come"]
    person_id: Annotated[str, "who joined, left, or is or was the sponsor"]
    leader_ids: Annotated[list[str], "the people who lead the partner now"]
    sponsor_id: Annotated[str | None, "who of them is the sponsor now, if anybody is"]
    changed_on: Annotated[date, "the day, where the partner is, on which it was put on record"]
    admission_number: AdmissionNumber = 1
