"""A camp: when and where all partners meet, and since when they are invited."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypedDict, Unpack

from chassis.domain.errors import Invalid
from services.camps.events import camp as events
from services.camps.model import camp_hours
from services.camps.model.camp_days import Season
from services.camps.model.camp_life import CampLife
from services.camps.model.camp_lifecycle import TO_COME, CampState
from services.camps.model.camp_mode import CampMode, refuse_a_venue_online
from services.camps.model.camp_schedule import CampPostponed, InvitationsNotOpen
from services.camps.model.derived_instants import DerivedInstants

SEATS_PER_INVITATION = 4
DAYS = {"season", "year", "zone", "starts_on", "ends_on", "answer_by", "freezes_on"}
"""What says on which days a camp is: open while it is postponed."""


class MoreSeatsThanThereAre(Invalid):
    """An invitation is for no more seats than the camp has."""


class SubdivisionOfAnotherCountry(Invalid):
    """A camp is in a part of the country in which its clocks are."""


class AnswerByExpected(Invalid):
    """A camp that invites says by which day to answer."""


class CampDescription(TypedDict, total=False):
    """What is said of a camp when it is planned or announced: all but `subdivision` and the last six is needed."""

    season: Season
    year: int
    title: str
    place: str
    zone: str
    subdivision: str | None
    starts_on: date
    ends_on: date
    capacity: int
    seats_per_invitation: int | None
    opens_at: str
    closes_at: str
    mode: CampMode
    venue: events.Venue | None
    prayer_times: bool


class CampChanges(TypedDict, total=False):
    """What is said of a camp: the members that are to be changed."""

    season: Season
    year: int
    title: str
    place: str
    zone: str
    subdivision: str | None
    starts_on: date
    ends_on: date
    capacity: int
    seats_per_invitation: int
    answer_by: date
    opens_at: str
    closes_at: str
    freezes_on: date | None
    mode: CampMode
    venue: events.Venue | None
    prayer_times: bool


@dataclass(kw_only=True)
class Camp(CampLife):
    """A meeting of all partners, one each season of a year.

    Its `place` is a town or the like, whose clocks count, also for those who are online; `venue` is a house there.
    """

    place: str
    subdivision: str | None = None
    """The part of its zone's country in which it is (ISO 3166-2), where that has public holidays of its own."""
    mode: CampMode = CampMode.IN_PERSON
    venue: events.Venue | None = None
    prayer_times: bool = False
    """Whether its programme is to leave time for prayer: the institute says so, and nothing is guessed."""
    capacity: int
    seats_per_invitation: int
    is_announced: bool = True
    """Whether everybody may know of it; a draft is the institute's own to see."""

    @classmethod
    def announce(cls, *, id: str, at: datetime, **described: Unpack[CampDescription]) -> "Camp":
        """Say when and where it is; raises as planning it."""
        camp = cls._described(id, **described)
        camp._refuse_what_cannot_be(at)
        camp.record(camp._announced())
        return camp

    @classmethod
    def plan(cls, *, id: str, at: datetime, **described: Unpack[CampDescription]) -> "Camp":
        """Write down when and where it may be, for the institute's own eyes.

        An invitation is for four seats unless said otherwise, or for all there are. Raises what
        refuse_days_that_cannot_be does, NonexistentLocalTime, MoreSeatsThanThereAre, and VenueOfAnOnlineCamp.
        """
        camp = cls._described(id, **described)
        camp.state, camp.is_announced = CampState.DRAFT, False
        camp._refuse_what_cannot_be(at)
        camp.record(camp._planned())
        return camp

    def announce_as_planned(self, at: datetime) -> None:
        """Say when and where it is; raises CampInThePast for days that have come since it was planned."""
        self._must_allow("announce_planned_camp")
        self._refuse_what_cannot_be(at)
        self.state, self.is_announced = CampState.ANNOUNCED, True
        self.record(self._announced())

    def change(self, *, at: datetime, **changes: Unpack[CampChanges]) -> bool:
        """Change what is said of a camp that is still to come, as in announcing it; gives whether anything differs.

        With other days a frozen one invites again. Raises CampCancelled, CampHasBegun, CampPostponed for days,
        AnswerByOutOfRange if answers would be due when it has started, and FreezesOnOutOfRange.
        """
        self._refuse_unless_to_come(at)
        self._refuse_to_move_what_is_postponed(changes)
        if "answer_by" in changes:
            self.deadline()
        after = replace(self, **changes)
        if after == self:
            return False
        after._refuse_what_cannot_be(at)
        after._refuse_answers_out_of_time(self, at)
        before = self.terms
        for name, value in changes.items():
            setattr(self, name, value)
        self._forget_instants_of(before)
        if self.state is CampState.DRAFT:
            self.record(self._planned())
        else:
            self._tell_what_changed(before, at)
        return True

    def reschedule(
        self, *, starts_on: date, ends_on: date, answer_by: date | None, freezes_on: date | None, at: datetime
    ) -> None:
        """Say on which days it takes place that was postponed: it invites again, if it did before.

        Raises as changing it, AnswerByExpected if it invites, and InvitationsNotOpen if it does not.
        """
        self._must_allow("reschedule_camp")
        self._refuse_another_way_to_invite(answer_by)
        state = CampState.INVITING if answer_by else CampState.ANNOUNCED
        after = replace(self, starts_on=starts_on, ends_on=ends_on, answer_by=answer_by, freezes_on=freezes_on,
                        state=state, postponement=None)  # fmt: skip
        after._refuse_what_cannot_be(at)
        if answer_by:
            after._refuse_answers_out_of_range(answer_by, first=self._today(at))
        before = self.terms
        for name in ("starts_on", "ends_on", "answer_by", "freezes_on", "state", "postponement"):
            setattr(self, name, getattr(after, name))
        self._forget_instants_of(before)
        self.anchor_revision += 1
        self.record(self._changed(events.CampRescheduled, before))

    def follow_the_law(self, *, law: str, at: datetime) -> DerivedInstants | None:
        """Derive its instants anew by a later law of zones; give those of before where it is told that they moved.

        Its days and hours stay, as the clocks at its place show them. What has begun, is over or is postponed keeps
        still: nobody can do anything about it, or its days do not count.
        """
        before, self.derived = self.derived, self.derive(law)
        if before is None or not before.are_otherwise_in(self.derived):
            return None
        if self.state not in TO_COME or self.has_begun(at):
            return None
        self.record(self._changed(events.CampChanged, self.terms, zone_law=law))
        return before

    @property
    def terms(self) -> events.CampTerms:
        """Give what partners are told of it."""
        return events.CampTerms(title=self.title, place=self.place, zone=self.zone, starts_on=self.starts_on,
                                ends_on=self.ends_on, opens_at=self.opens_at, closes_at=self.closes_at,
                                answer_by=self.answer_by, mode=self.mode, venue=self.venue)  # fmt: skip

    def refuse_a_part_of_another_country(self, country: str | None) -> None:
        """Raise SubdivisionOfAnotherCountry unless the part it is in is one of this country."""
        if self.subdivision and not self.subdivision.startswith(f"{country}-"):
            detail = f"A part of {country}, such as {country}-…, or null is expected; got '{self.subdivision}'"
            raise SubdivisionOfAnotherCountry.at("/subdivision", "another_country", detail)

    def refuse_more_seats_than_there_are(self, seats: int | None) -> None:
        """Raise MoreSeatsThanThereAre for an invitation by so many seats."""
        if seats is not None:
            _refuse_more_seats_than_there_are(seats, capacity=self.capacity, pointer="/seats")

    @classmethod
    def _described(
        cls,
        id: str,
        *,
        seats_per_invitation: int | None = None,
        opens_at: str = camp_hours.OPENS_AT,
        closes_at: str = camp_hours.CLOSES_AT,
        **described: Any,
    ) -> "Camp":
        usual = min(SEATS_PER_INVITATION, described["capacity"])
        seats = usual if seats_per_invitation is None else seats_per_invitation
        return cls(id=id, seats_per_invitation=seats, opens_at=opens_at, closes_at=closes_at, **described)

    def _tell_what_changed(self, before: events.CampTerms, at: datetime) -> None:
        when = (self.zone, self.starts_on, self.ends_on)
        moved = when != (before.zone, before.starts_on, before.ends_on)
        if moved:
            self.anchor_revision += 1
            if self.state is CampState.FROZEN:
                self._thaw(at)
        self.record(self._changed(events.CampRescheduled if moved else events.CampChanged, before))

    def _forget_instants_of(self, before: events.CampTerms) -> None:
        """What was derived of other days or hours says nothing of these; who reads the change is told of them by it."""
        hours = ("zone", "starts_on", "ends_on", "opens_at", "closes_at")
        if any(getattr(before, name) != getattr(self, name) for name in hours):
            self.derived = None

    def _changed(
        self, event: type[events.CampChange], before: events.CampTerms, *, zone_law: str | None = None
    ) -> events.CampChange:
        return event(season=self.season, year=self.year, camp_id=self.id, capacity=self.capacity, before=before,
                     anchor_revision=self.anchor_revision, begins_at=self.begins_at(), ends_at=self.ends_at(),
                     zone_law=zone_law, **vars(self.terms))  # fmt: skip

    def _refuse_another_way_to_invite(self, answer_by: date | None) -> None:
        if self.answer_by is None and answer_by:
            raise InvitationsNotOpen(f"camp {self.id} has not opened its invitations: reschedule it without answer_by")
        if self.answer_by and answer_by is None:
            raise AnswerByExpected.at("/answer_by", "required", "A day by which partners answer is expected; got none")

    def _refuse_to_move_what_is_postponed(self, changes: Collection[str]) -> None:
        if self.state is CampState.POSTPONED and DAYS & {*changes}:
            raise CampPostponed(f"{self._standing()}: its days are said by rescheduling it")

    def _refuse_what_cannot_be(self, at: datetime) -> None:
        if self.state is not CampState.POSTPONED:
            self._refuse_days_and_hours_that_cannot_be(at)
            self._refuse_to_freeze_out_of_range()
        _refuse_more_seats_than_there_are(self.seats_per_invitation, capacity=self.capacity)
        refuse_a_venue_online(self.mode, self.venue)

    def _refuse_answers_out_of_time(self, before: "Camp", at: datetime) -> None:
        """Raise AnswerByOutOfRange if answers would be due when it has started, or by another day that has passed."""
        if self.answer_by and (self.answer_by, self.starts_on) != (before.answer_by, before.starts_on):
            first = self._today(at) if self.answer_by != before.answer_by else min(self.answer_by, self._today(at))
            self._refuse_answers_out_of_range(self.answer_by, first=first)

    def _announced(self) -> events.CampAnnounced:
        return events.CampAnnounced(**self._said())

    def _planned(self) -> events.CampPlanned:
        return events.CampPlanned(**self._said())

    def _said(self) -> dict[str, Any]:
        return {**self._named(), "place": self.place, "zone": self.zone, "starts_on": self.starts_on,
                "ends_on": self.ends_on, "opens_at": self.opens_at, "closes_at": self.closes_at,
                "capacity": self.capacity, "mode": self.mode, "venue": self.venue}  # fmt: skip


def _refuse_more_seats_than_there_are(seats: int, *, capacity: int, pointer: str = "/seats_per_invitation") -> None:
    if seats > capacity:
        detail = f"1 to {capacity} (capacity) is expected; got {seats}"
        raise MoreSeatsThanThereAre.at(pointer, "too_many", detail)
