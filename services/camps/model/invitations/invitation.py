"""An invitation: whom to which camp, for which reasons, and how the letters about it fare."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from chassis.domain.erasure import ERASED, NO_LANGUAGE, NO_ZONE, erased_address
from chassis.domain.errors import Conflict
from chassis.domain.transitions import refuse_unless_possible
from services.camps.events import invitation as events
from services.camps.events.invitation import Reason
from services.camps.model.camp import Camp
from services.camps.model.invitations.answer import Answer
from services.camps.model.invitations.answerable import Grace, Withdrawal, WithdrawalKind
from services.camps.model.invitations.following import Following
from services.camps.model.invitations.invitation_delivery import NOT_TOLD, DeliveryState, InvitationDelivery
from services.camps.model.invitations.invitation_lifecycle import (
    ANSWERABLE,
    CLOSED,
    TRANSITIONS,
    UNANSWERED,
    InvitationState,
)
from services.camps.model.invitations.invitee import Invitee, InviteeKind
from services.camps.model.invitations.seat_ledger import SeatLedger
from services.camps.model.invitations.waiting import NotOnTheWaitlist


class NothingToWithdraw(Conflict):
    """Only an invitation that holds seats or waits for some can be withdrawn."""


class AlreadyInvited(Conflict):
    """A partner has one invitation to a camp; one that was answered no, expired or withdrawn can be issued again."""


@dataclass(kw_only=True)
class Invitation(Following):
    """One partner's invitation to one camp: there is never a second, only more reasons for it.

    `seats` are those it is for; once it is accepted, those of who comes. It is to be answered before
    `answer_until`, the end of the last day where the camp takes place, or before `offer_until` when
    it offers seats that had become free.
    """

    lifecycle = TRANSITIONS

    @classmethod
    def to_camp(
        cls, *, id: str, camp: Camp, partner_id: str, reasons: list[Reason], seats: int | None = None
    ) -> "Invitation":
        """Give one that is to be issued: for as many seats as the camp gives to each partner unless said otherwise.

        Nobody is told, and no seat is held.
        """
        seats = camp.seats_per_invitation if seats is None else seats
        return cls(id=id, camp_id=camp.id, partner_id=partner_id, seats=seats, reasons=reasons,
                   anchor_revision=camp.anchor_revision)  # fmt: skip

    @classmethod
    def by_name(cls, *, id: str, camp: Camp, kind: InviteeKind, guest: Invitee, reasons: list[Reason]) -> "Invitation":
        """Give one of somebody by name that is to be issued, for the one seat that they need themselves."""
        return cls(id=id, camp_id=camp.id, kind=kind, guest=guest, seats=1, reasons=reasons)

    def describe(self, guest: Invitee) -> bool:
        """Take over what is known of who is invited by name now; gives whether anything differs."""
        differs, self.guest = self.guest != guest, guest
        return differs

    def forget_guest(self) -> None:
        """Remove who is invited by name."""
        if self.guest is not None:
            address = erased_address(self.guest.person_id or self.id)
            self.guest = Invitee(person_id=self.guest.person_id, name=ERASED, email=address, language=NO_LANGUAGE,
                                 zone=NO_ZONE)  # fmt: skip

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
        """Whether it was never issued, or was withdrawn for having none: with one it can be issued, also again."""
        lost = self.withdrawal is not None and self.withdrawal.kind is WithdrawalKind.NO_REASON_LEFT
        return self.version == 0 or lost

    @property
    def is_open(self) -> bool:
        """Whether it holds seats or waits for some."""
        return self.state in (*ANSWERABLE, InvitationState.WAITLISTED) or self.grace is not None

    @property
    def takes_reasons(self) -> bool:
        """Whether one reason more is of use: nothing is asked by what was answered no, has expired or is withdrawn."""
        return self.state not in CLOSED

    @property
    def calls_for_sessions(self) -> bool:
        """Whether one reason more is a result to share at the camp.

        So it is once the partner has been asked to come or has said yes. While it waits, it is one
        reason more to ask; after a no it is only recorded, for staff to see.
        """
        return self.state in ANSWERABLE

    def issue(self, *, camp: Camp, ledger: SeatLedger, offer_until: datetime | None = None) -> None:
        """Ask the partner to come if the ledger holds all of its seats; if not, let it wait.

        It can be answered before `offer_until`, if the camp's own time to answer is over. What was withdrawn for want
        of a reason has the turn it had. Raises InvitationsNotOpen.
        """
        about, self.answer_until = self._offered(camp), camp.answers_end_at()
        self.anchor_revision = camp.anchor_revision
        self.turn = self.turn or ledger.next_turn()
        self.answer = self.grace = self.withdrawal = self.offer_until = self.waited_for = None
        if ledger.allot(self.id, seats=self.seats, turn=self.turn):
            self.state, self.offer_until = InvitationState.ISSUED, offer_until
            self._ask(events.InvitationIssued(**about, offer_until=offer_until))
        else:
            self._wait(camp=camp, ledger=ledger)

    def refuse_unless_closed(self) -> None:
        """Raise AlreadyInvited while it is asked, answered yes or waits."""
        about = str(self.already_invited())
        refuse_unless_possible(TRANSITIONS, "reissue_invitation", state=self.state, about=about,
                               otherwise=AlreadyInvited)  # fmt: skip

    def already_invited(self) -> AlreadyInvited:
        """Give the error of who would invite the partner a second time."""
        whose = f"partner {self.partner_id} has" if self.partner_id else "they have"
        known = f"{whose} invitation {self.id} to this camp, and it is {self.state}"
        return AlreadyInvited(f"{known}: issue that again" if self.state in CLOSED else known)

    def issue_again(
        self,
        *,
        camp: Camp,
        ledger: SeatLedger,
        offer_until: datetime | None = None,
        seats: int | None = None,
    ) -> None:
        """Issue it again, on purpose: with a turn behind all others, and for other seats if that is said.

        Raises AlreadyInvited and InvitationsNotOpen.
        """
        self.refuse_unless_closed()
        had = ledger.release(self.id)
        self.turn, self.seats = None, self.seats if seats is None else seats
        self.issue(camp=camp, ledger=ledger, offer_until=offer_until)
        self._free(max(had - ledger.seats_of(self.id), 0))

    def rejoin(self, *, camp: Camp, ledger: SeatLedger, answer: Answer, offer_until: datetime | None = None) -> None:
        """Wait again, behind all others, or be asked at once if seats are free and nobody waits.

        Raises NotOnTheWaitlist unless it has left the waitlist and there is still a reason to invite, and
        InvitationsNotOpen.
        """
        about = f"{self.id} is {self.state}, and has not left the waitlist"
        refuse_unless_possible(TRANSITIONS, "rejoin_waitlist", state=self.state, about=about,
                               otherwise=NotOnTheWaitlist)  # fmt: skip
        if not self.reasons:
            raise NotOnTheWaitlist(f"{self.id} has no reason left: ask the institute")
        self.answers += 1
        self.issue_again(camp=camp, ledger=ledger, offer_until=offer_until)
        self.answer = answer

    def offer_fewer(self, *, seats: int, camp: Camp, ledger: SeatLedger, until: datetime) -> None:
        """Ask a partner that is next to come with fewer than it waits for.

        Raises NotOnTheWaitlist, NotNextInLine and NotThatManyFree.
        """
        self._refuse_unless_waiting("offer_fewer_seats")
        ledger.offer_fewer(self.id, seats=seats)
        self.waited_for, self.seats = self.seats, seats
        self.offer(camp=camp, until=until)

    def offer(self, *, camp: Camp, until: datetime) -> None:
        """Ask a partner that waited to come, now that the ledger holds its seats."""
        self.state, self.offer_until = InvitationState.ISSUED, until
        self._ask(events.WaitlistPromoted(**self._offered(camp), offer_until=until, waited_for=self.waited_for))

    def withdraw(self, withdrawal: Withdrawal, *, ledger: SeatLedger) -> None:
        """Take it back, for a reason that the partner is told once; raises NothingToWithdraw."""
        about = f"invitation {self.id} is {self.state}, and there is nothing to withdraw"
        refuse_unless_possible(TRANSITIONS, "withdraw_invitation", state=self.state, about=about,
                               otherwise=NothingToWithdraw)  # fmt: skip
        if not self.is_open:
            raise NothingToWithdraw(about)
        self._withdrawn(withdrawal, grace=None)
        self._free(ledger.release(self.id))

    def withdraw_for_want_of_a_reason(self, withdrawal: Withdrawal, *, kept: timedelta, ledger: SeatLedger) -> None:
        """Take it back because no reason is left; its seats are kept a while, for that may be corrected."""
        if ledger.position(self.id):
            ledger.release(self.id)
            self._withdrawn(withdrawal, grace=None)
        else:
            ledger.start_grace(self.id)
            self._withdrawn(withdrawal, grace=Grace(until=withdrawal.at + kept, before=self.state))

    @property
    def has_readers(self) -> bool:
        """Whether a letter that asks was sent to somebody who can be written to, as far as is known."""
        return self.delivery.state is DeliveryState.SENT

    def lose_readers(self) -> None:
        """Note that nobody who was told can be written to any more: its time runs again when somebody is told."""
        self.delivery = InvitationDelivery(asking=self.delivery.asking)

    def ask_once_more(self, *, camp: Camp, until: datetime | None) -> None:
        """Ask somebody who can be written to again, or elsewhere, with a time of its own if there is one."""
        self.offer_until = until
        self._ask(events.InvitationIssued(**self._offered(camp), offer_until=until))

    def expire_if_due(self, *, camp: Camp, ledger: SeatLedger, at: datetime) -> None:
        """Give the seats up when the grace of a no, or the time to answer, is over.

        Nobody is late with an answer to what may not have arrived: as long as no letter is known to be sent, staff
        decides. Seats with a time of their own that nobody was told of go to the next who waits; it waits again itself.
        """
        if self.grace is not None and at >= self.grace.until:
            self.grace = None
            self._free(ledger.release(self.id))
        elif self.state in UNANSWERED and self.is_late(at) and self.has_readers:
            self.state, self.offer_until = InvitationState.EXPIRED, None
            self.record(events.InvitationExpired(**self._named()))
            self._free(ledger.release(self.id))
        elif self.state is InvitationState.ISSUED and self._is_untold_by(at):
            given_up = self._give_back(ledger)
            self._wait(camp=camp, ledger=ledger)
            self._free(given_up)

    def _is_untold_by(self, at: datetime) -> bool:
        return self.offer_until is not None and at >= self.offer_until and self.delivery.state in NOT_TOLD

    def _withdrawn(self, withdrawal: Withdrawal, *, grace: Grace | None) -> None:
        if self.state is not InvitationState.WITHDRAWN:
            self.record(events.InvitationWithdrawn(**self._named(), reason=withdrawal.reason, kind=withdrawal.kind))
        self.state, self.withdrawal, self.grace = InvitationState.WITHDRAWN, withdrawal, grace
        self.offer_until, self.passed_over = None, []

    def _ask(self, event: events.SeatsOffered) -> None:
        """Record what asks the partner to come: how its letters fare is found out anew."""
        self._tell(event)
        self.delivery = InvitationDelivery(asking=self.told_sequence)
