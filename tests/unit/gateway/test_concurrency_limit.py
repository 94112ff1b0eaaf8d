"""The number of requests under way is limited."""

from contextlib import ExitStack, suppress

import pytest

from chassis.domain.faults import Fault
from gateway.http.concurrency_limit import ConcurrencyLimit


def test_one_too_many_is_refused_at_once() -> None:
    limit = ConcurrencyLimit(2)

    with limit.slot(), limit.slot(), pytest.raises(Fault) as refusal, limit.slot():
        pass

    assert (refusal.value.kind, refusal.value.code) == ("unavailable", "overloaded")


def test_who_leaves_makes_room_even_when_in_trouble() -> None:
    limit = ConcurrencyLimit(2)
    with suppress(RuntimeError), limit.slot():
        raise RuntimeError("broke inside")

    assert room_in(limit) == 2


def test_who_was_refused_neither_takes_room_nor_gives_any() -> None:
    limit = ConcurrencyLimit(2)
    with limit.slot(), limit.slot():
        with suppress(Fault), limit.slot():
            pass
        assert room_in(limit) == 0

    assert room_in(limit) == 2


def test_a_large_request_takes_several_places_but_never_more_than_there_are() -> None:
    limit = ConcurrencyLimit(4)

    with limit.slot(3):
        assert room_in(limit) == 1
        with pytest.raises(Fault), limit.slot(2):
            pass
    with limit.slot(100):
        assert room_in(limit) == 0
    assert room_in(limit) == 4


def room_in(limit: ConcurrencyLimit) -> int:
    """How many are let in now; they have left again when it is told."""
    with ExitStack() as inside, suppress(Fault):
        for count in range(10):
            let_in = count
            inside.enter_context(limit.slot())
    return let_in
