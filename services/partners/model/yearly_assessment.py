"""A partner in the programme is assessed each year: when that is due where it is, and when overdue."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from chassis.domain.aggregate import INTERNAL, Aggregate
from services.partners.events import fit as events
from services.partners.model.anniversary import a_year_after
from services.partners.model.partner import Partner
from services.partners.model.partner_lifecycle import PartnerState


class Noted(StrEnum):
    """What was said of the assessment that is awaited."""

    DUE = "due"
    OVERDUE = "overdue"


@dataclass(kw_only=True)
class YearlyAssessment(Aggregate):
    """When one partner is assessed next: a year after it was last agreed how it fits, or else was admitted.

    `due_on` is a day where the partner is, in its `zone`; None while nobody waits for it, as the partner is not in the
    programme, or rests. `noted` is what was said of it since.
    """

    partner_id: str
    due_on: date | None = None
    noted: Noted | None = None
    next_at: datetime | None = field(default=None, metadata=INTERNAL)
    """When something is to be noted next, as long as that is waited for."""
    partner_name: str = field(default="", metadata=INTERNAL)
    zone: str = field(default="UTC", metadata=INTERNAL)
    admitted_on: date | None = field(default=None, metadata=INTERNAL)
    """The day of the present admission of a partner that is in the programme and does not rest."""
    admission_number: int = field(default=0, metadata=INTERNAL)
    agreed_on: date | None = field(default=None, metadata=INTERNAL)

    def follow(self, partner: Partner) -> bool:
        """Await what the partner's standing and zone ask for; gives whether that is anything else than before."""
        before = self._known()
        is_awaited = partner.state is PartnerState.ADMITTED and partner.admission is not None
        self.partner_name, self.zone, self.admission_number = partner.name, partner.zone, partner.admission_number
        self.admitted_on = partner.admission.decided_on if is_awaited and partner.admission else None
        if before == self._known():
            return False
        self._await()
        return True

    def count_from(self, agreed_on: date | None) -> None:
        """Await the next one a year after the day on which it was agreed how the partner fits."""
        self.agreed_on = agreed_on
        self._await()

    def note(self, at: datetime, *, overdue_after: timedelta) -> bool:
        """Note that it is due, or overdue so long after that was noted; gives whether something was due to be done.

        Somebody may have been faster. Where the law of its zone has changed meanwhile, its day begins at another
        instant, and that is waited for.
        """
        if self.next_at is None or self.due_on is None or at < self.next_at:
            return False
        today = at.astimezone(ZoneInfo(self.zone)).date()
        if today < self.due_on:
            self.next_at = self._begins(self.due_on)
        elif self.noted is None:
            self.noted, self.next_at = Noted.DUE, self._begins(today + overdue_after)
            self.record(events.AssessmentDue(**self._awaited(self.due_on)))
        else:
            self.noted, self.next_at = Noted.OVERDUE, None
            self.record(events.AssessmentOverdue(**self._awaited(self.due_on)))
        return True

    def _known(self) -> tuple[object, ...]:
        return (self.partner_name, self.zone, self.admitted_on, self.admission_number)

    def _await(self) -> None:
        due_on = self._next_day()
        if due_on == self.due_on and self.noted is not None:
            return
        if self.noted is not None:
            self.record(events.AssessmentExcused(fit_id=self.id, partner_id=self.partner_id))
        self.due_on, self.noted = due_on, None
        self.next_at = self._begins(due_on) if due_on else None

    def _next_day(self) -> date | None:
        if self.admitted_on is None:
            return None
        if self.agreed_on is None:
            return a_year_after(self.admitted_on)
        # Who comes back after years is not to be assessed before it is there.
        return max(a_year_after(self.agreed_on), self.admitted_on)

    def _begins(self, day: date) -> datetime:
        return datetime.combine(day, time(), ZoneInfo(self.zone)).astimezone(UTC)

    def _awaited(self, due_on: date) -> events.Awaited:
        return {
            "fit_id": self.id,
            "partner_id": self.partner_id,
            "due_on": due_on,
            "admission_number": self.admission_number,
        }
