"""The seats of a camp: who has them, and who waits."""

from dataclasses import dataclass, field

from chassis.domain import Aggregate, Forbidden


class SeatsSeenByTheInstitute(Forbidden):
    """Only those who work for the whole programme see how many seats are left and how many wait."""


@dataclass(frozen=True, kw_only=True)
class Allocation:
    """The seats of one invitation: held until it is answered, confirmed when it is accepted."""

    held: int
    confirmed: int = 0


@dataclass(frozen=True, kw_only=True)
class WaitlistEntry:
    """An invitation that waits until all of its seats are free."""

    invitation_id: str
    seats: int


@dataclass(kw_only=True)
class SeatLedger(Aggregate):
    """Who has the seats of one camp, whose id it shares: the only place where capacity is decided.

    Always: held and confirmed seats together are no more than the capacity, and an invitation
    has seats or waits, never both.
    """

    capacity: int
    allocations: dict[str, Allocation] = field(default_factory=dict)
    waitlist: list[WaitlistEntry] = field(default_factory=list)

    @property
    def held(self) -> int:
        """Seats kept for invitations that are not answered yet."""
        return sum(allocation.held for allocation in self.allocations.values())

    @property
    def confirmed(self) -> int:
        """Seats of those who come."""
        return sum(allocation.confirmed for allocation in self.allocations.values())

    @property
    def free(self) -> int:
        """Seats that nobody has."""
        return self.capacity - self.held - self.confirmed

    def allot(self, invitation_id: str, *, seats: int) -> bool:
        """Hold all of the seats, or put the invitation at the end of the waitlist; give whether they are held.

        Nobody overtakes those who wait, even with fewer seats that would fit. An invitation that
        has seats or waits keeps what it has.
        """
        if invitation_id not in self.allocations and not self.position(invitation_id):
            if self.waitlist or seats > self.free:
                self.waitlist.append(WaitlistEntry(invitation_id=invitation_id, seats=seats))
            else:
                self.allocations[invitation_id] = Allocation(held=seats)
        return invitation_id in self.allocations

    def position(self, invitation_id: str) -> int:
        """Give its place on the waitlist, the first being 1; 0 means that it does not wait."""
        waiting = [entry.invitation_id for entry in self.waitlist]
        return waiting.index(invitation_id) + 1 if invitation_id in waiting else 0
