"""The term of a partner, as far as notifications knows it: whether it is decided that another one follows."""

from dataclasses import dataclass
from datetime import date

from chassis.domain.aggregate import Aggregate
from chassis.domain.errors import Superseded
from chassis.domain.replica import newest


@dataclass(kw_only=True)
class KnownTerm(Aggregate):
    """What was heard last about the renewal of a partner, whose id it has."""

    asked_sequence: int = 0
    """Of the day of its calendar that was heard last."""
    decided_sequence: int = 0
    """Of the decision that was heard last, or of what took it back."""
    decided_of: date | None = None
    """The last day of the term of which it is decided whether another one follows."""

    def keep_asked(self, *, sequence: int, term_ends_on: date) -> None:
        """Keep that a renewal is due or overdue; raises Superseded when a later day was heard, or it is decided."""
        self.asked_sequence = newest(self.asked_sequence, sequence)
        if self.decided_of == term_ends_on:
            raise Superseded(f"it is decided what follows the term that ends on {term_ends_on}")

    def keep_decision(self, *, sequence: int, term_ends_on: date | None) -> int:
        """Keep of which term it is decided what follows, None where that is open again; raises Superseded.

        Gives which event said the last thing before.
        """
        before, self.decided_sequence = self.decided_sequence, newest(self.decided_sequence, sequence)
        self.decided_of = term_ends_on
        return before
