"""The history of a camp's seats: each change is a row, and the rows replayed give the ledger."""

from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as some

from services.camps.model.invitations.seat_history import SeatMove, moves_between, places, replayed
from services.camps.model.invitations.seat_ledger import Allocation, PassedOver, SeatLedger
from tests.unit.camps.test_seat_ledger_properties import WAITLIST_DEEDS, do, do_on_the_waitlist

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
Deed = Callable[[SeatLedger], object]


class Kept:
    """A ledger of eight seats that is stored after each deed, with its rows."""

    def __init__(self, *, capacity: int = 8) -> None:
        self.ledger, self.rows = SeatLedger(id="cmp_1", capacity=capacity), list[SeatMove]()
        self._store(None)

    def after(self, *deeds: Deed) -> "Kept":
        for deed in deeds:
            before = deepcopy(self.ledger)
            deed(self.ledger)
            self._store(before)
        return self

    def _store(self, before: SeatLedger | None) -> None:
        rows = moves_between(before, self.ledger, at=NOON, by="anna")
        self.ledger.moves += len(rows)
        self.rows += rows

    @property
    def kinds(self) -> list[tuple[str | None, str]]:
        return [(row.invitation_id, row.kind) for row in self.rows]

    def places(self, invitation_id: str) -> list[tuple[int | None, int, str]]:
        return [(each.before, each.after, each.because) for each in places(invitation_id, self.rows)]


def asks(invitation_id: str, seats: int = 4, turn: int | None = None) -> Deed:
    return lambda ledger: ledger.allot(invitation_id, seats=seats, turn=turn)


def test_each_change_is_a_row_that_says_whose_and_what() -> None:
    kept = Kept(capacity=4).after(
        asks("inv_1"), asks("inv_2"), lambda it: it.confirm("inv_1", seats=3), lambda it: it.start_grace("inv_1"),
        lambda it: it.end_grace("inv_1"), lambda it: it.count_no_longer_on("inv_1"), lambda it: it.release("inv_1"),
        lambda it: it.offer(), lambda it: it.resize(9),
    )  # fmt: skip

    assert kept.kinds == [
        (None, "capacity_changed"), ("inv_1", "held"), ("inv_2", "joined"), ("inv_1", "confirmed"),
        ("inv_1", "in_grace"), ("inv_1", "taken_back"), ("inv_1", "counted_no_longer"), ("inv_1", "given_up"),
        ("inv_2", "offered"), (None, "capacity_changed"),
    ]  # fmt: skip
    assert [row.number for row in kept.rows] == list(range(1, 11))
    assert kept.rows[-1].capacity == 9


def test_who_waits_is_in_rows_of_its_own() -> None:
    because = [PassedOver.PARTNER_PAUSED]
    kept = Kept(capacity=4).after(
        asks("inv_1"), asks("inv_2"), lambda it: it.reduce("inv_2", seats=2),
        lambda it: it.pass_over("inv_2", because=because), lambda it: it.pass_over("inv_2", because=[]),
        lambda it: it.give_back("inv_1", turn=1), lambda it: it.release("inv_2"),
    )  # fmt: skip

    assert kept.kinds[2:] == [
        ("inv_2", "joined"), ("inv_2", "waits_for_others"), ("inv_2", "passed_over"), ("inv_2", "called_again"),
        ("inv_1", "waits_again"), ("inv_2", "left"),
    ]  # fmt: skip


def test_a_freeze_and_what_takes_it_back_are_rows() -> None:
    kept = Kept().after(lambda it: setattr(it, "is_over", True), lambda it: setattr(it, "is_over", False))

    assert kept.kinds[1:] == [(None, "closed"), (None, "opened")]


def test_what_changes_nothing_is_no_row() -> None:
    assert Kept().after(asks("inv_1"), lambda it: it.offer()).kinds[2:] == []


def test_a_ledger_of_an_earlier_release_is_carried_over_as_it_stands() -> None:
    old = SeatLedger(id="cmp_1", version=9, capacity=8, allocations={"inv_1": Allocation(held=4)})

    rows = moves_between(deepcopy(old), old, at=NOON, by="anna")

    assert [(row.invitation_id, row.kind) for row in rows] == [(None, "capacity_changed"), ("inv_1", "carried_over")]
    assert [*replayed(rows)][-1].allocations == old.allocations


def test_who_waits_is_told_why_its_place_moved_and_not_by_whom() -> None:
    kept = Kept(capacity=4).after(asks("inv_1"), asks("inv_2"), asks("inv_3"), asks("inv_4"), asks("inv_5"))
    assert kept.places("inv_5") == [(None, 4, "joined")]

    kept.after(lambda it: it.release("inv_3"), lambda it: (it.release("inv_1"), it.offer()), asks("inv_1", turn=1))

    assert kept.places("inv_5") == [
        (None, 4, "joined"), (4, 3, "another_left"), (3, 2, "another_got_seats"), (2, 3, "another_came_back"),
    ]  # fmt: skip
    assert kept.places("inv_2") == []


def test_who_joins_again_begins_anew() -> None:
    kept = Kept(capacity=4).after(asks("inv_1"), asks("inv_2"), asks("inv_3"), lambda it: it.release("inv_2"))

    kept.after(asks("inv_2"))

    assert kept.places("inv_2") == [(None, 2, "joined")]
    assert kept.places("inv_3") == [(None, 2, "joined"), (2, 1, "another_left")]


@given(capacity=some.integers(1, 20), deeds=WAITLIST_DEEDS)
def test_whatever_is_done_the_rows_replayed_give_the_ledger_and_oversell_at_no_row(
    capacity: int, deeds: list[tuple[str, str, int]]
) -> None:
    kept, turns = Kept(capacity=capacity), dict[str, int]()
    for deed, invitation_id, seats in deeds:
        kept.after(
            lambda it: do_on_the_waitlist(it, deed, invitation_id, seats, turns)  # noqa: B023  (done at once)
        )
        if deed == "confirm":
            kept.after(lambda it: do(it, "start_grace", invitation_id, seats))  # noqa: B023

    for ledger in replayed(kept.rows):
        assert ledger.free >= 0
    assert ledger.allocations == kept.ledger.allocations
    assert ledger.waitlist == kept.ledger.waitlist
    assert ledger.capacity == kept.ledger.capacity
