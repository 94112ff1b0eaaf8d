"""An invitation as notifications knows it: what is offered, whether it is answered, and when to remind."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from chassis.domain.aggregate import Aggregate
from chassis.domain.errors import NotYetKnown
from chassis.domain.replica import newest
from services.notifications.model.calendar_entry import Appointment
from services.notifications.model.camp_where import Where
from services.notifications.model.letter_trigger import Category

REMIND_DAYS_BEFORE = (7, 2)
"""Calendar days before the last day on which an answer counts."""
REMIND_AT = time(9)
"""Where the camp is."""


@dataclass(frozen=True, kw_only=True)
class Offer(Where):
    """What a partner is invited to, and by when it must answer; days are days at the camp, in its `zone`.

    `until_hour`, such as 17:30, is that at which the last day to answer is over sooner; None when all of it counts.
    """

    camp_title: str
    zone: str
    starts_on: date
    ends_on: date
    answer_by: date
    camp_id: str | None = None
    """None where it was kept before the camp was."""
    begins_at: datetime | None = None
    ends_at: datetime | None = None
    until_hour: str | None = None
    is_postponed: bool = False
    """Whether nobody knows its days: those here do not count any more, and nothing is to be answered."""
    waits_since: date | None = None
    """Since when seats are waited for; None when they are offered."""
    category: Category = Category.INVITATION
    """Of the letter by which it was made."""
    about: dict[str, Any] = field(default_factory=dict)
    """What else that letter said: for how many seats, and why."""

    def is_over(self, at: datetime) -> bool:
        """Whether the time to answer is over."""
        if self.until_hour is None:
            last, hour = self.answer_by + timedelta(1), time()
        else:
            last, hour = self.answer_by, time.fromisoformat(self.until_hour)
        return at >= datetime.combine(last, hour, ZoneInfo(self.zone))

    def has_begun(self, at: datetime) -> bool:
        """Whether the camp has begun; where its hours are not known, with its first day."""
        begins_at = self.begins_at or datetime.combine(self.starts_on, time(), ZoneInfo(self.zone))
        return at >= begins_at

    def with_own_time(self, until: datetime | None) -> "Offer":
        """Give the same, to be answered until an instant that counts instead of a day, if there is one."""
        if until is None:
            return self
        local = until.astimezone(ZoneInfo(self.zone))
        return replace(self, answer_by=local.date(), until_hour=f"{local:%H:%M}")

    def reminder(self, days_before: int) -> datetime:
        """Give the instant of one reminder."""
        day = self.answer_by - timedelta(days_before)
        return datetime.combine(day, REMIND_AT, ZoneInfo(self.zone)).astimezone(UTC)


@dataclass(frozen=True, kw_only=True)
class ToldOfCamp(Where):
    """What a partner is told of a camp."""

    title: str
    zone: str
    starts_on: date
    ends_on: date
    answer_by: date | None
    opens_at: str | None = None
    closes_at: str | None = None


@dataclass(frozen=True, kw_only=True)
class Change:
    """What the partner had been told of its camp before the event of this number said otherwise."""

    sequence: int
    before: ToldOfCamp


@dataclass(kw_only=True)
class Invitation(Aggregate):
    """One partner's invitation to one camp, under its own id; each sequence is that of its last event of a kind."""

    partner_id: str
    offer: Offer | None = None
    """None as long as nobody told us what is offered."""
    offered_sequence: int = 0
    waiting_sequence: int = 0
    """Of the event by which it joined a waitlist."""
    fewer_sequence: int = 0
    """Of the last event by which it waits for fewer seats."""
    answered_sequence: int = 0
    left_open_sequence: int = 0
    """Of the last event that leaves an answer to be given: perhaps, a no that was taken back, or other days."""
    comes: bool | None = None
    """What it said last: whether the partner comes; None as long as it did not, or where that was not kept."""
    changed_sequence: int = 0
    """Of the last event that told what is otherwise about its camp."""
    changes: list[Change] = field(default_factory=list)
    """What was said before each change of the camp, in order."""
    ended_sequence: int = 0
    """Of the event by which it was withdrawn, or expired."""
    remind_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether an answer is waited for."""
        asked = max(self.offered_sequence, self.left_open_sequence)
        return asked > max(self.answered_sequence, self.ended_sequence, self.waiting_sequence)

    @property
    def is_postponed(self) -> bool:
        """Whether nobody knows the days of its camp."""
        return self.offer is not None and self.offer.is_postponed

    @property
    def is_waiting(self) -> bool:
        """Whether it waits for seats."""
        return self.waiting_sequence > max(self.offered_sequence, self._last_change)

    def concerns_newcomers(self, at: datetime) -> bool:
        """Whether who leads the partner from now on is told of it: it is to be answered in time, or waits."""
        if self.offer is None or self.is_postponed:
            return False
        return (self.is_open or self.is_waiting) and not self.offer.is_over(at)

    @property
    def concerns_diaries_of(self) -> str | None:
        """The camp that is to be in diaries or not; None where it is not known which, or what was answered."""
        answered = self.answered_sequence > max(self.last_told, self.left_open_sequence, self.ended_sequence)
        return self.offer.camp_id if self.offer and not (answered and self.comes is None) else None

    def appointment(self) -> Appointment | None:
        """Give what diaries should have of the camp; None where nobody is expected there, or nobody knows when."""
        offer, has_ended = self.offer, self.ended_sequence > self.last_told
        declined = not self.is_open and not self.comes
        if offer is None or offer.is_postponed or has_ended or self.is_waiting or declined:
            return None
        return Appointment(title=offer.camp_title, place=offer.location(), zone=offer.zone, starts_on=offer.starts_on,
                           ends_on=offer.ends_on, begins_at=offer.begins_at, ends_at=offer.ends_at,
                           sure=not self.is_open)  # fmt: skip

    @property
    def last_told(self) -> int:
        """The sequence of the event by which the leaders were told last what is offered, or that it waits."""
        return max(self.offered_sequence, self.waiting_sequence)

    def keep_offer(self, offer: Offer, *, sequence: int, at: datetime) -> None:
        """Keep what is offered; raises Superseded when a later offer, that it waits since, or the end, is known."""
        self.offered_sequence = newest(max(self.last_told, self.ended_sequence), sequence)
        self.offer = offer
        self._arm(after=at)

    def keep_waiting(self, offer: Offer, *, sequence: int, at: datetime) -> None:
        """Keep what it waits for; raises Superseded when a later offer, or the end, is known."""
        self.waiting_sequence = newest(max(self.last_told, self.ended_sequence), sequence)
        self.offer = offer
        self._arm(after=at)

    def keep_fewer(self, seats: int, *, sequence: int, told_sequence: int) -> None:
        """Keep for how many seats it waits from now on.

        Raises NotYetKnown while that it waits is not known, and Superseded when what came of that, a later number, or a
        later change of the camp, with which the number is told, is known.
        """
        later = max(self.fewer_sequence, self.last_told, self.changed_sequence, self._last_change)
        self.fewer_sequence = newest(later, sequence)
        was = self._told_by(told_sequence)
        self.offer = replace(was, about={**was.about, "seats": seats})

    def keep_change(
        self,
        now: Offer,
        *,
        before: ToldOfCamp,
        sequence: int,
        told_sequence: int,
        asks_anew: bool,
        offers_closed: bool,
        at: datetime,
    ) -> Offer:
        """Keep what is otherwise about the camp, and what it was before; give all that is known of it.

        Raises NotYetKnown while what the partner was told last is not known, and Superseded when a later change or
        offer, or the end, is known.
        """
        # First: what an end that is known overtakes waits for nothing, for what was offered may never be kept.
        newest(max(self.changed_sequence, self.last_told, self.ended_sequence), sequence)
        was = self._told_by(told_sequence)
        self.changed_sequence = sequence
        self.changes = [*self.changes, Change(sequence=sequence, before=before)]
        if asks_anew:
            self.left_open_sequence = max(self.left_open_sequence, sequence)
        about = was.about if self.fewer_sequence > sequence else {**was.about, **now.about}
        category = was.category
        if category is Category.WAITLIST_CLOSED and not offers_closed:
            category = Category.WAITLISTED
        self.offer = replace(now, category=category, about=about, waits_since=was.waits_since)
        self._arm(after=at)
        return self.offer

    def told_in(self, sequence: int) -> ToldOfCamp:
        """Give what a letter about the event of this number said of the camp, which has changed since."""
        return next(change.before for change in self.changes if change.sequence > sequence)

    def _told_by(self, sequence: int) -> Offer:
        """Give what the partner was told by an event or a later one; raises NotYetKnown while that is not known."""
        if self.offer is None or self.last_told < sequence:
            raise NotYetKnown(f"what invitation {self.id} is to is not known here yet")
        return self.offer

    def keep_answer(self, *, sequence: int, at: datetime, comes: bool) -> None:
        """Keep whether the partner comes; raises Superseded when a later answer, or the end, is known."""
        self.answered_sequence, self.comes = newest(self._last_change, sequence), comes
        self._arm(after=at)

    def keep_leaving(self, *, sequence: int, at: datetime) -> None:
        """Keep that it waits no longer; raises Superseded when it is known to wait again, or what came of that."""
        newest(self.last_told, sequence)
        self.keep_answer(sequence=sequence, at=at, comes=False)

    def keep_open(self, *, sequence: int, at: datetime) -> None:
        """Keep that an answer leaves one to be given; raises Superseded when a later one, or the end, is known."""
        self.left_open_sequence = newest(self._last_change, sequence)
        self._arm(after=at)

    def end(self, *, sequence: int, at: datetime) -> bool:
        """Keep that it is withdrawn, or has expired, and give whether that still holds: it may be offered again since.

        Raises Superseded when a later end is known.
        """
        self.ended_sequence = newest(self.ended_sequence, sequence)
        self._arm(after=at)
        return sequence > self.last_told

    @property
    def _last_change(self) -> int:
        """The sequence of the last event that says what became of the offer."""
        return max(self.answered_sequence, self.left_open_sequence, self.ended_sequence)

    def remind(self, *, at: datetime) -> int | None:
        """Give how many days before the last one to remind of now, and wait for the next time.

        None when none is due, or nothing is waited for any more. Of several that were missed, only
        the last is given.
        """
        due = [days for days in REMIND_DAYS_BEFORE if self._falls_between(days, at)]
        self._arm(after=at)
        return due[-1] if due else None

    def _falls_between(self, days: int, at: datetime) -> bool:
        if self.offer is None or self.remind_at is None or not self.is_open:
            return False
        return self.remind_at <= self.offer.reminder(days) <= at < self.offer.reminder(0)

    def _arm(self, *, after: datetime) -> None:
        """Wait for the next reminder that is still to come, if an answer is."""
        offer = self.offer if self.is_open and not self.is_postponed else None
        moments = [offer.reminder(days) for days in REMIND_DAYS_BEFORE] if offer else []
        self.remind_at = next((moment for moment in moments if moment > after), None)
