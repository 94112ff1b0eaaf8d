"""The term of a partner has a calendar: anniversaries, when a renewal is due and overdue, and its end."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from chassis.domain.aggregate import INTERNAL, Aggregate
from services.partners.events import term as events
from services.partners.model.anniversary import anniversary
from services.partners.model.deed import year_of_term
from services.partners.model.partner import Partner
from services.partners.model.partner_lifecycle import IN_THE_PROGRAMME
from services.partners.model.renewal import RenewalNotDueYet

ONE_DAY = timedelta(days=1)


class Told(StrEnum):
    """What was told last of the end of a term."""

    RENEWAL_DUE = "renewal_due"
    RENEWAL_OVERDUE = "renewal_overdue"
    ENDED = "ended"


@dataclass(frozen=True, kw_only=True)
class RenewalPeriods:
    """How long before the end of a term its renewal is due, and how long before it is overdue."""

    due: timedelta
    overdue: timedelta


@dataclass(frozen=True, kw_only=True)
class TermDay:
    """A day of which something is to be told: that so many years are over, or something of the end of the term."""

    on: date
    what: int | Told


@dataclass(kw_only=True)
class TermCalendar(Aggregate):
    """What was told of the present admission of one partner, and what is told next.

    Years are counted from `began_on`, the first day of the first term of the admission, and the last one is told on the
    day after the last day of the present term. `ends_on` is None while the partner is not in the programme. `is_to_end`
    says that no other term follows by a decision, which is then not overdue.
    """

    partner_id: str
    began_on: date | None = None
    ends_on: date | None = None
    is_to_end: bool = False
    years_told: int = 0
    told: Told | None = None
    told_before: Told | None = field(default=None, metadata=INTERNAL)
    """What was told of the term before the present one, which is the present one again when a renewal is taken back."""
    next_at: datetime | None = field(default=None, metadata=INTERNAL)
    """When it is to be looked what is to be told next."""
    zone: str = field(default="UTC", metadata=INTERNAL)
    admission_number: int = field(default=0, metadata=INTERNAL)

    def follow(self, partner: Partner, at: datetime) -> bool:
        """Go by the partner's present term and zone, looking at them at once; gives whether anything is different."""
        before = self._known()
        self._follow_admission(partner)
        self.zone = partner.zone
        self.ends_on = partner.term_ends_on if partner.state in IN_THE_PROGRAMME else None
        self.is_to_end = partner.term_is_to_end
        if before == self._known():
            return False
        self._turn_to_the_end_that_holds(before[0])
        self.next_at = at if self.ends_on else None
        return True

    def refuse_before_it_is_due(self) -> None:
        """Raise RenewalNotDueYet until it was told that it is due to decide whether another term follows."""
        if self.ends_on is not None and self.told is None:
            raise RenewalNotDueYet(f"the term of partner {self.partner_id} ends on {self.ends_on}: not due yet")

    def tell(self, at: datetime, periods: RenewalPeriods) -> bool:
        """Tell the earliest day that has begun, or wait for the next; gives whether anything was to be done.

        Somebody may have been faster, and of several days that have begun each is told by itself.
        """
        if self.next_at is None or at < self.next_at:
            return False
        day = min(self._days(periods), key=lambda each: each.on, default=None)
        self.next_at = None if day is None else max(self._begins(day.on), self.next_at)
        if day and self._begins(day.on) <= at:
            self._tell(day)
        return True

    def _turn_to_the_end_that_holds(self, before: date | None) -> None:
        """Begin to tell of the end of another term; of the one before it goes on, and tells nothing twice."""
        if before is None or self.ends_on is None:
            return
        if self.ends_on > before:
            self.told_before, self.told = self.told, None
        elif self.ends_on < before:
            self.told = self.told_before

    def _follow_admission(self, partner: Partner) -> None:
        admission = partner.admission
        if admission is None or self.admission_number == partner.admission_number:
            return
        self.admission_number, self.began_on = partner.admission_number, admission.term_starts_on
        self.told = self.told_before = None
        # A term may have begun before it was decided on: what was over then is no news.
        self.years_told = max(0, year_of_term(admission.decided_on - ONE_DAY, admission.term_starts_on) - 1)

    def _known(self) -> tuple[date | None, str, int, bool]:
        return self.ends_on, self.zone, self.admission_number, self.is_to_end

    def _days(self, periods: RenewalPeriods) -> Iterator[TermDay]:
        """Give the next anniversary, which comes before what else is on its day, and what is next of the end."""
        if self.began_on is None or self.ends_on is None:
            return
        over_on, year = self.ends_on + ONE_DAY, self.years_told + 1
        next_anniversary = anniversary(self.began_on, self.began_on.year + year)
        if next_anniversary <= over_on:
            yield TermDay(on=next_anniversary, what=year)
        if self.told is None:
            yield TermDay(on=over_on - periods.due, what=Told.RENEWAL_DUE)
        elif self.told is Told.RENEWAL_DUE and not self.is_to_end:
            yield TermDay(on=over_on - periods.overdue, what=Told.RENEWAL_OVERDUE)
        elif self.told is not Told.ENDED:
            yield TermDay(on=over_on, what=Told.ENDED)

    def _begins(self, day: date) -> datetime:
        """Give the first instant of a day; where clocks skip midnight, that at which they do."""
        return datetime.combine(day, time(), ZoneInfo(self.zone)).astimezone(UTC)

    def _tell(self, day: TermDay) -> None:
        if isinstance(day.what, Told):
            self.told = day.what
            self.record(_EVENTS[day.what](**self._of(day)))
        else:
            self.years_told = day.what
            self.record(events.TermAnniversary(years=day.what, **self._of(day)))

    def _of(self, day: TermDay) -> events.OfTerm:
        assert self.ends_on is not None
        return {
            "term_id": self.id,
            "partner_id": self.partner_id,
            "on": day.on,
            "term_ends_on": self.ends_on,
            "admission_number": self.admission_number,
        }


_EVENTS: dict[Told, type[events.TermRenewalDue | events.TermRenewalOverdue | events.TermEnded]] = {
    Told.RENEWAL_DUE: events.TermRenewalDue,
    Told.RENEWAL_OVERDUE: events.TermRenewalOverdue,
    Told.ENDED: events.TermEnded,
}
