"""A camp: when and where all partners meet, and since when they are invited."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TypedDict, Unpack
from zoneinfo import ZoneInfo

from chassis.domain.aggregate import Aggregate
from chassis.domain.errors import Conflict, Invalid
from chassis.domain.transitions import NotFromThisState, refuse_unless_possible
from services.camps.events import camp as events
from services.camps.model.camp_days import Season, refuse_days_that_cannot_be
from services.camps.model.camp_lifecycle import TRANSITIONS, CampState

SEATS_PER_INVITATION = 4


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


class CampCancelled(Conflict):
    """A camp that was cancelled does not take place, and nothing about it changes any more."""


REFUSALS = {CampState.INVITING: InvitationsAlreadyOpen, CampState.CANCELLED: CampCancelled}
"""How it is refused from these states what its table does not have."""


class CampChanges(TypedDict, total=False):
    """What is said of a camp: the members that are to be changed."""

    season: Season
    year: int
    title: str
    place: str
    zone: str
    starts_on: date
    ends_on: date
    capacity: int
    seats_per_invitation: int
    answer_by: date


@dataclass(frozen=True, kw_only=True)
class Cancellation:
    """Why a camp does not take place, who said so, and when."""

    reason: str
    by: str
    at: datetime


@dataclass(kw_only=True)
class Camp(Aggregate):
    """A meeting of all partners, one each season of a year; `zone` is the time zone of its place."""

    lifecycle = TRANSITIONS

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
    cancellation: Cancellation | None = None

    @classmethod
    def announce(
        cls,
        *,
        id: str,
        at: datetime,
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

        An invitation is for four seats unless said otherwise, or for all there are. Raises what
        refuse_days_that_cannot_be does, and MoreSeatsThanThereAre.
        """
        seats = min(SEATS_PER_INVITATION, capacity) if seats_per_invitation is None else seats_per_invitation
        camp = cls(id=id, season=season, year=year, title=title, place=place, zone=zone, starts_on=starts_on,
                   ends_on=ends_on, capacity=capacity, seats_per_invitation=seats)  # fmt: skip
        camp._refuse_what_cannot_be(at)
        camp.record(camp._announced())
        return camp

    def change(self, *, at: datetime, **changes: Unpack[CampChanges]) -> bool:
        """Change what is said of a camp that is still to come, as in announcing it; gives whether anything differs.

        Raises CampCancelled, CampHasBegun, and AnswerByOutOfRange if answers would be due when it has started.
        """
        self._refuse_unless_to_come(at)
        if "answer_by" in changes:
            self.deadline()
        after = replace(self, **changes)
        if after == self:
            return False
        after._refuse_what_cannot_be(at)
        if after.answer_by and (after.answer_by, after.starts_on) != (self.answer_by, self.starts_on):
            first = after._today(at) if after.answer_by != self.answer_by else min(after.answer_by, after._today(at))
            _refuse_answers_out_of_range(after.answer_by, camp=after, first=first)
        before = self.terms
        for name, value in changes.items():
            setattr(self, name, value)
        self.record(self._changed(before))
        return True

    def cancel(self, cancellation: Cancellation) -> None:
        """Say that it does not take place, and why; raises CampCancelled and CampHasBegun."""
        self._must_allow("cancel_camp")
        self._refuse_unless_to_come(cancellation.at)
        self.state, self.cancellation = CampState.CANCELLED, cancellation
        self.record(
            events.CampCancelled(
                camp_id=self.id, season=self.season, year=self.year, title=self.title, reason=cancellation.reason
            )
        )

    def open_invitations(self, *, answer_by: date, at: datetime) -> None:
        """Begin to invite; raises InvitationsAlreadyOpen, CampCancelled, and AnswerByOutOfRange by its place's days."""
        self._must_allow("open_invitations")
        _refuse_answers_out_of_range(answer_by, camp=self, first=self._today(at))
        self.state, self.answer_by = CampState.INVITING, answer_by
        self.record(
            events.CampInvitationsOpened(camp_id=self.id, season=self.season, year=self.year, answer_by=answer_by)
        )

    def deadline(self) -> date:
        """Give the day by which partners answer; raises CampCancelled, and InvitationsNotOpen before it invites."""
        self._refuse_if_cancelled()
        if self.answer_by is None:
            raise InvitationsNotOpen(f"camp {self.id} is {self.state}: open its invitations first")
        return self.answer_by

    @property
    def terms(self) -> events.CampTerms:
        """Give what partners are told of it."""
        return events.CampTerms(title=self.title, place=self.place, zone=self.zone, starts_on=self.starts_on,
                                ends_on=self.ends_on, answer_by=self.answer_by)  # fmt: skip

    def gives_seats(self, at: datetime) -> bool:
        """Whether seats that are free can be offered: it is to take place, and has not begun."""
        return self.state is not CampState.CANCELLED and not self.has_begun(at)

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

    def _changed(self, before: events.CampTerms) -> events.CampChanged | events.CampRescheduled:
        when = (self.zone, self.starts_on, self.ends_on)
        moved = when != (before.zone, before.starts_on, before.ends_on)
        event = events.CampRescheduled if moved else events.CampChanged
        return event(camp_id=self.id, season=self.season, year=self.year, capacity=self.capacity, before=before,
                     **vars(self.terms))  # fmt: skip

    def _must_allow(self, operation: str) -> None:
        refusal = REFUSALS.get(self.state, NotFromThisState)
        refuse_unless_possible(TRANSITIONS, operation, state=self.state, about=self._standing(), otherwise=refusal)

    def _standing(self) -> str:
        if self.cancellation:
            return f"camp {self.id} was cancelled: {self.cancellation.reason}"
        answers = f", with answers by {self.answer_by}" if self.answer_by else ""
        return f"camp {self.id} is {self.state}{answers}"

    def _refuse_if_cancelled(self) -> None:
        if self.state is CampState.CANCELLED:
            raise CampCancelled(self._standing())

    def _refuse_unless_to_come(self, at: datetime) -> None:
        self._refuse_if_cancelled()
        if self.has_begun(at):
            raise CampHasBegun(f"camp {self.id} began on {self.starts_on}: what is said of it stays")

    def _refuse_what_cannot_be(self, at: datetime) -> None:
        refuse_days_that_cannot_be(season=self.season, year=self.year, starts_on=self.starts_on,
                                   ends_on=self.ends_on, today=self._today(at))  # fmt: skip
        _refuse_more_seats_than_there_are(self.seats_per_invitation, capacity=self.capacity)

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


def _refuse_answers_out_of_range(answer_by: date, *, camp: Camp, first: date) -> None:
    last = camp.starts_on - timedelta(days=1)
    if not first <= answer_by <= last:
        detail = f"A day from {first} (today in {camp.zone}) to {last} is expected; got '{answer_by}'"
        raise AnswerByOutOfRange.at("/answer_by", "out_of_range", detail)
