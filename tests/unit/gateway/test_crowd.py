"""So many at a time, and no more."""

from contextlib import ExitStack, suppress

import pytest

from chassis.domain.faults import Fault
from gateway.http.concurrency_limit import ConcurrencyLimit


def test_one_too_many_is_refused_at_once() -> None:
    crowd = ConcurrencyLimit(2)

    with crowd.joined(), crowd.joined(), pytest.raises(Fault) as refusal, crowd.joined():
        pass

    assert (refusal.value.kind, refusal.value.code) == ("unavailable", "overloaded")


def test_who_leaves_makes_room_even_when_in_trouble() -> None:
    crowd = ConcurrencyLimit(2)
    with suppress(RuntimeError), crowd.joined():
        raise RuntimeError("broke inside")

    assert room_in(crowd) == 2


def test_who_was_refused_neither_takes_room_nor_gives_any() -> None:
    crowd = ConcurrencyLimit(2)
    with crowd.joined(), crowd.joined():
        with suppress(Fault), crowd.joined():
            pass
        assert room_in(crowd) == 0

    assert room_in(crowd) == 2


def room_in(crowd: ConcurrencyLimit) -> int:
    """How many are let in now; they have left again when it is told."""
    with ExitStack() as inside, suppress(Fault):
        for count in range(10):
            let_in = count
            inside.enter_context(crowd.joined())
    return let_in
