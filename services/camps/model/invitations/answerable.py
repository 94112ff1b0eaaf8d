"""What an invitation is, and what its partner answers to it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from chassis.domain.aggregate import INTERNAL, Aggregate, Event
from chassis.domain.errors import Conflict
from chassis.domain.transitions import refuse_unless_possible
from services.camps.events import invitation as events
from services.camps.events.invitation import Reason
from services.camps.model.invitations.answer import Answer, PossibleAnswer
from services.camps.model.invitations.by_name import said_of_guest
from services.camps.model.invitations.invitation_delivery import InvitationDelivery
from services.camps.model.invitations.invitation_lifecycle import (
    ON_THE_WAITLIST,
    POSSIBLE,
    TRANSITIONS,
    UNDECIDED,
    InvitationState,
)
from services.camps.model.invitations.invitee import Invitee, InviteeKind
from services.camps.model.invitations.seat_ledger import PassedOver, SeatLedger


class NothingToAnswer(Conflict):
    """An invitation is answered while seats are kept for it."""


class AnswersRest(Conflict):
    """While a camp is postponed there are no days to say yes or no to."""


class AnswersAreOver(Conflict):
    """When the time to answer is over, only the institute enters an answer."""


class MoreSeatsThanOffered(Conflict):
    """An invitation is accepted for no more seats than are kept for it."""


class NothingToUndo(Conflict):
    """A declined answer can be undone until its grace period is over."""


class WithdrawalKind(StrEnum):
    """What an invitation was withdrawn for."""

    BY_STAFF = "by_staff"
    NO_REASON_LEFT = "no_reason_left"
    PARTNER_DEPARTED = "partner_departed"
    CAMP_CANCELLED = "camp_cancelled"
    PERSON_LEFT = "person_left"


@dataclass(frozen=True, kw_only=True)
class Grace:
    """Until when a no can be taken back, or a correction be corrected, and what holds again then."""

    until: datetime
    before: InvitationState


@dataclass(frozen=True, kw_only=True)
class Withdrawal:
    """Why and when an invitation was withdrawn."""

    kind: WithdrawalKind
    reason: str
    at: datetime


@dataclass(kw_only=True)
class Answerable(Aggregate):
    """What can be answered: an invitation, without how it is issued and withdrawn."""

    camp_id: str
    kind: InviteeKind = InviteeKind.PARTNER
    partner_id: str | None = None
    """The partner that is invited; None where somebody is by name."""
    guest: Invitee | None = field(default=None, metadata=INTERNAL)
    """Who is invited by name; shown apart, for it is about a person."""
    seats: int
    reasons: list[Reason]
    admission_number: int = field(default=1, metadata=INTERNAL)
    """The admission of its partner in which it was asked last."""
    state: InvitationState = InvitationState.ISSUED
    delivery: InvitationDelivery = field(default_factory=InvitationDelivery)
    answer: Answer | None = None
    answers: int = 0
    """How often it was answered."""
    grace: Grace | None = None
    answer_until: datetime | None = None
    offer_until: datetime | None = None
    withdrawal: Withdrawal | None = None
    """Why it is withdrawn, while it is."""
    answers_rest: bool = False
    """Whether its camp is postponed, so that only a no that was given before can be taken back."""
    anchor_revision: int = field(default=0, metadata=INTERNAL)
    """The revision of its camp's days that it was asked for, or answered."""
    waited_for: int | None = None
    """How many seats it waited for, while it is offered fewer and has not said that it comes."""
    passed_over: list[PassedOver] = field(default_factory=list)
    """Why it keeps its place on the waitlist and is offered nothing just now."""
    turn: int | None = field(default=None, metadata=INTERNAL)
    """Its turn among those who ask for seats of the camp; kept when it is withdrawn by a correction."""
    told_sequence: int = field(default=0, metadata=INTERNAL)
    """The number of its event by which the partner was asked last, or told that it waits."""

    def record(self, event: Event) -> None:
        """Record what happened; of an invitation by name, as an event that names whom it is for."""
        super().record(said_of_guest(event, self._guest_named(self.guest)) if self.guest else event)

    def possible_answers(self, *, at: datetime) -> tuple[PossibleAnswer, ...]:
        """Give what the partner itself can answer now."""
        if self.grace is not None:
            return (PossibleAnswer.UNDONE,) if self._may_undo(at) else ()
        if self.is_late(at) or self.answers_rest:
            return ()
        sensible = {PossibleAnswer.FEWER_SEATS: self.seats > 1, PossibleAnswer.WAITING: self.may_wait_on}
        return tuple(each for each in POSSIBLE.get(self.state, ()) if sensible.get(each, True))

    @property
    def due_at(self) -> datetime | None:
        """Before when it is to be answered; an offer has a time of its own, and a place on the waitlist has none."""
        return None if self.state in ON_THE_WAITLIST else self.offer_until or self.answer_until

    @property
    def may_wait_on(self) -> bool:
        """Whether it is offered fewer seats than it waited for, and may wait for all of these instead."""
        return self.waited_for is not None and self.state in UNDECIDED

    @property
    def undo_until(self) -> datetime | None:
        """Before when a no can be taken back, if there is one to be taken back."""
        return self.grace.until if self.grace and self.state is InvitationState.DECLINED else None

    def refuse_late_answers(self, *, at: datetime) -> None:
        """Raise AnswersAreOver when it was to be answered before; a no in its grace has a time of its own."""
        if self.grace is None and self.is_late(at):
            raise AnswersAreOver(f"{self.id} was to be answered before {self.due_at}: ask the institute")

    def accept(self, *, seats: int | None, ledger: SeatLedger, answer: Answer) -> None:
        """Accept, with this many people or with as many as there are seats; the other seats are free at once.

        Raises NothingToAnswer and MoreSeatsThanOffered.
        """
        self._refuse_unless_answerable("accept_invitation", at=answer.at)
        wanted = self.seats if seats is None else seats
        if wanted > self.seats:
            raise MoreSeatsThanOffered(f"1 to {self.seats} seats are expected; got {wanted}")
        if (self.state, self.seats) != (InvitationState.ACCEPTED, wanted):
            given_up = ledger.confirm(self.id, seats=wanted)
            self._answered(InvitationState.ACCEPTED, answer)
            self.seats, self.offer_until, self.waited_for = wanted, None, None
            self.record(events.InvitationAccepted(**self._named(), seats=wanted, via=answer.via))
            self._free(given_up)

    def answer_tentatively(self, *, ledger: SeatLedger, answer: Answer) -> None:
        """Answer that the partner may attend; raises NothingToAnswer."""
        if self.state is not InvitationState.TENTATIVE:
            self._refuse_unless_answerable("answer_tentatively", at=answer.at)
            ledger.hold(self.id)
            self._answered(InvitationState.TENTATIVE, answer)
            self.record(events.InvitationTentative(**self._named(), via=answer.via))

    def decline(self, *, ledger: SeatLedger, grace: timedelta, answer: Answer) -> None:
        """Decline; the seats are kept for a grace period. Raises NothingToAnswer."""
        if self.state is not InvitationState.DECLINED:
            self._refuse_unless_answerable("decline_invitation", at=answer.at)
            ledger.start_grace(self.id)
            kept = Grace(until=answer.at + grace, before=self.state)
            self._answered(InvitationState.DECLINED, answer, grace=kept)
            self.record(
                events.InvitationDeclined(**self._named(), reason=answer.reason, via=answer.via, undo_until=kept.until)
            )

    def undo_answer(self, *, ledger: SeatLedger, answer: Answer) -> None:
        """Let the answer before a declined one hold again; raises NothingToUndo."""
        about = f"invitation {self.id} is {self.state}, and no grace period is under way"
        refuse_unless_possible(TRANSITIONS, "undo_answer", state=self.state, about=about, otherwise=NothingToUndo)
        if self.grace is None or not self._may_undo(answer.at):
            raise NothingToUndo(about)
        ledger.end_grace(self.id)
        self._answered(self.grace.before, answer)
        self.record(events.InvitationAnswerUndone(**self._named(), state=self.state, via=answer.via))

    def is_late(self, at: datetime) -> bool:
        """Whether the time to answer is over."""
        return self.due_at is not None and at >= self.due_at

    def _refuse_unless_answerable(self, operation: str, *, at: datetime) -> None:
        about = f"invitation {self.id} is {self.state}, and no seats are kept for it"
        refuse_unless_possible(TRANSITIONS, operation, state=self.state, about=about, otherwise=NothingToAnswer)
        if self.answers_rest:
            raise AnswersRest(f"the camp of invitation {self.id} is postponed: it is asked anew for the new days")
        if self.state is InvitationState.DECLINED and not self._may_undo(at):
            raise NothingToAnswer(f"{about}: a no can be taken back for a while")

    def _answered(self, state: InvitationState, answer: Answer, *, grace: Grace | None = None) -> None:
        self.state, self.answer, self.grace = state, answer, grace
        self.answers += 1

    def _may_undo(self, at: datetime) -> bool:
        return self.state is InvitationState.DECLINED and self.grace is not None and at < self.grace.until

    def _tell(self, event: Event) -> None:
        """Record what asks the partner, or tells it that it waits."""
        self.record(event)
        self.told_sequence = self.sequence + len(self.recorded)

    def _free(self, seats: int) -> None:
        if seats:
            self.record(events.SeatsFreed(camp_id=self.camp_id, invitation_id=self.id, seats=seats))

    def _named(self) -> dict[str, Any]:
        about = {"invitation_id": self.id, "camp_id": self.camp_id, "partner_id": self.partner_id}
        return {**about, "admission_number": self.admission_number}

    def _guest_named(self, guest: Invitee) -> dict[str, Any]:
        who = {name: getattr(guest, name) for name in ("person_id", "name", "email", "language", "zone")}
        return {"invitation_id": self.id, "camp_id": self.camp_id, "kind": self.kind, **who}
