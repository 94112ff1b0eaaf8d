"""So many at a time, and no more."""

from contextlib import suppress

import pytest

from chassis.domain.faults import Fault
from gateway.http.concurrency_limit import ConcurrencyLimit


def test_one_too_many_is_refused_at_once() -> None:
    crowd = ConcurrencyLimit(2)

    with crowd.joined(), crowd.joined(), pytest.raises(Fault) as refusal, crowd.joined():
        pass

    assert (refusal.value.kind, refusal.value.code) == ("unavailable", "overloaded")


def test_who_leaves_makes_room_even_when_in_trouble() -> None:
    crowd = ConcurrencyLimit(1)
    with suppress(RuntimeError), crowd.joined():
        raise RuntimeError("broke inside")

    with crowd.joined():
        pass


def test_who_was_refused_takes_no_room_away() -> None:
    crowd = ConcurrencyLimit(1)
    with crowd.joined(), suppress(Fault), crowd.joined():
        pass

    with crowd.joined():
        pass
