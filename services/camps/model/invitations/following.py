"""An invitation follows its camp: other days ask anew, another law of zones moves instants, and its partner is told."""

from dataclasses import dataclass, replace
from datetime import datetime

from services.camps.events import invitation as events
from services.camps.events.camp import CampTerms
from services.camps.model.camp import Camp
from services.camps.model.camp_lifecycle import FROZEN
from services.camps.model.derived_instants import DerivedInstants
from services.camps.model.invitations.invitation_delivery import InvitationDelivery
from services.camps.model.invitations.invitation_lifecycle import ANSWERABLE, InvitationState
from services.camps.model.invitations.seat_ledger import SeatLedger
from services.camps.model.invitations.waiting import Waiting


@dataclass(kw_only=True)
class Following(Waiting):
    """An invitation as far as it takes over what is said otherwise of its camp."""

    def follow(self, camp: Camp, *, before: CampTerms, until: datetime | None, ledger: SeatLedger) -> None:
        """Take over what is said otherwise of its camp, and tell the partner what it was told otherwise.

        `until` is the least time there is to answer, if that is the partner's own. Who waits has no day to answer by.
        Who was to come on other days is asked anew, and keeps its seats until it has answered. While the camp is
        postponed, the time to answer does not run.
        """
        moved, self.anchor_revision = self.anchor_revision != camp.anchor_revision, camp.anchor_revision
        if moved:
            self._need_another_yes(ledger)
        postponed, self.answers_rest = camp.postponement, camp.postponement is not None
        self._keep_time_to_answer(camp, until)
        waits = self.state is InvitationState.WAITLISTED
        concerned = replace(before, answer_by=camp.answer_by) if waits else before
        told_otherwise = moved or postponed is not None or concerned != camp.terms
        if self.state is not InvitationState.WITHDRAWN and told_otherwise:
            self._tell_of_the_camp(camp, before, offers_closed=ledger.is_over)

    def follow_the_law(self, camp: Camp, *, before: DerivedInstants | None, after: DerivedInstants, tell: bool) -> bool:
        """Take over when its time to answer is over by another law of zones; give whether anything is otherwise.

        Who has the camp in a diary is told, if its hours moved: a diary has the instants.
        """
        had = self.answer_until, self.offer_until
        self.answer_until = None if self.answers_rest else camp.answers_end_at()
        self.offer_until = before.moved(self.offer_until, to=after) if before else self.offer_until
        if tell and self.state in ANSWERABLE:
            self._tell_of_the_camp(camp, camp.terms, offers_closed=camp.state is FROZEN, zone_law=after.law)
        return bool(self.recorded) or had != (self.answer_until, self.offer_until)

    def _need_another_yes(self, ledger: SeatLedger) -> None:
        """Have a yes to other days, also one that holds again when a no is taken back, count no longer."""
        if self.state is InvitationState.ACCEPTED:
            self.state = InvitationState.RECONFIRM
            ledger.count_no_longer_on(self.id)
        elif self.grace and self.grace.before is InvitationState.ACCEPTED:
            self.grace = replace(self.grace, before=InvitationState.RECONFIRM)
            ledger.count_no_longer_on(self.id)

    def _keep_time_to_answer(self, camp: Camp, until: datetime | None) -> None:
        self.answer_until = None if self.answers_rest else camp.answers_end_at()
        if self.answers_rest:
            self.offer_until = None
        elif until and self.state in ANSWERABLE:
            self.offer_until = max(self.offer_until or until, until)
        if self.offer_until:
            self.offer_until = min(self.offer_until, camp.begins_at())

    def _tell_of_the_camp(
        self, camp: Camp, before: CampTerms, *, offers_closed: bool, zone_law: str | None = None
    ) -> None:
        self.record(
            events.InvitationCampChanged(
                **self._terms(camp), **self._named(), offer_until=self.offer_until, before=before, seats=self.seats,
                state=self.state, told_sequence=self.told_sequence, opens_at=camp.opens_at, closes_at=camp.closes_at,
                postponed_because=camp.postponement.reason if camp.postponement else None, zone_law=zone_law,
                offers_closed=offers_closed,
            )
        )  # fmt: skip
        if self.state is InvitationState.RECONFIRM:
            self.delivery = InvitationDelivery(asking=self.sequence + len(self.recorded))
