"""Python's search for garbage, once a process has started."""

import gc
from collections.abc import Iterator
from weakref import ref

import pytest

from chassis.runtime.garbage import collect_seldom


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Let the other tests have the collector that they had."""
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


class Linked:
    """A thing that may refer to itself, so that only a search finds that nobody else does."""

    itself: "Linked"


def test_what_was_there_at_the_start_is_not_searched_again() -> None:
    module_like = Linked()

    collect_seldom()

    assert all(each is not module_like for each in gc.get_objects())


def test_garbage_made_later_is_found() -> None:
    collect_seldom()
    thing = Linked()
    thing.itself, gone = thing, ref(thing)
    del thing

    kept = [[] for _ in range(gc.get_threshold()[0] + 1)]  # enough new ones for a search

    assert gone() is None
    assert kept


def test_a_few_requests_cause_no_search() -> None:
    collect_seldom()
    searches = gc.get_stats()[0]["collections"]

    kept = [[] for _ in range(5_000)]

    assert gc.get_stats()[0]["collections"] == searches
    assert kept
