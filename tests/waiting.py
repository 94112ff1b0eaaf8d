"""For tests only: waiting for a condition, a clock that stands, and a store of one's own."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, TypeVar
from uuid import uuid4

from pymongo import MongoClient
from pymongo.database import Database

from chassis.persistence.unit_of_work import Store

T = TypeVar("T")
POLL_SECONDS = 0.02
LONG_ENOUGH_SECONDS = 100.0
"""Longer than two waits in a row that the platform makes by itself, on a machine that does more: until another
process does what one had claimed and did not end (30 s); until a reaction or a letter is tried again twice (35 s)."""


def eventually(check: Callable[[], T], *, within: float = LONG_ENOUGH_SECONDS) -> T:
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
        time.sleep(POLL_SECONDS)


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
    name = f"test_{uuid4().hex[:12]}"
    with _client(mongo_uri) as client:
        yield _store(client[name], clock, envelope_fields)
        client.drop_database(name)


@contextmanager
def emptied_store(mongo_uri: str, *, name: str, envelope_fields: Mapping[str, str] | None = None) -> Iterator[Store]:
    """Have a store with the database of this name, of which nothing but its indexes is left from whoever had it before.

    To make them, and to drop them, takes longer than most tests.
    """
    with _client(mongo_uri) as client:
        for collection in _not_empty(client[name]):
            client[name][collection].delete_many({})
        yield _store(client[name], None, envelope_fields)


def _not_empty(database: Database[dict[str, Any]]) -> list[str]:
    """The names of the collections with something in them, found out by one question."""
    looks = [
        {"coll": name, "pipeline": [{"$limit": 1}, {"$project": {"_id": 0, "found": {"$literal": name}}}]}
        for name in database.list_collection_names()
    ]
    found = database.aggregate([{"$documents": []}, *({"$unionWith": look} for look in looks)])
    return [each["found"] for each in found]


def _client(mongo_uri: str) -> MongoClient[dict[str, Any]]:
    return MongoClient(mongo_uri, tz_aware=True)


def _store(
    database: Database[dict[str, Any]],
    clock: Callable[[], datetime] | None,
    envelope_fields: Mapping[str, str] | None,
) -> Store:
    numbers = count(1)
    return Store(
        service="test",
        database=database,
        clock=clock or FixedClock(),
        new_id=lambda prefix: f"{prefix}_{next(numbers):026d}",
        envelope_fields=envelope_fields or {},
    )
