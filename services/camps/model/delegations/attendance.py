"""Attendance: who was there, on a day of a camp or in a session; what was wrong stays, beside what corrects it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from zoneinfo import ZoneInfo

from chassis.domain.aggregate import PERSONAL, Aggregate
from chassis.domain.errors import Conflict, Invalid
from chassis.domain.transitions import Transition, refuse_unless_possible
from services.camps.events import attendance as events
from services.camps.model.camp import Camp
from services.camps.model.delegations.delegate import Delegate


class Presence(StrEnum):
    """Whether somebody was there, and how."""

    PRESENT = "present"
    REMOTE = "remote"
    LEFT_EARLY = "left_early"
    ABSENT = "absent"
    EXCUSED = "excused"


CAME = (Presence.PRESENT, Presence.REMOTE, Presence.LEFT_EARLY)
"""Who took part, if only for a while."""


class AttendanceState(StrEnum):
    """Whether it still counts."""

    RECORDED = "recorded"
    CORRECTED = "corrected"


RECORDED, CORRECTED = AttendanceState
_row = partial(Transition, aggregate="attendance")
TRANSITIONS = (
    _row(operation="record_attendance", from_states=(), to=(RECORDED,), way_back="correct_attendance"),
    _row(
        operation="correct_attendance",
        from_states=(RECORDED,),
        to=(CORRECTED,),
        way_back="What was said stays said; what corrects it is corrected in turn.",
    ),
    _row(operation="correct_attendance", from_states=(), to=(RECORDED,), way_back="correct_attendance"),
)


class NothingToAttend(Conflict):
    """Who was there is recorded once a camp has begun."""


class NotADayOfTheCamp(Invalid):
    """Who was there is recorded for a day of the camp that has come."""


class SessionOfAnotherCamp(Invalid):
    """Who was there is recorded for a session of the same camp."""


class DayOrSessionExpected(Invalid):
    """Somebody was there on a day or in a session: one of the two is said."""


class NotADelegate(Conflict):
    """Who comes to a camp is a delegate: somebody who walks in is named first."""


class AlreadyRecorded(Conflict):
    """What is recorded already is corrected, and not recorded a second time."""


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """What somebody attended: a day of a camp, or one of its sessions."""

    on: date | None = None
    session_id: str | None = None

    def refuse_unless_it_has_come(self, camp: Camp, *, at: datetime) -> None:
        """Raise NothingToAttend, DayOrSessionExpected, or NotADayOfTheCamp for another day or one to come."""
        if not camp.has_begun(at):
            raise NothingToAttend(f"camp {camp.id} begins at {camp.begins_at().isoformat()}")
        if (self.on is None) == (self.session_id is None):
            raise DayOrSessionExpected.at("/on", "required", "A day or a session_id is expected, and not both")
        last = min(camp.ends_on, at.astimezone(ZoneInfo(camp.zone)).date())
        if self.on is not None and not camp.starts_on <= self.on <= last:
            detail = f"A day from {camp.starts_on} to {last} is expected; got '{self.on}'"
            raise NotADayOfTheCamp.at("/on", "out_of_range", detail)


@dataclass(kw_only=True)
class Attendance(Aggregate):
    """What was recorded of one delegate, on a day or in a session, by whom."""

    lifecycle = TRANSITIONS

    camp_id: str
    delegate_id: str
    partner_id: str | None
    on: date | None = None
    session_id: str | None = None
    presence: Presence = field(metadata=PERSONAL)
    recorded_by: str
    state: AttendanceState = AttendanceState.RECORDED
    corrects: str | None = None
    """What was recorded before, if this corrects it."""
    corrected_by: str | None = None
    """What corrects this, if something does."""

    @classmethod
    def of(
        cls, delegate: Delegate, occasion: Occasion, *, id: str, presence: Presence, recorded_by: str
    ) -> "Attendance":
        """Record whether a delegate was there; raises NotADelegate for who does not come."""
        if not delegate.comes:
            raise NotADelegate(f"delegate {delegate.id} is {delegate.state}: restore them, or name them first")
        recorded = cls(id=id, camp_id=delegate.camp_id, delegate_id=delegate.id, partner_id=delegate.partner_id,
                       presence=presence, recorded_by=recorded_by, **vars(occasion))  # fmt: skip
        recorded._say_it()
        return recorded

    def correct(self, *, id: str, presence: Presence, recorded_by: str) -> "Attendance":
        """Say instead how it was, and give what says so; raises NotFromThisState for what was corrected already."""
        about = f"{self.id} was corrected by {self.corrected_by}" if self.corrected_by else f"{self.id} is {self.state}"
        refuse_unless_possible(TRANSITIONS, "correct_attendance", state=self.state, about=about)
        other = Attendance(id=id, camp_id=self.camp_id, delegate_id=self.delegate_id, partner_id=self.partner_id,
                           on=self.on, session_id=self.session_id, presence=presence, recorded_by=recorded_by,
                           corrects=self.id)  # fmt: skip
        self.state, self.corrected_by = AttendanceState.CORRECTED, other.id
        other._say_it()
        return other

    def already_recorded(self) -> AlreadyRecorded:
        """Give the error of who would record the same a second time, and otherwise."""
        return AlreadyRecorded(f"{self.id} says that delegate {self.delegate_id} was {self.presence}: correct that")

    def _say_it(self) -> None:
        self.record(
            events.AttendanceRecorded(
                attendance_id=self.id, camp_id=self.camp_id, delegate_id=self.delegate_id, partner_id=self.partner_id,
                on=self.on, session_id=self.session_id, presence=self.presence, corrects=self.corrects,
            )
        )  # fmt: skip
