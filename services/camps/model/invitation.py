"""An invitation: whom to which camp, for which reasons, and how the letters about it fare."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from chassis.domain.aggregate import Aggregate
from chassis.domain.errors import Conflict
from services.camps import events
from services.camps.events import Reason
from services.camps.model.answer import Answer, PossibleAnswer
from services.camps.model.camp import Camp
from services.camps.model.invitation_delivery import DeliveryState, InvitationDelivery
from services.camps.model.seat_ledger import SeatLedger


class InvitationState(StrEnum):
    """Where an invitation stands with the partner; how its letters fare is another matter."""

    DRAFT = "draft"
    ISSUED = "issued"
    WAITLISTED = "waitlisted"
    TENTATIVE = "tentative"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class NothingToAnswer(Conflict):
    """An invitation is answered while seats are kept for it."""


class AnswersAreOver(Conflict):
    """When the time to answer is over, only the institute enters an answer."""


class MoreSeatsThanOffered(Conflict):
    """An invitation is accepted for no more seats than are kept for it."""


class NothingToWithdraw(Conflict):
    """Only an invitation that holds seats or waits for some can be withdrawn."""


class NothingToUndo(Conflict):
    """A declined answer can be undone until its grace period is over."""


UNANSWERED = (InvitationState.ISSUED, InvitationState.TENTATIVE)
ANSWERABLE = (*UNANSWERED, InvitationState.ACCEPTED)
_YES, _PERHAPS, _NO = PossibleAnswer.ACCEPTED, PossibleAnswer.TENTATIVE, PossibleAnswer.DECLINED
POSSIBLE = {
    InvitationState.ISSUED: (_YES, _PERHAPS, _NO),
    InvitationState.TENTATIVE: (_YES, _NO),
    InvitationState.ACCEPTED: (_YES, _PERHAPS, _NO),
}
"""What a partner can answer in time, by where its invitation stands; a yes again is for fewer seats."""


@dataclass(frozen=True, kw_only=True)
class Grace:
    """Until when a no can be taken back, and what holds again then."""

    until: datetime
    before: InvitationState


@dataclass(kw_only=True)
class Invitation(Aggregate):
    """One partner's invitation to one camp: there is never a second, only more reasons for it.

    `seats` are those it is for; once it is accepted, those of who comes. It is to be answered before
    `answer_until`, the end of the last day where the camp takes place, or before `offer_until` when
    it offers seats that had become free.
    """

    camp_id: str
    partner_id: str
    seats: int
    reasons: list[Reason]
    state: InvitationState = InvitationState.DRAFT
    delivery: InvitationDelivery = field(default_factory=InvitationDelivery)
    answer: Answer | None = None
    answers: int = 0
    """How often it was answered."""
    grace: Grace | None = None
    answer_until: datetime | None = None
    offer_until: datetime | None = None

    @classmethod
    def draft(cls, *, id: str, camp: Camp, partner_id: str, reasons: list[Reason]) -> "Invitation":
        """Find reasons to invite a partner to a camp: nobody is told, and no seat is held."""
        return cls(id=id, camp_id=camp.id, partner_id=partner_id, seats=camp.seats_per_invitation, reasons=reasons)

    def add(self, reasons: Iterable[Reason]) -> list[Reason]:
        """Add the reasons it does not have yet, and give those."""
        known = {(reason.kind, reason.id) for reason in self.reasons}
        added = [reason for reason in reasons if (reason.kind, reason.id) not in known]
        self.reasons.extend(added)
        return added

    def lose(self, reason_id: str) -> None:
        """Do without a reason that holds no longer."""
        self.reasons = [reason for reason in self.reasons if reason.id != reason_id]

    @property
    def is_pointless(self) -> bool:
        """Whether no reason is left while nobody has answered."""
        return not self.reasons and self.state in (InvitationState.ISSUED, InvitationState.WAITLISTED)

    @property
    def needs_only_a_reason(self) -> bool:
        """Whether it has none, and is a draft or was withdrawn for that: with one it can be issued, also again."""
        return not self.reasons and self.state in (InvitationState.DRAFT, InvitationState.WITHDRAWN)

    @property
    def is_open(self) -> bool:
        """Whether it holds seats or waits for some."""
        return self.state in (*ANSWERABLE, InvitationState.WAITLISTED) or self.grace is not None

    @property
    def calls_for_sessions(self) -> bool:
        """Whether one reason more is a result to share at the camp.

        So it is once the partner has been asked to come or has said yes. While it waits, it is one
        reason more to ask; after a no it is only recorded, for staff to see.
        """
        return self.state in ANSWERABLE

    def issue(self, *, camp: Camp, ledger: SeatLedger, link: str) -> None:
        """Ask the partner to come if the ledger holds all of its seats; if not, let it wait.

        `link` is where it can be answered. Raises InvitationsNotOpen.
        """
        about, self.answer_until = self._offered(camp), camp.answers_end_at()
        if ledger.allot(self.id, seats=self.seats):
            self.state = InvitationState.ISSUED
            self._enclose(link)
            self.record(events.InvitationIssued(**about))
        else:
            self.state = InvitationState.WAITLISTED
            position = ledger.position(self.id)
            self.record(events.WaitlistJoined(**self._named(), seats=self.seats, position=position))

    def offer(self, *, camp: Camp, until: datetime, link: str) -> None:
        """Ask a partner that waited to come, now that the ledger holds its seats."""
        self.state, self.offer_until = InvitationState.ISSUED, until
        self._enclose(link)
        self.record(events.WaitlistPromoted(**self._offered(camp), offer_until=until))

    def possible_answers(self, *, at: datetime) -> tuple[PossibleAnswer, ...]:
        """Give what the partner itself can answer now."""
        if self.grace is not None:
            return (PossibleAnswer.UNDONE,) if at < self.grace.until else ()
        return POSSIBLE.get(self.state, ()) if not self._is_late(at) else ()

    @property
    def due_at(self) -> datetime | None:
        """Before when it is to be answered; an offer has a time of its own."""
        return self.offer_until or self.answer_until

    def refuse_late_answers(self, *, at: datetime) -> None:
        """Raise AnswersAreOver when it was to be answered before; a no in its grace has a time of its own."""
        if self.grace is None and self._is_late(at):
            raise AnswersAreOver(f"{self.id} was to be answered before {self.due_at}: ask the institute")

    def accept(self, *, seats: int | None, ledger: SeatLedger, answer: Answer) -> None:
        """Accept, with this many people or with as many as there are seats; the other seats are free at once.

        Raises NothingToAnswer and MoreSeatsThanOffered.
        """
        self._refuse_unless_answerable(answer.at)
        wanted = self.seats if seats is None else seats
        if wanted > self.seats:
            raise MoreSeatsThanOffered(f"1 to {self.seats} seats are expected; got {wanted}")
        if (self.state, self.seats) != (InvitationState.ACCEPTED, wanted):
            given_up = ledger.confirm(self.id, seats=wanted)
            self._answered(InvitationState.ACCEPTED, answer)
            self.seats, self.offer_until = wanted, None
            self.record(events.InvitationAccepted(**self._named(), seats=wanted, via=answer.via))
            self._free(given_up)

    def answer_tentatively(self, *, ledger: SeatLedger, answer: Answer) -> None:
        """Answer that the partner may attend; raises NothingToAnswer."""
        self._refuse_unless_answerable(answer.at)
        if self.state is not InvitationState.TENTATIVE:
            ledger.hold(self.id)
            self._answered(InvitationState.TENTATIVE, answer)
            self.record(events.InvitationTentative(**self._named(), via=answer.via))

    def decline(self, *, ledger: SeatLedger, grace: timedelta, answer: Answer) -> None:
        """Decline; the seats are kept for a grace period. Raises NothingToAnswer."""
        if self.state is not InvitationState.DECLINED:
            self._refuse_unless_answerable(answer.at)
            ledger.start_grace(self.id)
            kept = Grace(until=answer.at + grace, before=self.state)
            self._answered(InvitationState.DECLINED, answer, grace=kept)
            self.record(events.InvitationDeclined(**self._named(), reason=answer.reason, via=answer.via))

    def undo_answer(self, *, ledger: SeatLedger, answer: Answer) -> None:
        """Let the answer before a declined one hold again; raises NothingToUndo."""
        if self.grace is None or answer.at >= self.grace.until:
            raise NothingToUndo(f"{self.id} is {self.state}, and no grace period is under way")
        ledger.end_grace(self.id)
        self._answered(self.grace.before, answer)
        self.record(events.InvitationAnswerUndone(**self._named(), state=self.state, via=answer.via))

    def withdraw(self, *, reason: str, ledger: SeatLedger) -> None:
        """Take it back, for a reason that the partner is told; raises NothingToWithdraw."""
        if not self.is_open:
            raise NothingToWithdraw(f"{self.id} is {self.state}, and there is nothing to withdraw")
        self.state, self.grace, self.offer_until = InvitationState.WITHDRAWN, None, None
        self.record(events.InvitationWithdrawn(**self._named(), reason=reason))
        self._free(ledger.release(self.id))

    def expire_if_due(self, *, ledger: SeatLedger, at: datetime) -> None:
        """Give the seats up when the grace of a no, or the time to answer, is over.

        Nobody is late with an answer to what may not have arrived: as long as no letter is known to
        be sent, staff decides.
        """
        if self.grace is not None and at >= self.grace.until:
            self.grace = None
            self._free(ledger.release(self.id))
        elif self.state in UNANSWERED and self._is_late(at) and self.delivery.state is DeliveryState.SENT:
            self.state, self.offer_until = InvitationState.EXPIRED, None
            self.record(events.InvitationExpired(**self._named()))
            self._free(ledger.release(self.id))

    def _is_late(self, at: datetime) -> bool:
        return self.due_at is not None and at >= self.due_at

    def _refuse_unless_answerable(self, at: datetime) -> None:
        if self.state not in ANSWERABLE and (self.grace is None or at >= self.grace.until):
            raise NothingToAnswer(f"{self.id} is {self.state}, and no seats are kept for it")

    def _answered(self, state: InvitationState, answer: Answer, *, grace: Grace | None = None) -> None:
        self.state, self.answer, self.grace = state, answer, grace
        self.answers += 1

    def _enclose(self, link: str) -> None:
        self.record(events.InvitationLinkMade(invitation_id=self.id, partner_id=self.partner_id, link=link))

    def _free(self, seats: int) -> None:
        if seats:
            self.record(events.SeatsFreed(camp_id=self.camp_id, invitation_id=self.id, seats=seats))

    def _named(self) -> dict[str, str]:
        return {"invitation_id": self.id, "camp_id": self.camp_id, "partner_id": self.partner_id}

    def _offered(self, camp: Camp) -> dict[str, Any]:
        about = {name: getattr(camp, name) for name in ("season", "year", "place", "zone", "starts_on", "ends_on")}
        about |= {"camp_title": camp.title, "answer_by": camp.deadline()}
        return {**self._named(), **about, "seats": self.seats, "reasons": list(self.reasons)}
