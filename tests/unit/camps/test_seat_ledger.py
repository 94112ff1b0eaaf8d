from datetime import UTC, datetime, timedelta

import pytest

from services.camps.model.invitations.seat_ledger import Allocation, FewerSeatsThanTaken, NotThatManyFree, PassedOver
from tests.builders.camps import a_ledger


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
