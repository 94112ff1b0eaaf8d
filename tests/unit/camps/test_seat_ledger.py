import pytest
from hypothesis import given
from hypothesis import strategies as some

from services.camps.model.seat_ledger import Allocation, SeatLedger
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


def seats_given(ledger: SeatLedger) -> int:
    return sum(each.held + each.confirmed for each in ledger.allocations.values())
