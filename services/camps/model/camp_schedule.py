"""When a camp is: its days and hours, and by when partners answer."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from chassis.domain.aggregate import INTERNAL, Aggregate
from chassis.domain.errors import Conflict, Invalid
from services.camps.model import camp_hours
from services.camps.model.camp_days import (
    CampInThePast,
    EndsBeforeItStarts,
    Season,
    refuse_days_that_cannot_be,
)
from services.camps.model.camp_lifecycle import (
    ANNOUNCED,
    BEGUN,
    CANCELLED,
    DRAFT,
    FROZEN,
    INVITING,
    POSTPONED,
    TO_COME,
    CampState,
)
from services.camps.model.derived_instants import DerivedInstants


class AnswerByOutOfRange(Invalid):
    """Answers are asked for by a day that has not passed and on which the camp has not started."""


class FreezesOnOutOfRange(Invalid):
    """A camp freezes once the last day to answer is over, and on its first day at the latest."""


class CampHasBegun(Conflict):
    """Nobody is invited to a camp that has begun."""


class CampFrozen(Conflict):
    """Who comes to a camp is settled when it is frozen: no seat is offered, and only the institute changes it."""


class InvitationsNotOpen(Conflict):
    """Partners are invited from the day on which a camp opens its invitations."""


class CampCancelled(Conflict):
    """A camp that was cancelled does not take place, and nothing about it changes any more."""


class CampPostponed(Conflict):
    """While a camp is postponed nobody knows its days: nobody is invited, and nothing is answered."""


@dataclass(frozen=True, kw_only=True)
class Postponement:
    """Why a camp does not take place on its days, who said so, and when."""

    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Cancellation:
    """Why a camp does not take place, who said so, and when."""

    reason: str
    by: str
    at: datetime


@dataclass(kw_only=True)
class CampSchedule(Aggregate):
    """A camp's days, which are days at its place, in its `zone`.

    It opens at an hour of its first day and closes at one of its last, as the clocks there show them. From the
    beginning of the day `freezes_on`, if there is one, no seat is offered any more.
    """

    season: Season
    year: int
    zone: str
    starts_on: date
    ends_on: date
    opens_at: str = camp_hours.OPENS_AT
    closes_at: str = camp_hours.CLOSES_AT
    state: CampState = CampState.ANNOUNCED
    answer_by: date | None = None
    freezes_on: date | None = None
    anchor_revision: int = 0
    """How often its days were moved: what was said for the days before does not count for these."""
    postponement: Postponement | None = None
    """Why its days are open, while they are."""
    cancellation: Cancellation | None = None
    derived: DerivedInstants | None = field(default=None, metadata=INTERNAL)
    """Its instants as they were derived last; None where it was stored before that was kept."""

    def begins_at(self) -> datetime:
        """Give the instant at which its first day opens, in UTC."""
        return camp_hours.instant_of(self.starts_on, self.opens_at, zone=self.zone)

    def ends_at(self) -> datetime:
        """Give the instant at which its last day closes, in UTC."""
        return camp_hours.instant_of(self.ends_on, self.closes_at, zone=self.zone)

    def freezes_at(self) -> datetime | None:
        """Give the instant at which it freezes by itself, in UTC, if it does."""
        return camp_hours.beginning_of(self.freezes_on, zone=self.zone) if self.freezes_on else None

    def derive(self, law: str) -> DerivedInstants:
        """Give its instants by the law of zones that is known now, which is called `law`."""
        days = [self.starts_on + timedelta(n) for n in range((self.ends_on - self.starts_on).days + 1)]
        opens = [camp_hours.instant_of(day, self.opens_at, zone=self.zone) for day in days]
        return DerivedInstants(law=law, days_open_at=opens, ends_at=self.ends_at(), freezes_at=self.freezes_at())

    def keep_instants(self, law: str) -> None:
        """Keep its instants with its days and hours; those of an earlier law stay until their readers are told."""
        if self.derived is None or self.derived.law >= law:
            self.derived = self.derive(law)

    def has_begun(self, at: datetime) -> bool:
        """Whether its first day has opened, where it takes place."""
        return self.state in BEGUN or (self.state is not POSTPONED and at >= self.begins_at())

    def has_no_use_of_needs(self, at: datetime, *, kept: timedelta) -> bool:
        """Whether what its delegates need is of no use any more: it is cancelled, or ended so long ago."""
        if self.state is POSTPONED:
            return False
        return self.state is CANCELLED or at >= self.ends_at() + kept

    def is_frozen(self, at: datetime) -> bool:
        """Whether who comes is settled: it is frozen, or the day on which it freezes has come."""
        freezes_at = self.freezes_at()
        return self.state is FROZEN or (self.state is INVITING and freezes_at is not None and at >= freezes_at)

    def next_step_at(self) -> datetime | None:
        """Give the instant at which it freezes, begins or ends by itself next, in UTC; None if it does not."""
        if self.state in TO_COME:
            freezes_at = self.freezes_at() if self.state is INVITING else None
            return freezes_at or self.begins_at()
        return self.ends_at() if self.state is CampState.RUNNING else None

    def deadline(self) -> date:
        """Give the day by which partners answer; raises CampCancelled, and InvitationsNotOpen before it invites."""
        self.refuse_if_cancelled()
        if self.answer_by is None:
            raise InvitationsNotOpen(f"camp {self.id} is {self.state}: open its invitations first")
        return self.answer_by

    def answers_end_at(self) -> datetime:
        """Give the instant at which the last day to answer is over, in UTC; raises InvitationsNotOpen."""
        return camp_hours.beginning_of(self.deadline() + timedelta(days=1), zone=self.zone)

    def takes_answers(self, at: datetime) -> bool:
        """Whether a partner that is invited now has time to answer; raises InvitationsNotOpen."""
        return at < self.answers_end_at()

    def gives_seats(self, at: datetime) -> bool:
        """Whether seats that are free can be offered: it is to take place, is not frozen, and has not begun."""
        return self.state in (ANNOUNCED, INVITING) and not self.is_frozen(at) and not self.has_begun(at)

    def offered_until(self, *, at: datetime, offer: timedelta) -> datetime:
        """Give until when seats that are offered now are held: at the latest when it freezes, or begins."""
        freezes_at = None if self.is_frozen(at) else self.freezes_at()
        return min(at + offer, freezes_at or self.begins_at())

    def own_time_to_answer(self, *, at: datetime, offer: timedelta) -> datetime | None:
        """Before when who is invited now must answer, if the time of all others is over; None if it is not."""
        return None if self.takes_answers(at) else self.offered_until(at=at, offer=offer)

    def refuse_unless_inviting(self, at: datetime) -> None:
        """Raise InvitationsNotOpen, CampPostponed, CampFrozen or CampHasBegun when nobody can be invited now."""
        self.deadline()
        if self.state is POSTPONED:
            raise CampPostponed(f"{self._standing()}: reschedule it first, and invite then")
        if self.has_begun(at):
            raise CampHasBegun(f"camp {self.id} began on {self.starts_on}: invite to the next one")
        if self.is_frozen(at):
            raise CampFrozen(f"camp {self.id} is frozen: unfreeze it first, and invite then")

    def refuse_if_frozen(self, at: datetime, *, by_staff: bool) -> None:
        """Raise CampFrozen once a partner cannot change any more who comes and what is shared; the institute can."""
        self.refuse_if_cancelled()
        if not by_staff and (self.is_frozen(at) or self.has_begun(at)):
            raise CampFrozen(f"camp {self.id} is {self.state}, and who comes is settled: ask the institute")

    def refuse_if_cancelled(self) -> None:
        """Raise CampCancelled if it does not take place."""
        if self.state is CANCELLED:
            raise CampCancelled(self._standing())

    def _standing(self) -> str:
        if self.cancellation:
            return f"camp {self.id} was cancelled: {self.cancellation.reason}"
        if self.postponement:
            return f"camp {self.id} is postponed: {self.postponement.reason}"
        answers = f", with answers by {self.answer_by}" if self.answer_by else ""
        return f"camp {self.id} is {self.state}{answers}"

    def _refuse_unless_to_come(self, at: datetime) -> None:
        self.refuse_if_cancelled()
        if self.has_begun(at) and self.state is not DRAFT:
            raise CampHasBegun(f"camp {self.id} began on {self.starts_on}: what is said of it stays")

    def _refuse_days_and_hours_that_cannot_be(self, at: datetime) -> None:
        refuse_days_that_cannot_be(season=self.season, year=self.year, starts_on=self.starts_on,
                                   ends_on=self.ends_on, today=self._today(at))  # fmt: skip
        for day, member in ((self.starts_on, "opens_at"), (self.ends_on, "closes_at")):
            hour = getattr(self, member)
            camp_hours.refuse_an_hour_that_is_left_out(day, hour, zone=self.zone, pointer=f"/{member}")
        if self.ends_at() <= self.begins_at():
            detail = f"An hour after {self.opens_at} (opens_at, on that day) is expected; got '{self.closes_at}'"
            raise EndsBeforeItStarts.at("/closes_at", "before_start", detail)
        if self.begins_at() <= at:
            now = at.astimezone(ZoneInfo(self.zone))
            detail = f"A day on which it opens after {now:%Y-%m-%d %H:%M} (now, where the camp takes place) is expected"
            raise CampInThePast.at("/starts_on", "past", f"{detail}; got '{self.starts_on}' at {self.opens_at}")

    def _refuse_answers_out_of_range(self, answer_by: date, *, first: date) -> None:
        last = self.starts_on - timedelta(days=1)
        if not first <= answer_by <= last:
            detail = f"A day from {first} (today in {self.zone}) to {last} is expected; got '{answer_by}'"
            raise AnswerByOutOfRange.at("/answer_by", "out_of_range", detail)

    def _refuse_to_freeze_out_of_range(self) -> None:
        if self.freezes_on and not (self.answer_by or date.min) < self.freezes_on <= self.starts_on:
            after = f"after {self.answer_by} (answer_by) and " if self.answer_by else ""
            detail = f"A day {after}up to {self.starts_on} (starts_on) is expected; got '{self.freezes_on}'"
            raise FreezesOnOutOfRange.at("/freezes_on", "out_of_range", detail)

    def _today(self, at: datetime) -> date:
        return at.astimezone(ZoneInfo(self.zone)).date()
