"""What an invitation does while it waits for seats: it joins the waitlist, is passed over and called again."""

from dataclasses import dataclass
from typing import Any

from services.camps import events
from services.camps.model.answerable import Answerable
from services.camps.model.camp import Camp
from services.camps.model.invitation_lifecycle import InvitationState
from services.camps.model.seat_ledger import PassedOver, SeatLedger


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

    def _wait(self, *, camp: Camp, ledger: SeatLedger) -> None:
        """Say that it waits, where the ledger has put it."""
        self.state, self.offer_until = InvitationState.WAITLISTED, None
        about = self._offered(camp)
        for name in ("season", "year", "answer_by"):
            del about[name]
        self._tell(events.WaitlistJoined(**about, position=ledger.position(self.id)))

    def _offered(self, camp: Camp) -> dict[str, Any]:
        about = {"season": camp.season, "year": camp.year, "seats": self.seats, "reasons": list(self.reasons)}
        return {**self._named(), **self._terms(camp), **about}

    def _terms(self, camp: Camp) -> dict[str, Any]:
        about = {name: getattr(camp, name) for name in ("place", "zone", "starts_on", "ends_on")}
        return {**about, "camp_title": camp.title, "answer_by": camp.deadline()}
