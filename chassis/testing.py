"""For tests only: waiting for a condition, a clock that stands, and a store of one's own."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, TypeVar
from uuid import uuid4

from pymongo import MongoClient

from chassis.store import Store

T = TypeVar("T")
GLANCE_SECONDS = 0.02


def eventually(check: Callable[[], T], *, within: float = 15.0) -> T:
    """Give what `check` returns as soon as it neither raises an AssertionError nor gives something falsy.

    Raises AssertionError after `within` seconds, with what the last look said was missing.
    """
    deadline = time.monotonic() + within
    while True:
        try:
            found = check()
            assert found, f"{check.__name__} gave {found!r}"
            return found
        except AssertionError as missing:
            if time.monotonic() > deadline:
                raise AssertionError(f"not within {within} s: {missing}") from missing
        time.sleep(GLANCE_SECONDS)


class FixedClock:
    """A clock that stands until it is moved."""

    def __init__(self, now: datetime = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)) -> None:
        """Stand at `now`."""
        self.now = now

    def __call__(self) -> datetime:
        """Give the instant at which it stands."""
        return self.now

    def move(self, by: timedelta) -> None:
        """Let time pass at once."""
        self.now += by


@contextmanager
def own_store(
    mongo_uri: str, *, clock: Callable[[], datetime] | None = None, envelope_fields: Mapping[str, str] | None = None
) -> Iterator[Store]:
    """Have a store with a database of its own, gone afterwards; ids count up so that they can be read."""
    client: MongoClient[dict[str, Any]] = MongoClient(mongo_uri, tz_aware=True)
    name, numbers = f"test_{uuid4().hex[:12]}", count(1)
    store = Store(
        service="test",
        database=client[name],
        clock=clock or FixedClock(),
        new_id=lambda prefix: f"{prefix}_{next(numbers):026d}",
        envelope_fields=envelope_fields or {},
    )
    try:
        yield store
    finally:
        client.drop_database(name)
        client.close()
