"""What an invitation does while it waits for seats: it joins, leaves, is passed over and called again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chassis.domain.errors import Conflict, Invalid
from chassis.domain.transitions import refuse_unless_possible
from services.camps.events import invitation as events
from services.camps.model.camp import Camp
from services.camps.model.invitations.answer import Answer
from services.camps.model.invitations.answerable import Answerable
from services.camps.model.invitations.invitation_lifecycle import TRANSITIONS, UNDECIDED, InvitationState
from services.camps.model.invitations.seat_ledger import PassedOver, SeatLedger


class NotOnTheWaitlist(Conflict):
    """Only who waits leaves the waitlist, or takes fewer seats than it waits for."""


class NotFewerSeats(Conflict):
    """Who takes fewer seats takes one at least, and fewer than it waits for."""


class NothingToWaitFor(Conflict):
    """Only who is offered fewer seats than it waited for waits on instead."""


class ReasonExpected(Invalid):
    """The institute says why it takes a partner off a waitlist."""


@dataclass(kw_only=True)
class Waiting(Answerable):
    """What can wait: an invitation, without how it is issued and withdrawn."""

    def pass_over(self, because: PassedOver, *, ledger: SeatLedger) -> None:
        """Keep the place it has on the waitlist, and be offered nothing."""
        self.passed_over = sorted({*self.passed_over, because})
        ledger.pass_over(self.id, because=self.passed_over)

    def call_again(self, because: PassedOver, *, ledger: SeatLedger) -> None:
        """Be offered seats again, as far as this kept it from that."""
        self.passed_over = [each for each in self.passed_over if each is not because]
        ledger.pass_over(self.id, because=self.passed_over)

    def leave_waitlist(self, *, ledger: SeatLedger, answer: Answer, by_staff: bool = False) -> None:
        """Wait no longer; raises NotOnTheWaitlist, and ReasonExpected if the institute does not say why."""
        self._refuse_unless_waiting("leave_waitlist")
        if by_staff and not answer.reason:
            detail = "A reason is expected, which the partner is told; got none"
            raise ReasonExpected.at("/reason", "required", detail)
        ledger.release(self.id)
        self._answered(InvitationState.LEFT_WAITLIST, answer)
        self.passed_over = []
        kind = "by_staff" if by_staff else "by_partner"
        self.record(events.WaitlistLeft(**self._named(), reason=answer.reason, kind=kind, via=answer.via))

    def take_fewer(self, *, ledger: SeatLedger, answer: Answer, seats: int | None) -> None:
        """Wait for fewer seats, in the place it has; raises NotOnTheWaitlist and NotFewerSeats."""
        self._refuse_unless_waiting("take_fewer_seats")
        if seats is None or seats >= self.seats:
            raise NotFewerSeats(f"1 to {self.seats - 1} seats are expected; got {seats}")
        before, self.seats = self.seats, seats
        ledger.reduce(self.id, seats=seats)
        self._answered(InvitationState.WAITLISTED, answer)
        about: dict[str, Any] = {"seats": seats, "before": before, "told_sequence": self.told_sequence}
        self.record(events.WaitlistReduced(**self._named(), **about, via=answer.via))

    def wait_on(self, *, camp: Camp, ledger: SeatLedger, answer: Answer) -> None:
        """Wait for all the seats it waited for, in the turn it had, instead of taking the fewer that are offered.

        Raises NothingToWaitFor.
        """
        about = f"{self.id} is {self.state}, and is not offered fewer seats than it waited for"
        refuse_unless_possible(TRANSITIONS, "wait_on", state=self.state, about=about, otherwise=NothingToWaitFor)
        if self.waited_for is None:
            raise NothingToWaitFor(about)
        self.seats, self.waited_for, self.turn = self.waited_for, None, self.turn or ledger.next_turn()
        given_up = ledger.give_back(self.id, turn=self.turn, seats=self.seats)
        self._answered(InvitationState.WAITLISTED, answer)
        self._wait(camp=camp, ledger=ledger)
        self._free(given_up)

    def close(self, *, camp: Camp, ledger: SeatLedger, at: datetime) -> None:
        """Be offered nothing any more, as who comes is settled; what it was offered and has not taken ends by that.

        It waits in its turn, so that it is asked first if that is taken back.
        """
        was_offered = self.offer_until is not None and self.state in UNDECIDED and not self.is_late(at)
        given_up = self._give_back(ledger) if was_offered else 0
        if self.state is InvitationState.WAITLISTED:
            about = self._waits_for(camp, ledger)
            self._tell(events.WaitlistClosed(**about, was_offered=was_offered))
        self._free(given_up)

    def wait_again(self, *, camp: Camp, ledger: SeatLedger) -> None:
        """Wait in earnest, as seats are offered again."""
        if self.state is InvitationState.WAITLISTED:
            self._wait(camp=camp, ledger=ledger)

    def _give_back(self, ledger: SeatLedger) -> int:
        """Wait in its turn for all the seats it waited for or was asked for, and give how many are free by that."""
        self.turn = self.turn or ledger.next_turn()
        self.seats, self.waited_for = self.waited_for or self.seats, None
        self.state, self.offer_until = InvitationState.WAITLISTED, None
        return ledger.give_back(self.id, turn=self.turn, seats=self.seats)

    def _refuse_unless_waiting(self, operation: str) -> None:
        about = f"{self.id} is {self.state}, and does not wait"
        refuse_unless_possible(TRANSITIONS, operation, state=self.state, about=about, otherwise=NotOnTheWaitlist)

    def _wait(self, *, camp: Camp, ledger: SeatLedger) -> None:
        """Say that it waits, where the ledger has put it."""
        self.state, self.offer_until = InvitationState.WAITLISTED, None
        self._tell(events.WaitlistJoined(**self._waits_for(camp, ledger)))

    def _waits_for(self, camp: Camp, ledger: SeatLedger) -> dict[str, Any]:
        about = self._offered(camp)
        for name in ("season", "year", "answer_by"):
            del about[name]
        return {**about, "position": ledger.position(self.id)}

    def _offered(self, camp: Camp) -> dict[str, Any]:
        about = {"season": camp.season, "year": camp.year, "seats": self.seats, "reasons": list(self.reasons)}
        return {**self._named(), **self._terms(camp), **about}

    def _terms(self, camp: Camp) -> dict[str, Any]:
        about = {name: getattr(camp, name) for name in ("place", "zone", "starts_on", "ends_on", "mode", "venue")}
        instants = {"begins_at": camp.begins_at(), "ends_at": camp.ends_at()}
        return {**about, **instants, "camp_title": camp.title, "answer_by": camp.deadline()}
