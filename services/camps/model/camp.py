"""A camp: when and where all partners meet, and since when they are invited."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from chassis.domain.aggregate import Aggregate
from chassis.domain.errors import Conflict, Invalid
from services.camps import events

SEATS_PER_INVITATION = 4


class Season(StrEnum):
    """There is a camp in each of these every year (the institute's programme description)."""

    SUMMER = "summer"
    WINTER = "winter"


class CampState(StrEnum):
    """How far a camp is."""

    ANNOUNCED = "announced"
    INVITING = "inviting"


class EndsBeforeItStarts(Invalid):
    """A camp ends on the day it starts or later."""


class MoreSeatsThanThereAre(Invalid):
    """An invitation is for no more seats than the camp has."""


class AnswerByOutOfRange(Invalid):
    """Answers are asked for by a day that has not passed and on which the camp has not started."""


class InvitationsAlreadyOpen(Conflict):
    """A camp opens its invitations once."""


class CampHasBegun(Conflict):
    """Nobody is invited to a camp that has begun."""


class InvitationsNotOpen(Conflict):
    """Partners are invited from the day on which a camp opens its invitations."""


@dataclass(kw_only=True)
class Camp(Aggregate):
    """A meeting of all partners, one each season of a year; `zone` is the time zone of its place."""

    season: Season
    year: int
    title: str
    place: str
    zone: str
    starts_on: date
    ends_on: date
    capacity: int
    seats_per_invitation: int
    state: CampState = CampState.ANNOUNCED
    answer_by: date | None = None

    @classmethod
    def announce(
        cls,
        *,
        id: str,
        season: Season,
        year: int,
        title: str,
        place: str,
        zone: str,
        starts_on: date,
        ends_on: date,
        capacity: int,
        seats_per_invitation: int | None = None,
    ) -> "Camp":
        """Say when and where it is.

        An invitation is for four seats unless said otherwise, or for all there are. Raises
        EndsBeforeItStarts and MoreSeatsThanThereAre.
        """
        seats = min(SEATS_PER_INVITATION, capacity) if seats_per_invitation is None else seats_per_invitation
        _refuse_more_seats_than_there_are(seats, capacity=capacity)
        camp = cls(id=id, season=season, year=year, title=title, place=place, zone=zone, starts_on=starts_on,
                   ends_on=ends_on, capacity=capacity, seats_per_invitation=seats)  # fmt: skip
        _refuse_an_end_before_the_start(camp)
        camp.record(camp._announced())
        return camp

    def open_invitations(self, *, answer_by: date, at: datetime) -> None:
        """Begin to invite; raises InvitationsAlreadyOpen, and AnswerByOutOfRange by the days of its place."""
        if self.state is CampState.INVITING:
            raise InvitationsAlreadyOpen(f"camp {self.id} is inviting already, with answers by {self.answer_by}")
        _refuse_answers_out_of_range(answer_by, camp=self, today=self._today(at))
        self.state, self.answer_by = CampState.INVITING, answer_by
        self.record(
            events.CampInvitationsOpened(camp_id=self.id, season=self.season, year=self.year, answer_by=answer_by)
        )

    def deadline(self) -> date:
        """Give the day by which partners answer; raises InvitationsNotOpen before they are invited."""
        if self.answer_by is None:
            raise InvitationsNotOpen(f"camp {self.id} is {self.state}: open its invitations first")
        return self.answer_by

    def has_begun(self, at: datetime) -> bool:
        """Whether its first day has come, where it takes place."""
        return self._today(at) >= self.starts_on

    def begins_at(self) -> datetime:
        """Give the instant at which its first day begins, in UTC."""
        return self._beginning_of(self.starts_on)

    def answers_end_at(self) -> datetime:
        """Give the instant at which the last day to answer is over, in UTC; raises InvitationsNotOpen."""
        return self._beginning_of(self.deadline() + timedelta(days=1))

    def takes_answers(self, at: datetime) -> bool:
        """Whether a partner that is invited now has time to answer; raises InvitationsNotOpen."""
        return at < self.answers_end_at()

    def refuse_unless_inviting(self, at: datetime) -> None:
        """Raise InvitationsNotOpen or CampHasBegun when nobody can be invited now."""
        self.deadline()
        if self.has_begun(at):
            raise CampHasBegun(f"camp {self.id} began on {self.starts_on}: invite to the next one")

    def refuse_more_seats_than_there_are(self, seats: int | None) -> None:
        """Raise MoreSeatsThanThereAre for an invitation by so many seats."""
        if seats is not None:
            _refuse_more_seats_than_there_are(seats, capacity=self.capacity, pointer="/seats")

    def own_time_to_answer(self, *, at: datetime, offer: timedelta) -> datetime | None:
        """Before when who is invited now must answer, if the time of all others is over; None if it is not."""
        return None if self.takes_answers(at) else min(at + offer, self.begins_at())

    def _announced(self) -> events.CampAnnounced:
        return events.CampAnnounced(camp_id=self.id, season=self.season, year=self.year, title=self.title,
                                    place=self.place, zone=self.zone, starts_on=self.starts_on, ends_on=self.ends_on,
                                    capacity=self.capacity)  # fmt: skip

    def _beginning_of(self, day: date) -> datetime:
        return datetime.combine(day, time.min, ZoneInfo(self.zone)).astimezone(UTC)

    def _today(self, at: datetime) -> date:
        return at.astimezone(ZoneInfo(self.zone)).date()


def _refuse_more_seats_than_there_are(seats: int, *, capacity: int, pointer: str = "/seats_per_invitation") -> None:
    if seats > capacity:
        detail = f"1 to {capacity} (capacity) is expected; got {seats}"
        raise MoreSeatsThanThereAre.at(pointer, "too_many", detail)


def _refuse_an_end_before_the_start(camp: Camp) -> None:
    if camp.ends_on < camp.starts_on:
        detail = f"{camp.starts_on} (starts_on) or a later day is expected; got '{camp.ends_on}'"
        raise EndsBeforeItStarts.at("/ends_on", "before_start", detail)


def _refuse_answers_out_of_range(answer_by: date, *, camp: Camp, today: date) -> None:
    last = camp.starts_on - timedelta(days=1)
    if not today <= answer_by <= last:
        detail = f"A day from {today} (today in {camp.zone}) to {last} is expected; got '{answer_by}'"
        raise AnswerByOutOfRange.at("/answer_by", "out_of_range", detail)
