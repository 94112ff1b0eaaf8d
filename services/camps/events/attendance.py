"""What is recorded of who was at a camp."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from chassis.domain.aggregate import Event


@dataclass(frozen=True, kw_only=True)
class AttendanceRecorded(Event):
    """It was recorded, or corrected, whether a delegate was there, on a day of a camp or in a session."""

    type = "camps.attendance.recorded"

    attendance_id: Annotated[str, "what was recorded; also the event's subject"]
    camp_id: Annotated[str, "the camp"]
    delegate_id: Annotated[str, "the delegate"]
    partner_id: Annotated[str | None, "the partner in whose seat they come; null where it is none's"]
    on: Annotated[date | None, "the day, where the camp takes place; null for a session"]
    session_id: Annotated[str | None, "the session; null for a day"]
    presence: Annotated[str, "present, remote, left_early, absent or excused"]
    corrects: Annotated[str | None, "what was recorded before and holds no longer, if this corrects it"]
