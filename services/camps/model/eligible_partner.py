"""A partner that may be invited, as far as camps knows it."""

from dataclasses import dataclass

from chassis.domain.aggregate import Aggregate
from chassis.domain.errors import Conflict, NotYetKnown, Superseded
from chassis.domain.replica import newest
from services.camps.model.invitations.seat_ledger import PassedOver


class PartnerNotInvitable(Conflict):
    """A partner is invited while it is in the programme and its partnership does not rest."""


class PartnerHasDeparted(Conflict):
    """A partner that has departed promises nothing."""


@dataclass(kw_only=True)
class EligiblePartner(Aggregate):
    """Camps' own copy of a partner that was admitted; `seen_sequence` is that of the event it is from.

    Whoever departed and is heard of later was admitted anew, for of who has departed nothing else is said. Admissions
    are counted: a further one tells that the one before has ended, whether or not the departure was heard.
    """

    name: str
    admission_number: int = 1
    seen_sequence: int = 0
    departed: bool = False
    paused: bool = False
    pause_sequence: int = 0
    """Of the last event by which it was paused or resumed."""
    standing_reason: str | None = None
    """The reason that was given for its rest, or for its departure."""
    subdivision: str | None = None
    """The part of its country in which it is (ISO 3166-2), as far as it was said to a camps that keeps it."""
    unreachable: bool = False
    """Whether nobody who leads it can be written to."""
    reach_sequence: int = 0
    """Of the last event that said so, or that somebody can be again."""

    def describe(self, *, name: str, subdivision: str | None, sequence: int) -> None:
        """Store what an event says of it; raises Superseded when a later event was stored."""
        self.seen_sequence, self.name = newest(self.seen_sequence, sequence), name
        self.subdivision = subdivision
        if self.departed:
            self.departed, self.standing_reason = False, None

    def enter(self, admission_number: int) -> bool:
        """Keep to which admission its news belong; give whether one that was known has ended by that."""
        is_further = admission_number > self.admission_number
        if is_further:
            self.admission_number, self.paused, self.standing_reason = admission_number, False, None
        return is_further

    def refuse_unless_in(self, admission_number: int) -> None:
        """Raise Superseded when this admission has ended, and NotYetKnown for one that was not heard of."""
        if admission_number > self.admission_number:
            raise NotYetKnown(f"admission {admission_number} of partner {self.id} was not heard of yet")
        if admission_number < self.admission_number or self.departed:
            raise Superseded(f"admission {admission_number} of partner {self.id} has ended")

    def depart(self, *, sequence: int, reason: str | None = None) -> None:
        """Keep that it departed: from now on it is not invited; raises Superseded when a later event is in here."""
        self.seen_sequence, self.departed = newest(self.seen_sequence, sequence), True
        self.paused, self.standing_reason = False, reason

    def rest(self, *, paused: bool, sequence: int, admission_number: int, reason: str | None = None) -> None:
        """Keep whether the partnership rests, and why; raises as refuse_unless_in, and Superseded by a later event."""
        self.refuse_unless_in(admission_number)
        self.pause_sequence = newest(self.pause_sequence, sequence)
        self.paused, self.standing_reason = paused, reason

    def reach(self, *, reachable: bool, sequence: int) -> None:
        """Keep whether somebody who leads it can be written to; raises Superseded when a later event said so."""
        self.reach_sequence, self.unreachable = newest(self.reach_sequence, sequence), not reachable

    @property
    def passed_over_because(self) -> list[PassedOver]:
        """Why it is offered no seats for which it waits."""
        causes = {PassedOver.PARTNER_PAUSED: self.paused, PassedOver.PARTNER_UNREACHABLE: self.unreachable}
        return [because for because, holds in causes.items() if holds]

    def refuse_unless_invitable(self) -> None:
        """Raise PartnerNotInvitable for one that has departed or is paused."""
        if self.departed:
            raise PartnerNotInvitable(f"partner {self.id} has departed: it can be invited once it is admitted again")
        if self.paused:
            raise PartnerNotInvitable(f"partner {self.id} is paused: it can be invited once it is resumed")

    def refuse_if_departed(self) -> None:
        """Raise PartnerHasDeparted for one that has."""
        if self.departed:
            raise PartnerHasDeparted(f"partner {self.id} has departed: it promises anew once it is admitted again")
