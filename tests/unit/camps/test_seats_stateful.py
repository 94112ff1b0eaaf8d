"""Whatever partners and staff do with a camp and its seats, in whatever order, what must hold of seats holds.

No seat is sold twice, an invitation has seats or waits and never both, a
free seat is offered to who is next if it is enough, each seat is freed once, nothing is offered after a freeze, who
said no is offered nothing, and the history replayed gives the ledger.
"""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from chassis.domain.errors import Conflict
from services.camps.events.invitation import SeatsFreed, WaitlistPromoted
from services.camps.model.invitations.answerable import Withdrawal, WithdrawalKind
from services.camps.model.invitations.invitation import Invitation
from services.camps.model.invitations.invitation_delivery import DeliveryState
from services.camps.model.invitations.invitation_lifecycle import ANSWERABLE, UNDECIDED, InvitationState
from services.camps.model.invitations.seat_history import SeatMoveKind, replayed, standings
from services.camps.model.invitations.seat_ledger import SeatLedger
from tests.builders.camps import a_camp, a_reason, an_answer
from tests.unit.camps.test_seat_history import Kept

GRACE, OFFER = timedelta(hours=2), timedelta(days=2)
WHO = some.integers(0, 6)
SEATS = some.integers(1, 5)


class Seats(RuleBasedStateMachine):
    """A camp with few seats, seven partners, and a clock; each deed is followed by what camps does about it."""

    @initialize(capacity=some.integers(2, 12), asked=some.lists(SEATS, min_size=3, max_size=6), late=some.booleans())
    def announce(self, capacity: int, asked: list[int], late: bool) -> None:
        """Invite some partners; late, each has a time of its own to answer, and the camp may be frozen."""
        self.camp = a_camp(answer_by=date(2026, 6, 29))
        self.camp.capacity, self.now = (
            capacity,
            datetime(2026, 7, 1, tzinfo=UTC) if late else datetime(2026, 6, 10, tzinfo=UTC),
        )
        self.kept = Kept(capacity=capacity)
        self.invitations: dict[str, Invitation] = {}
        self.freed, self.promoted_while_closed = 0, 0
        for who, seats in enumerate(asked):
            self.invite(who, seats)

    @rule(who=WHO, seats=SEATS)
    def invite(self, who: int, seats: int) -> None:
        id = f"inv_{who}"
        with suppress(Conflict):
            self.camp.refuse_unless_inviting(self.now)
            if id not in self.invitations:
                seats = min(seats, self.camp.capacity)
                self.invitations[id] = Invitation.to_camp(
                    id=id, camp=self.camp, partner_id=f"prt_{who}", reasons=[a_reason()], seats=seats
                )
                own = self.camp.own_time_to_answer(at=self.now, offer=OFFER)
                self._do(id, lambda it, ledger: it.issue(camp=self.camp, ledger=ledger, offer_until=own))

    @rule(who=WHO, seats=SEATS)
    def accept(self, who: int, seats: int) -> None:
        self._do(
            f"inv_{who}", lambda it, ledger: it.accept(seats=min(seats, it.seats), ledger=ledger, answer=self._said())
        )

    @rule(who=WHO)
    def answer_tentatively(self, who: int) -> None:
        self._do(f"inv_{who}", lambda it, ledger: it.answer_tentatively(ledger=ledger, answer=self._said()))

    @rule(who=WHO)
    def decline(self, who: int) -> None:
        self._do(f"inv_{who}", lambda it, ledger: it.decline(ledger=ledger, grace=GRACE, answer=self._said()))

    @rule(who=WHO)
    def undo(self, who: int) -> None:
        self._do(f"inv_{who}", lambda it, ledger: it.undo_answer(ledger=ledger, answer=self._said()))

    @rule(who=WHO, seats=SEATS)
    def take_fewer(self, who: int, seats: int) -> None:
        self._do(f"inv_{who}", lambda it, ledger: it.take_fewer(ledger=ledger, answer=self._said(), seats=seats))

    @rule(who=WHO)
    def leave(self, who: int) -> None:
        self._do(f"inv_{who}", lambda it, ledger: it.leave_waitlist(ledger=ledger, answer=self._said()))

    @rule(who=WHO)
    def withdraw(self, who: int) -> None:
        because = Withdrawal(kind=WithdrawalKind.BY_STAFF, reason="A smaller house", at=self.now)
        self._do(f"inv_{who}", lambda it, ledger: it.withdraw(because, ledger=ledger))

    @rule(who=WHO)
    def issue_again(self, who: int) -> None:
        with suppress(Conflict):
            self.camp.refuse_unless_inviting(self.now)
            own = self.camp.own_time_to_answer(at=self.now, offer=OFFER)
            self._do(f"inv_{who}", lambda it, ledger: it.issue_again(camp=self.camp, ledger=ledger, offer_until=own))

    @rule(who=WHO)
    def a_letter_arrives(self, who: int) -> None:
        if invitation := self.invitations.get(f"inv_{who}"):
            invitation.delivery.state = DeliveryState.SENT

    @rule(hours=some.sampled_from([1, 3, 24, 72]))
    def time_goes_by(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        self._follow_the_calendar()
        for id in list(self.invitations):
            self._do(id, lambda it, ledger: it.expire_if_due(camp=self.camp, ledger=ledger, at=self.now))

    @rule(capacity=some.integers(1, 12))
    def resize(self, capacity: int) -> None:
        with suppress(Conflict):
            self.camp._refuse_unless_to_come(self.now)
            self._with_the_ledger(lambda ledger: ledger.resize(capacity))
            self.camp.capacity = self.kept.ledger.capacity

    @rule()
    def freeze(self) -> None:
        with suppress(Conflict):
            self.camp.freeze(self.now)
            self._close()

    @rule()
    def unfreeze(self) -> None:
        with suppress(Conflict):
            self.camp.unfreeze(self.now)
            self._with_the_ledger(lambda ledger: setattr(ledger, "is_over", False))
            for id in self._in_turn():
                self._do(id, lambda it, ledger: it.wait_again(camp=self.camp, ledger=ledger))

    @rule(days=some.integers(1, 20))
    def move(self, days: int) -> None:
        before = self.camp.terms
        first = self.camp.starts_on + timedelta(days=days)
        with suppress(Exception):
            if self.camp.change(starts_on=first, ends_on=first + timedelta(days=2), at=self.now):
                self._with_the_ledger(lambda ledger: setattr(ledger, "is_over", False))
                own = self.camp.own_time_to_answer(at=self.now, offer=OFFER)
                for id in list(self.invitations):
                    self._do(id, lambda it, ledger: it.follow(self.camp, before=before, until=own, ledger=ledger))

    # What camps does about it.

    def _said(self) -> Any:
        return an_answer(at=self.now)

    def _do(self, id: str, deed: Any) -> None:
        invitation = self.invitations.get(id)
        if invitation is None:
            return
        with suppress(Conflict):
            self.kept.after(lambda ledger: deed(invitation, ledger))
        self._hear(invitation)
        self._with_the_ledger(lambda ledger: None)

    def _with_the_ledger(self, deed: Any) -> None:
        """Do something with the ledger, and offer what is free then."""
        self.kept.after(deed)
        if self.camp.gives_seats(self.now):
            offered: list[str] = []
            self.kept.after(lambda ledger: offered.extend(ledger.offer()))
            for id in offered:
                until = self.camp.offered_until(at=self.now, offer=OFFER)
                self.invitations[id].offer(camp=self.camp, until=until)
                self._hear(self.invitations[id])

    def _hear(self, invitation: Invitation) -> None:
        for event in invitation.recorded:
            self.freed += event.seats if isinstance(event, SeatsFreed) else 0
            self.promoted_while_closed += isinstance(event, WaitlistPromoted) and self.kept.ledger.is_over
        invitation.recorded.clear()

    def _follow_the_calendar(self) -> None:
        while self.camp.follow_the_calendar(self.now):
            self._close()

    def _close(self) -> None:
        self._with_the_ledger(lambda ledger: setattr(ledger, "is_over", True))
        for id in self._in_turn():
            self._do(id, lambda it, ledger: it.close(camp=self.camp, ledger=ledger, at=self.now))

    def _in_turn(self) -> list[str]:
        return sorted(self.invitations, key=lambda id: self.invitations[id].turn or 0)

    # What always holds.

    @invariant()
    def no_seat_is_sold_twice(self) -> None:
        assert self._ledger.free >= 0

    @invariant()
    def each_stands_in_the_ledger_as_it_says(self) -> None:
        stand = standings(self._ledger)
        for id, invitation in self.invitations.items():
            here = stand.get(id)
            if invitation.state in ANSWERABLE or invitation.grace:
                assert here is not None
                assert (here.seats, here.waits_for) == (invitation.seats, 0)
                assert here.in_grace == (invitation.grace is not None)
                assert (here.confirmed > 0) == (self._said_yes(invitation))
            elif invitation.state is InvitationState.WAITLISTED:
                assert here is not None
                assert (here.seats, here.waits_for) == (0, invitation.seats)
            else:
                assert here is None

    @invariant()
    def no_seat_is_idle_beside_one_who_could_have_it(self) -> None:
        if self.invitations and self.camp.gives_seats(self.now):
            assert self._ledger.next_in_line is None or self._ledger.next_in_line.seats > self._ledger.free

    @invariant()
    def nothing_is_offered_after_the_freeze(self) -> None:
        assert self.promoted_while_closed == 0

    @invariant()
    def no_offer_is_open_after_the_freeze(self) -> None:
        if self.invitations and self._ledger.is_over:
            undecided = [each for each in self.invitations.values() if each.state in UNDECIDED]
            assert [each.id for each in undecided if each.offer_until and not each.is_late(self.now)] == []

    @invariant()
    def each_seat_is_freed_once(self) -> None:
        had, freed = dict[str, int](), 0
        for row in self.kept.rows:
            if row.invitation_id:
                freed += max(had.get(row.invitation_id, 0) - row.standing.seats, 0)
                had[row.invitation_id] = row.standing.seats
        assert freed == self.freed

    @invariant()
    def who_is_offered_seats_was_next(self) -> None:
        next_in_line = None
        for row, ledger in zip(self.kept.rows, replayed(self.kept.rows), strict=True):
            assert row.kind is not SeatMoveKind.OFFERED or row.invitation_id == next_in_line
            next_in_line = ledger.next_in_line.invitation_id if ledger.next_in_line else None

    @invariant()
    def the_history_gives_the_ledger(self) -> None:
        *_, last = replayed(self.kept.rows)
        assert (last.allocations, last.waitlist) == (self._ledger.allocations, self._ledger.waitlist)
        assert last.capacity == self._ledger.capacity

    @property
    def _ledger(self) -> SeatLedger:
        return self.kept.ledger

    @staticmethod
    def _said_yes(invitation: Invitation) -> bool:
        before = invitation.grace.before if invitation.grace else invitation.state
        return before is InvitationState.ACCEPTED


TestSeats = Seats.TestCase
TestSeats.settings = settings(max_examples=30, stateful_step_count=30, deadline=None)
