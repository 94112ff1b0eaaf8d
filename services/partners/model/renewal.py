"""Whether another term follows a term: a decision with reasons, before the term ends."""

from dataclasses import dataclass, replace
from datetime import date

from chassis.domain.errors import Conflict


class RenewalNotDueYet(Conflict):
    """Whether another term follows is decided once that is due, so many days before the present term ends."""


class TermIsToEndAlready(Conflict):
    """That no other term follows is decided once; a renewal takes it back, or somebody by hand with a reason."""


class NoRenewalDecided(Conflict):
    """Only what was decided of the present term, and holds, is taken back."""


class FollowingTermHasBegun(Conflict):
    """A renewal is taken back before the term that follows has begun; afterwards the partner departs."""


@dataclass(frozen=True, kw_only=True)
class TakenBack:
    """That a decision holds no more: who said so, when and why."""

    by: str
    on: date
    reason: str


@dataclass(kw_only=True)
class RenewalDecision:
    """What was decided of the next term, by whom, when and why.

    `term_starts_on` and `term_ends_on` are its days, or null where no other term follows. `taken_back` says that the
    decision holds no more.
    """

    admission_number: int
    decided_by: str
    decided_on: date
    reasons: list[str]
    term_starts_on: date | None = None
    term_ends_on: date | None = None
    taken_back: TakenBack | None = None

    def on_a_day(self, day: date) -> "RenewalDecision":
        """Give it as it stood at the end of a day after it was decided."""
        return replace(self, taken_back=self.taken_back if self.taken_back and self.taken_back.on <= day else None)
