"""The terms of a partner: those it was admitted for, and whether another one follows."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from chassis.domain.errors import Conflict, Invalid
from chassis.domain.transitions import refuse_unless_possible
from services.partners.events import partner as events
from services.partners.model.organisation.organisation import Organisation
from services.partners.model.partner_lifecycle import (
    IN_THE_PROGRAMME,
    TRANSITIONS,
    PartnerNotInTheProgramme,
    PartnerState,
)
from services.partners.model.renewal import (
    FollowingTermHasBegun,
    NoRenewalDecided,
    RenewalDecision,
    TakenBack,
    TermIsToEndAlready,
)


class TermEndsBeforeItStarts(Invalid):
    """A term ends after it starts."""


@dataclass(frozen=True, kw_only=True)
class Admission:
    """The institute's decision to admit a partner: who said yes, when, why, and for which term."""

    decided_by: str
    decided_on: date
    reasons: list[str]
    term_starts_on: date
    term_ends_on: date


@dataclass(kw_only=True)
class PartnerTerms(Organisation):
    """An organisation and the terms that it was admitted for.

    Whoever comes back after a departure is admitted anew: `earlier_admissions` has the decisions before.
    `renewal_decisions` are of all admissions, in their order, with those that hold no more.
    """

    state: PartnerState = PartnerState.PROPOSED
    admission: Admission | None = None
    earlier_admissions: list[Admission] = field(default_factory=list)
    renewal_decisions: list[RenewalDecision] = field(default_factory=list)

    def renew(self, *, term_ends_on: date, reasons: list[str], on: date, by: str) -> None:
        """Let another term follow the present one, until its last day.

        What was decided before of its end holds no more. Raises PartnerNotInTheProgramme and TermEndsBeforeItStarts.
        """
        self._must_allow("renew_partner", otherwise=PartnerNotInTheProgramme)
        starts_on = self._last_day_of_term() + timedelta(days=1)
        refuse_a_term_that_ends_first(starts_on, term_ends_on)
        self._decide(reasons, on=on, by=by, starts_on=starts_on, ends_on=term_ends_on)
        self.record(events.PartnerRenewed(partner_id=self.id, term_starts_on=starts_on, term_ends_on=term_ends_on,
                                          reason="; ".join(reasons), decided_on=on,
                                          admission_number=self.admission_number))  # fmt: skip

    def let_term_end(self, *, reasons: list[str], on: date, by: str) -> None:
        """Let no other term follow the present one; raises PartnerNotInTheProgramme and TermIsToEndAlready."""
        self._must_allow("let_term_end", otherwise=PartnerNotInTheProgramme)
        if self.term_is_to_end:
            raise TermIsToEndAlready(f"no other term follows that of partner {self.id}: renew it to take that back")
        ends_on = self._last_day_of_term()
        self._decide(reasons, on=on, by=by)
        self.record(events.PartnerNotRenewed(partner_id=self.id, term_ends_on=ends_on, reason="; ".join(reasons),
                                             decided_on=on, admission_number=self.admission_number))  # fmt: skip

    def reconsider_renewal(self, *, reason: str, on: date, by: str) -> None:
        """Take back, for a reason, what was decided last of the present term: whether another follows is open again.

        Raises PartnerNotInTheProgramme, NoRenewalDecided and FollowingTermHasBegun.
        """
        self._must_allow("reconsider_renewal", otherwise=PartnerNotInTheProgramme)
        last = self._decision_in_force
        if last is None:
            raise NoRenewalDecided(f"nothing is decided of the term of partner {self.id} that ends {self.term_ends_on}")
        if last.term_starts_on and last.term_starts_on <= on:
            raise FollowingTermHasBegun(f"the term that follows began on {last.term_starts_on}: let {self.id} depart")
        last.taken_back = TakenBack(by=by, on=on, reason=reason)
        self.record(events.RenewalReconsidered(partner_id=self.id, term_ends_on=self._last_day_of_term(),
                                               reason=reason, reconsidered_on=on,
                                               admission_number=self.admission_number))  # fmt: skip

    @property
    def admission_number(self) -> int:
        """How many times it was admitted."""
        return len(self.earlier_admissions) + (self.admission is not None)

    @property
    def term_ends_on(self) -> date | None:
        """The last day of its present term, or of its last one; None of a partner that was never admitted."""
        if self.admission is None:
            return None
        following = [each.term_ends_on for each in self._decisions if each.term_ends_on and not each.taken_back]
        return following[-1] if following else self.admission.term_ends_on

    @property
    def term_is_to_end(self) -> bool:
        """Whether it was decided that no other term follows the present one."""
        last = self._decision_in_force
        return last is not None and last.term_ends_on is None

    def today(self, now: datetime) -> date:
        """Give the day that it is where the partner is."""
        return now.astimezone(ZoneInfo(self.zone)).date()

    @property
    def _decisions(self) -> list[RenewalDecision]:
        return [each for each in self.renewal_decisions if each.admission_number == self.admission_number]

    @property
    def _decision_in_force(self) -> RenewalDecision | None:
        """What was decided last, unless it was taken back: what it had overtaken does not hold again."""
        last = next(reversed(self._decisions), None)
        return None if last is None or last.taken_back else last

    def _last_day_of_term(self) -> date:
        if self.term_ends_on is None:
            raise PartnerNotInTheProgramme(self._standing())
        return self.term_ends_on

    def _decide(
        self, reasons: list[str], *, on: date, by: str, starts_on: date | None = None, ends_on: date | None = None
    ) -> None:
        decision = RenewalDecision(admission_number=self.admission_number, decided_by=by, decided_on=on,
                                   reasons=reasons, term_starts_on=starts_on, term_ends_on=ends_on)  # fmt: skip
        self.renewal_decisions.append(decision)

    def _must_allow(self, operation: str, *, otherwise: type[Conflict]) -> None:
        """Raise PartnerNotInTheProgramme, or `otherwise` of one that is, where the table has no such transition."""
        refusal = otherwise if self.state in IN_THE_PROGRAMME else PartnerNotInTheProgramme
        refuse_unless_possible(TRANSITIONS, operation, state=self.state, about=self._standing(), otherwise=refusal)

    def _standing(self) -> str:
        admitted = f", admitted on {self.admission.decided_on}" if self.admission else ""
        return f"partner {self.id} is {self.state}{admitted}"


def refuse_a_term_that_ends_first(starts_on: date, ends_on: date) -> None:
    """Raise TermEndsBeforeItStarts unless the last day comes after the first."""
    if ends_on <= starts_on:
        detail = f"A day after {starts_on} is expected; got '{ends_on}'"
        raise TermEndsBeforeItStarts.at("/term_ends_on", "before_start", detail)
