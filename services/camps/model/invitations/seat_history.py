"""What happened to the seats of a camp, row by row: who got some, gave some up, joined or moved, and when.

Each row says how one invitation stands after it, so that the rows, replayed in order, give the ledger.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from operator import attrgetter

from chassis.domain.aggregate import Aggregate
from services.camps.model.invitations.seat_ledger import Allocation, PassedOver, SeatLedger, WaitlistEntry


class SeatMoveKind(StrEnum):
    """What a row says happened."""

    CARRIED_OVER = "carried_over"
    """It stood so when rows began to be written."""
    CAPACITY_CHANGED = "capacity_changed"
    CLOSED = "closed"
    """From now on nothing is offered."""
    OPENED = "opened"
    HELD = "held"
    JOINED = "joined"
    OFFERED = "offered"
    CONFIRMED = "confirmed"
    COUNTED_NO_LONGER = "counted_no_longer"
    IN_GRACE = "in_grace"
    TAKEN_BACK = "taken_back"
    GIVEN_UP = "given_up"
    WAITS_AGAIN = "waits_again"
    WAITS_FOR_OTHERS = "waits_for_others"
    """For another number of seats, in its place."""
    PASSED_OVER = "passed_over"
    CALLED_AGAIN = "called_again"
    LEFT = "left"


@dataclass(frozen=True, kw_only=True)
class SeatStanding:
    """What an invitation has of the seats of a camp, or for how many it waits, by which turn."""

    held: int = 0
    confirmed: int = 0
    in_grace: bool = False
    waits_for: int = 0
    turn: int = 0
    passed_over: list[PassedOver] = field(default_factory=list)

    @property
    def seats(self) -> int:
        """All that it has."""
        return self.held + self.confirmed


NOTHING_OF_IT = SeatStanding()


@dataclass(kw_only=True)
class SeatMove(Aggregate):
    """One row: how an invitation stands after it, or how many seats there are; `by` is who acted."""

    camp_id: str
    number: int
    at: datetime
    kind: SeatMoveKind
    invitation_id: str | None
    standing: SeatStanding
    capacity: int
    by: str


class PlaceCause(StrEnum):
    """Why a place on a waitlist is another one."""

    JOINED = "joined"
    ANOTHER_GOT_SEATS = "another_got_seats"
    ANOTHER_LEFT = "another_left"
    ANOTHER_CAME_BACK = "another_came_back"
    """To the turn that it had, which is before this one."""


@dataclass(frozen=True, kw_only=True)
class PlaceMove:
    """One that waits has another place than before, or the first one it ever had; not who else it was."""

    at: datetime
    before: int | None
    after: int
    because: PlaceCause


def moves_between(before: SeatLedger | None, after: SeatLedger, *, at: datetime, by: str) -> list[SeatMove]:
    """Give the rows for what is otherwise in a ledger: what frees seats before what takes them."""
    known = standings(before) if before and before.moves else {}
    now, carried = standings(after), before is not None and not before.moves
    changed = {id: (known.get(id, NOTHING_OF_IT), now.get(id, NOTHING_OF_IT)) for id in {**known, **now}}
    rows: list[tuple[str | None, SeatMoveKind, SeatStanding]] = [
        (id, _kind(*pair, carried=carried), pair[1])
        for id, pair in sorted(changed.items(), key=lambda each: _freeing_first(*each[1]))
        if pair[0] != pair[1]
    ]
    rows[:0] = [(None, kind, NOTHING_OF_IT) for kind in _of_the_whole(before, after)]
    return [
        SeatMove(id=f"smv_{after.id.partition('_')[2]}_{number:08}", camp_id=after.id, number=number, at=at, kind=kind,
                 invitation_id=id, standing=standing, capacity=after.capacity, by=by)
        for number, (id, kind, standing) in enumerate(rows, after.moves + 1)
    ]  # fmt: skip


def standings(ledger: SeatLedger) -> Mapping[str, SeatStanding]:
    """Give how each invitation stands that has seats or waits, in the order of the ledger."""
    having = {
        id: SeatStanding(held=each.held, confirmed=each.confirmed, in_grace=each.in_grace)
        for id, each in ledger.allocations.items()
    }
    waiting = {
        each.invitation_id: SeatStanding(waits_for=each.seats, turn=each.turn, passed_over=list(each.passed_over))
        for each in ledger.waitlist
    }
    return {**having, **waiting}


def replayed(rows: Iterable[SeatMove]) -> Iterator[SeatLedger]:
    """Give the ledger after each row, from the first on, as long as the next is not asked for."""
    ledger: SeatLedger | None = None
    for row in rows:
        ledger = replace(ledger, capacity=row.capacity) if ledger else SeatLedger(id=row.camp_id, capacity=row.capacity)
        _let_stand(ledger, row.invitation_id, row.standing)
        yield ledger


def places(invitation_id: str, rows: Iterable[SeatMove]) -> list[PlaceMove]:
    """Give how the place of one that waits has moved, and why, since it joined last."""
    found: list[PlaceMove] = []
    rows = list(rows)
    for row, ledger in zip(rows, replayed(rows), strict=True):
        place, before = ledger.position(invitation_id), found[-1].after if found else None
        if not place:
            found = []
        elif place != before:
            cause = _cause(row, own=row.invitation_id == invitation_id)
            found.append(PlaceMove(at=row.at, before=before, after=place, because=cause))
    return found


def _let_stand(ledger: SeatLedger, invitation_id: str | None, standing: SeatStanding) -> None:
    if invitation_id is None:
        return
    waits = WaitlistEntry(invitation_id=invitation_id, seats=standing.waits_for, turn=standing.turn,
                          passed_over=list(standing.passed_over))  # fmt: skip
    if standing.waits_for and any(each.turn == waits.turn for each in _entries(ledger, invitation_id)):
        ledger.waitlist = [waits if each.invitation_id == invitation_id else each for each in ledger.waitlist]
        return
    ledger.release(invitation_id)
    if standing.waits_for:
        ledger.waitlist.insert(bisect_right(ledger.waitlist, waits.turn, key=attrgetter("turn")), waits)
    elif standing.seats:
        kept = Allocation(held=standing.held, confirmed=standing.confirmed, in_grace=standing.in_grace)
        ledger.allocations[invitation_id] = kept


def _entries(ledger: SeatLedger, invitation_id: str) -> list[WaitlistEntry]:
    return [each for each in ledger.waitlist if each.invitation_id == invitation_id]


def _of_the_whole(before: SeatLedger | None, after: SeatLedger) -> Iterator[SeatMoveKind]:
    if not before or not before.moves or before.capacity != after.capacity:
        yield SeatMoveKind.CAPACITY_CHANGED
    if (before is not None and before.is_over) != after.is_over:
        yield SeatMoveKind.CLOSED if after.is_over else SeatMoveKind.OPENED


def _freeing_first(before: SeatStanding, after: SeatStanding) -> tuple[int, int]:
    return after.seats - before.seats if after.seats < before.seats else 0, before.turn or after.turn


def _kind(before: SeatStanding, after: SeatStanding, *, carried: bool) -> SeatMoveKind:
    if carried:
        return SeatMoveKind.CARRIED_OVER
    if after.waits_for:
        return _kind_of_waiting(before, after)
    if not after.seats:
        return SeatMoveKind.LEFT if before.waits_for else SeatMoveKind.GIVEN_UP
    if not before.seats:
        return SeatMoveKind.OFFERED if before.waits_for else SeatMoveKind.HELD
    if before.in_grace != after.in_grace:
        return SeatMoveKind.IN_GRACE if after.in_grace else SeatMoveKind.TAKEN_BACK
    return SeatMoveKind.CONFIRMED if after.confirmed else SeatMoveKind.COUNTED_NO_LONGER


def _kind_of_waiting(before: SeatStanding, after: SeatStanding) -> SeatMoveKind:
    if not before.waits_for:
        return SeatMoveKind.WAITS_AGAIN if before.seats else SeatMoveKind.JOINED
    if before.waits_for != after.waits_for:
        return SeatMoveKind.WAITS_FOR_OTHERS
    return SeatMoveKind.PASSED_OVER if after.passed_over else SeatMoveKind.CALLED_AGAIN


def _cause(row: SeatMove, *, own: bool) -> PlaceCause:
    if own or row.kind is SeatMoveKind.CARRIED_OVER:
        return PlaceCause.JOINED
    got = {SeatMoveKind.OFFERED: PlaceCause.ANOTHER_GOT_SEATS, SeatMoveKind.LEFT: PlaceCause.ANOTHER_LEFT}
    return got.get(row.kind, PlaceCause.ANOTHER_CAME_BACK)
