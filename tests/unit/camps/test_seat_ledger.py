from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from services.camps.model.seat_ledger import (
    Allocation,
    FewerSeatsThanTaken,
    NotNextInLine,
    NotThatManyFree,
    PassedOver,
    SeatLedger,
)
from tests.builders.camps import a_ledger

ASKED_FOR = some.lists(some.tuples(some.sampled_from([f"inv_{number}" for number in range(12)]), some.integers(1, 9)))


def test_seats_that_are_free_are_held() -> None:
    ledger = a_ledger(capacity=10)

    held = ledger.allot("inv_1", seats=4)

    assert held
    assert ledger.allocations == {"inv_1": Allocation(held=4)}
    assert (ledger.held, ledger.confirmed, ledger.free) == (4, 0, 6)


def test_the_last_seats_are_held_too() -> None:
    ledger = a_ledger(capacity=10, held=6)

    assert ledger.allot("inv_1", seats=4)
    assert ledger.free == 0


def test_confirmed_seats_are_taken() -> None:
    ledger = a_ledger(capacity=10, held=3, confirmed=4)

    assert not ledger.allot("inv_1", seats=4)
    assert ledger.free == 3


def test_who_cannot_have_all_of_its_seats_waits_and_holds_none() -> None:
    ledger = a_ledger(capacity=10, held=8)

    held = ledger.allot("inv_1", seats=4)

    assert not held
    assert ledger.position("inv_1") == 1
    assert "inv_1" not in ledger.allocations
    assert ledger.free == 2


def test_nobody_overtakes_those_who_wait() -> None:
    ledger = a_ledger(capacity=10, held=8, waiting=2)

    held = ledger.allot("inv_small", seats=1)

    assert not held
    assert ledger.position("inv_small") == 3


def test_an_invitation_holds_its_seats_once_however_often_it_asks() -> None:
    ledger = a_ledger(capacity=10)
    ledger.allot("inv_1", seats=4)

    assert ledger.allot("inv_1", seats=4)
    assert ledger.held == 4


def test_an_invitation_waits_once_however_often_it_asks() -> None:
    ledger = a_ledger(capacity=3)
    ledger.allot("inv_1", seats=4)

    assert not ledger.allot("inv_1", seats=4)
    assert len(ledger.waitlist) == 1


@pytest.mark.parametrize("held", [0, 7])
def test_who_does_not_wait_has_no_place_on_the_waitlist(held: int) -> None:
    assert a_ledger(capacity=10, held=held).position("inv_1") == 0


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


def test_who_waits_is_offered_what_is_free_in_order_and_a_smaller_one_does_not_overtake() -> None:
    ledger = a_ledger(capacity=10, held=10, waiting=2)
    ledger.allot("inv_small", seats=1)
    ledger.release("inv_before")
    ledger.allot("inv_newcomer", seats=2)

    assert ledger.offer() == ["inv_waiting_1", "inv_waiting_2", "inv_small"]
    assert ledger.free == 1
    assert [entry.invitation_id for entry in ledger.waitlist] == ["inv_newcomer"]


def test_seats_too_few_for_the_first_who_waits_stay_free() -> None:
    ledger = a_ledger(capacity=10, held=7, waiting=1)

    assert ledger.offer() == []
    assert (ledger.free, len(ledger.waitlist)) == (3, 1)


def test_seats_are_released_once() -> None:
    ledger = a_ledger(capacity=10, held=4)

    assert [ledger.release("inv_before"), ledger.release("inv_before")] == [4, 0]


def test_who_waits_and_is_taken_out_frees_no_seat() -> None:
    ledger = a_ledger(capacity=4, held=4, waiting=1)

    assert ledger.release("inv_waiting_1") == 0
    assert ledger.waitlist == []


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


STUCK = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)


def test_a_waitlist_is_stuck_while_seats_are_free_beside_who_is_next() -> None:
    ledger = a_ledger(capacity=10, held=8, waiting=1)
    ledger.keep_whether_it_is_stuck(at=STUCK)
    ledger.keep_whether_it_is_stuck(at=STUCK + timedelta(hours=1))
    assert ledger.stuck_since == STUCK

    ledger.pass_over("inv_waiting_1", because=[PassedOver.PARTNER_PAUSED])
    ledger.keep_whether_it_is_stuck(at=STUCK + timedelta(hours=2))

    assert ledger.stuck_since is None


@pytest.mark.parametrize(("held", "waiting"), [(10, 1), (8, 0), (6, 1)])
def test_a_waitlist_is_not_stuck_without_free_seats_or_anybody_who_needs_more(held: int, waiting: int) -> None:
    assert not a_ledger(capacity=10, held=held, waiting=waiting).is_stuck


def test_no_more_is_offered_than_is_free() -> None:
    with pytest.raises(NotThatManyFree, match="1 to 2 seats are expected; got 3"):
        a_ledger(capacity=10, held=8, waiting=1).offer_fewer("inv_waiting_1", seats=3)


def test_who_could_have_all_of_its_seats_is_not_offered_as_many_as_fewer() -> None:
    with pytest.raises(NotThatManyFree, match="1 to 3 seats"):
        a_ledger(capacity=10, waiting=1).offer_fewer("inv_waiting_1", seats=4)


def test_nothing_is_offered_where_nothing_is_free() -> None:
    with pytest.raises(NotThatManyFree, match="no seat is free"):
        a_ledger(capacity=10, held=10, waiting=1).offer_fewer("inv_waiting_1", seats=1)


def free_of(allocations: dict[str, Allocation], capacity: int) -> int:
    return capacity - sum(each.seats for each in allocations.values())


def seats_given(ledger: SeatLedger) -> int:
    return sum(each.held + each.confirmed for each in ledger.allocations.values())


def test_a_camp_may_have_more_seats_or_fewer_down_to_those_that_are_taken() -> None:
    ledger = a_ledger(capacity=10, held=3, confirmed=4)
    ledger.start_grace("inv_before")

    ledger.resize(12)
    assert ledger.free == 5
    ledger.resize(7)
    assert (ledger.capacity, ledger.free) == (7, 0)
    with pytest.raises(FewerSeatsThanTaken, match=r"7 seats or more .* \(0 confirmed, 0 held, 7 in grace\); got 6"):
        ledger.resize(6)
    assert ledger.capacity == 7
