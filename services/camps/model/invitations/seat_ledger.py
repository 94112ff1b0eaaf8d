"""The seats of a camp: who has them, and who waits."""

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from operator import attrgetter

from chassis.domain.aggregate import Aggregate
from chassis.domain.errors import Conflict


class FewerSeatsThanTaken(Conflict):
    """A camp has as many seats as are held, confirmed or in grace, or more."""


class NotNextInLine(Conflict):
    """Seats are offered to who is next on the waitlist: nobody overtakes."""


class NotThatManyFree(Conflict):
    """Fewer seats are offered than are waited for, and no more than are free."""


@dataclass(frozen=True, kw_only=True)
class Allocation:
    """The seats of one invitation: held until it is answered, confirmed when it is accepted.

    While they are `in_grace` the answer is no, and they are kept so that it can be undone.
    """

    held: int
    confirmed: int = 0
    in_grace: bool = False

    @property
    def seats(self) -> int:
        """All of its seats."""
        return self.held + self.confirmed


class PassedOver(StrEnum):
    """Why nothing is offered to who waits, while it keeps its place."""

    PARTNER_PAUSED = "partner_paused"
    PARTNER_UNREACHABLE = "partner_unreachable"


@dataclass(frozen=True, kw_only=True)
class WaitlistEntry:
    """An invitation that waits until all of its seats are free; they wait in the order of their turns."""

    invitation_id: str
    seats: int
    turn: int = 0
    passed_over: list[PassedOver] = field(default_factory=list)


@dataclass(kw_only=True)
class SeatLedger(Aggregate):
    """Who has the seats of one camp, whose id it shares: the only place where capacity is decided.

    Always: seats held, confirmed and in grace together are no more than the capacity, and an
    invitation has seats or waits, never both.
    """

    capacity: int
    allocations: dict[str, Allocation] = field(default_factory=dict)
    waitlist: list[WaitlistEntry] = field(default_factory=list)
    stuck_since: datetime | None = None
    """Since when seats have stayed free beside a partner that is next and needs more."""
    is_over: bool = False
    """Whether nothing is offered any more: the camp is frozen, or has begun, so that nobody waits in earnest."""
    turns: int = 0
    """How many were given: one for each invitation, when it first asks for seats."""
    moves: int = 0
    """How many rows its history has."""

    @property
    def held(self) -> int:
        """Seats kept for invitations that are not answered for good."""
        return sum(each.held for each in self.allocations.values() if not each.in_grace)

    @property
    def confirmed(self) -> int:
        """Seats of those who come."""
        return sum(each.confirmed for each in self.allocations.values() if not each.in_grace)

    @property
    def in_grace(self) -> int:
        """Seats of those who declined and may undo it."""
        return sum(each.seats for each in self.allocations.values() if each.in_grace)

    @property
    def free(self) -> int:
        """Seats that nobody has."""
        return self.capacity - sum(each.seats for each in self.allocations.values())

    def seats_of(self, invitation_id: str) -> int:
        """Give how many seats an invitation has, if only in grace."""
        return self.allocations[invitation_id].seats if invitation_id in self.allocations else 0

    def resize(self, capacity: int) -> None:
        """Have so many seats from now on; raises FewerSeatsThanTaken."""
        taken = self.capacity - self.free
        if capacity < taken:
            spread = f"{self.confirmed} confirmed, {self.held} held, {self.in_grace} in grace"
            raise FewerSeatsThanTaken(
                f"{taken} seats or more are expected, for so many are taken ({spread}); got {capacity}"
            )
        self.capacity = capacity

    def next_turn(self) -> int:
        """Give a turn behind all others."""
        self.turns += 1
        return self.turns

    def allot(self, invitation_id: str, *, seats: int, turn: int | None = None) -> bool:
        """Hold all of the seats, or put the invitation on the waitlist by its turn; give whether they are held.

        Without a turn it gets one behind all others. Nobody overtakes those whose turn is before, even
        with fewer seats that would fit. An invitation that has seats, if only in grace, or waits keeps
        what it has.
        """
        if invitation_id in self.allocations:
            self.hold(invitation_id)
        elif not self.position(invitation_id):
            turn = self.next_turn() if turn is None else turn
            if self._others_come_first(turn) or seats > self.free:
                self._wait(WaitlistEntry(invitation_id=invitation_id, seats=seats, turn=turn))
            else:
                self.allocations[invitation_id] = Allocation(held=seats)
        return invitation_id in self.allocations

    def position(self, invitation_id: str) -> int:
        """Give its place on the waitlist, the first being 1; 0 means that it does not wait."""
        waiting = [entry.invitation_id for entry in self.waitlist]
        return waiting.index(invitation_id) + 1 if invitation_id in waiting else 0

    @property
    def next_in_line(self) -> WaitlistEntry | None:
        """Who is offered seats next, if anybody waits that is not passed over."""
        return next((entry for entry in self.waitlist if not entry.passed_over), None)

    @property
    def is_stuck(self) -> bool:
        """Whether seats are free beside who is next and needs more."""
        return self.next_in_line is not None and 0 < self.free < self.next_in_line.seats

    def keep_whether_it_is_stuck(self, *, at: datetime) -> None:
        """Keep since when it is stuck, if it is."""
        self.stuck_since = (self.stuck_since or at) if self.is_stuck and not self.is_over else None

    def reduce(self, invitation_id: str, *, seats: int) -> None:
        """Let who waits do so for other seats, in the place it has."""
        self.waitlist = [
            replace(entry, seats=seats) if entry.invitation_id == invitation_id else entry for entry in self.waitlist
        ]

    def offer_fewer(self, invitation_id: str, *, seats: int) -> None:
        """Hold fewer seats than it waits for, for who is next; raises NotNextInLine and NotThatManyFree."""
        first = self.next_in_line
        if first is None or first.invitation_id != invitation_id:
            raise NotNextInLine(f"{first.invitation_id if first else 'nobody'} is next, and not {invitation_id}")
        most = min(self.free, first.seats - 1)
        if seats > most:
            raise NotThatManyFree(f"1 to {most} seats are expected; got {seats}" if most else "no seat is free for it")
        self.reduce(invitation_id, seats=seats)
        self._hold_for_the_next()

    def pass_over(self, invitation_id: str, *, because: list[PassedOver]) -> None:
        """Let who waits keep its place and be offered nothing, as long as there is a cause."""
        self.waitlist = [
            replace(entry, passed_over=because) if entry.invitation_id == invitation_id else entry
            for entry in self.waitlist
        ]

    def confirm(self, invitation_id: str, *, seats: int) -> int:
        """Give an invitation that has seats this many of them for good, and give how many others are free at once."""
        given_up = self.allocations[invitation_id].seats - seats
        self.allocations[invitation_id] = Allocation(held=0, confirmed=seats)
        return given_up

    def hold(self, invitation_id: str) -> None:
        """Keep the seats of an invitation without counting on its people."""
        self.allocations[invitation_id] = Allocation(held=self.allocations[invitation_id].seats)

    def count_no_longer_on(self, invitation_id: str) -> None:
        """Keep the seats of who had accepted until it does so again, also while its no can be taken back."""
        known = self.allocations[invitation_id]
        self.allocations[invitation_id] = replace(known, held=known.seats, confirmed=0)

    def start_grace(self, invitation_id: str) -> None:
        """Keep the seats of an invitation that was declined, as they are, until that can no longer be undone."""
        self.allocations[invitation_id] = replace(self.allocations[invitation_id], in_grace=True)

    def end_grace(self, invitation_id: str) -> None:
        """Have the seats of an invitation as they were before it was declined."""
        self.allocations[invitation_id] = replace(self.allocations[invitation_id], in_grace=False)

    def release(self, invitation_id: str) -> int:
        """Take an invitation out, whether it has seats or waits, and give how many are free by that."""
        self.waitlist = [entry for entry in self.waitlist if entry.invitation_id != invitation_id]
        allocation = self.allocations.pop(invitation_id, None)
        return allocation.seats if allocation else 0

    def offer(self) -> list[str]:
        """Hold what is free for those who wait, in order, as long as the next can have all; give who they are."""
        offered = []
        while (first := self.next_in_line) and first.seats <= self.free:
            self._hold_for_the_next()
            offered.append(first.invitation_id)
        return offered

    def give_back(self, invitation_id: str, *, turn: int, seats: int | None = None) -> int:
        """Let who has seats wait for them, or for so many, in its turn, and give how many are free by that."""
        given_up = self.allocations.pop(invitation_id).seats
        self._wait(WaitlistEntry(invitation_id=invitation_id, seats=seats or given_up, turn=turn))
        return given_up

    def _hold_for_the_next(self) -> None:
        first = next(entry for entry in self.waitlist if not entry.passed_over)
        self.waitlist.remove(first)
        self.allocations[first.invitation_id] = Allocation(held=first.seats)

    def _others_come_first(self, turn: int) -> bool:
        return any(entry.turn <= turn and not entry.passed_over for entry in self.waitlist)

    def _wait(self, entry: WaitlistEntry) -> None:
        self.waitlist.insert(bisect_right(self.waitlist, entry.turn, key=attrgetter("turn")), entry)
