"""What holds for a seat ledger whatever is done with it."""

from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as some

from services.camps.model.invitations.seat_ledger import (
    Allocation,
    NotNextInLine,
    NotThatManyFree,
    PassedOver,
    SeatLedger,
)
from tests.builders.camps import a_ledger

ASKED_FOR = some.lists(some.tuples(some.sampled_from([f"inv_{number}" for number in range(12)]), some.integers(1, 9)))


@given(capacity=some.integers(1, 30), confirmed=some.integers(0, 30), asked=ASKED_FOR)
def test_seats_are_never_oversold_and_nobody_both_has_seats_and_waits(
    capacity: int, confirmed: int, asked: list[tuple[str, int]]
) -> None:
    ledger = a_ledger(capacity=capacity, confirmed=min(confirmed, capacity))

    for invitation_id, seats in asked:
        ledger.allot(invitation_id, seats=seats)

        assert seats_given(ledger) <= capacity
        assert not set(ledger.allocations) & {entry.invitation_id for entry in ledger.waitlist}


@given(capacity=some.integers(1, 30), asked=ASKED_FOR)
def test_who_asks_first_is_served_first(capacity: int, asked: list[tuple[str, int]]) -> None:
    ledger = a_ledger(capacity=capacity)
    for invitation_id, seats in asked:
        ledger.allot(invitation_id, seats=seats)

    in_order = list(dict.fromkeys(invitation_id for invitation_id, _ in asked))

    assert [*ledger.allocations, *(entry.invitation_id for entry in ledger.waitlist)] == in_order


DEEDS = some.lists(
    some.tuples(
        some.sampled_from(["allot", "confirm", "hold", "start_grace", "end_grace", "release", "offer"]),
        some.sampled_from([f"inv_{number}" for number in range(8)]),
        some.integers(1, 9),
    ),
    max_size=60,
)


@given(capacity=some.integers(1, 20), deeds=DEEDS)
def test_whatever_is_done_no_seat_is_sold_twice_and_none_is_offered_out_of_turn(
    capacity: int, deeds: list[tuple[str, str, int]]
) -> None:
    ledger = a_ledger(capacity=capacity)
    released, expected = 0, 0

    for deed, invitation_id, seats in deeds:
        before, waiting = dict(ledger.allocations), [entry.invitation_id for entry in ledger.waitlist]
        offered = do(ledger, deed, invitation_id, seats)

        assert 0 <= ledger.free == capacity - ledger.held - ledger.confirmed - ledger.in_grace
        assert not set(ledger.allocations) & {entry.invitation_id for entry in ledger.waitlist}
        if deed == "offer":
            assert waiting[: len(offered)] == offered
            assert not ledger.waitlist or ledger.waitlist[0].seats > ledger.free
        if deed == "release":
            gone = before.get(invitation_id)
            released, expected = (
                released + ledger.free - free_of(before, capacity),
                expected + (gone.seats if gone else 0),
            )
        assert released == expected


def do(ledger: SeatLedger, deed: str, invitation_id: str, seats: int) -> list[str]:
    allocation = ledger.allocations.get(invitation_id)
    if deed == "allot":
        ledger.allot(invitation_id, seats=seats)
    elif deed == "release":
        ledger.release(invitation_id)
    elif deed == "offer":
        return ledger.offer()
    elif allocation and deed == "confirm":
        ledger.confirm(invitation_id, seats=min(seats, allocation.seats))
    elif allocation:
        getattr(ledger, deed)(invitation_id)
    return []


WAITLIST_DEEDS = some.lists(
    some.tuples(
        some.sampled_from(
            ["allot", "release", "offer", "offer_fewer", "reduce", "pass_over", "call_again", "give_back", "confirm"]
        ),
        some.sampled_from([f"inv_{number}" for number in range(8)]),
        some.integers(1, 9),
    ),
    max_size=60,
)


@given(capacity=some.integers(1, 20), deeds=WAITLIST_DEEDS)
def test_whatever_who_waits_does_no_seat_is_sold_twice_and_nobody_overtakes_who_is_not_passed_over(
    capacity: int, deeds: list[tuple[str, str, int]]
) -> None:
    ledger = a_ledger(capacity=capacity)
    turns: dict[str, int] = {}

    for deed, invitation_id, seats in deeds:
        called = [entry.invitation_id for entry in ledger.waitlist if not entry.passed_over]
        had = set(ledger.allocations)
        do_on_the_waitlist(ledger, deed, invitation_id, seats, turns)
        served = set(ledger.allocations) - had

        assert 0 <= ledger.free == capacity - ledger.held - ledger.confirmed
        assert not set(ledger.allocations) & {entry.invitation_id for entry in ledger.waitlist}
        assert [entry.turn for entry in ledger.waitlist] == sorted(
            turns[each.invitation_id] for each in ledger.waitlist
        )
        if deed in ("offer", "offer_fewer"):
            assert served == set(called[: len(served)])
        if deed == "offer":
            assert ledger.next_in_line is None or ledger.next_in_line.seats > ledger.free


def do_on_the_waitlist(ledger: SeatLedger, deed: str, invitation_id: str, seats: int, turns: dict[str, int]) -> None:
    waits, has = ledger.position(invitation_id) > 0, invitation_id in ledger.allocations
    if deed == "allot" and not waits and not has:
        turns[invitation_id] = ledger.next_turn()
        ledger.allot(invitation_id, seats=seats, turn=turns[invitation_id])
    elif deed == "give_back" and has:
        ledger.give_back(invitation_id, turn=turns[invitation_id], seats=seats)
    elif deed in ("reduce", "offer_fewer") and waits:
        with suppress(NotNextInLine, NotThatManyFree):
            getattr(ledger, deed)(invitation_id, seats=seats)
    else:
        do_to_whoever_it_is(ledger, deed, invitation_id, seats)


def do_to_whoever_it_is(ledger: SeatLedger, deed: str, invitation_id: str, seats: int) -> None:
    if deed in ("pass_over", "call_again"):
        ledger.pass_over(invitation_id, because=[PassedOver.PARTNER_PAUSED] if deed == "pass_over" else [])
    elif deed in ("release", "offer", "confirm"):
        do(ledger, deed, invitation_id, seats)


def free_of(allocations: dict[str, Allocation], capacity: int) -> int:
    return capacity - sum(each.seats for each in allocations.values())


def seats_given(ledger: SeatLedger) -> int:
    return sum(each.held + each.confirmed for each in ledger.allocations.values())
