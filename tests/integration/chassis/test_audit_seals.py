"""A record of the audit trail that is removed, changed or added behind the services' backs is seen."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pymongo.database import Database

from chassis.audit.records import AuditRecords, add_refusal
from chassis.audit.refusals import AuditedAction
from chassis.audit.seals import LATE, MOST_RECORDS, SEALS, SETTLED, digest_of_seal, seal_records, verify
from chassis.domain.causation import Cause
from chassis.domain.scope import Scope
from chassis.persistence.unit_of_work import Store
from tests.waiting import FixedClock

BEGIN = datetime(2026, 6, 1, 9, tzinfo=UTC)
ACTION = AuditedAction(operation="notes.show", scope=Scope(subject="anna", organisation="org_1"), about=("nte_1",))
CAUSE = Cause(correlation_id="req_1")
A_MINUTE = timedelta(minutes=1)
Stored = Database[dict[str, Any]]


@pytest.fixture
def trail(store: Store) -> Iterator[Store]:
    store.clock = FixedClock(BEGIN)
    yield store


def record(store: Store, *, at: datetime, count: int = 1) -> None:
    store.clock = FixedClock(at)
    for _ in range(count):
        store.transact(lambda uow: add_refusal(uow, ACTION, code="not_found"), cause=CAUSE)


def sealed_at(store: Store, at: datetime) -> int:
    store.clock = FixedClock(at)
    return seal_records(store)


def faults(store: Store, *, kept_since: datetime = BEGIN - timedelta(days=1)) -> list[str]:
    return verify(store.database, kept_since=kept_since).faults


@pytest.fixture
def three_seals(trail: Store) -> Store:
    """Two records in each of three seals."""
    for minute in range(3):
        record(trail, at=BEGIN + minute * A_MINUTE, count=2)
        assert sealed_at(trail, BEGIN + minute * A_MINUTE + SETTLED) == 2
    return trail


def ids(store: Store) -> list[str]:
    return [each["_id"] for each in store.database[AuditRecords.collection].find().sort([("at", 1), ("_id", 1)])]


def test_what_the_services_wrote_is_in_order(three_seals: Store) -> None:
    found = verify(three_seals.database, kept_since=BEGIN)

    assert (found.sealed, found.seals, found.unsealed, found.faults) == (6, 3, 0, [])
    assert found.head.startswith("3:")


def test_what_is_young_waits_for_the_next_seal(trail: Store) -> None:
    record(trail, at=BEGIN)

    assert sealed_at(trail, BEGIN + SETTLED - timedelta(seconds=1)) == 0
    assert verify(trail.database, kept_since=BEGIN).unsealed == 1
    assert sealed_at(trail, BEGIN + SETTLED) == 1


def remove_a_record(database: Stored, id: str) -> None:
    database[AuditRecords.collection].delete_one({"_id": id})


def change_a_record(database: Stored, id: str) -> None:
    database[AuditRecords.collection].update_one({"_id": id}, {"$set": {"subject": "bo"}})


def take_a_member_away(database: Stored, id: str) -> None:
    database[AuditRecords.collection].update_one({"_id": id}, {"$unset": {"code": ""}})


@pytest.mark.parametrize(
    ("tamper", "told"),
    [(remove_a_record, "was removed"), (change_a_record, "was changed"), (take_a_member_away, "was changed")],
)
@pytest.mark.parametrize("which", [0, 3, 5])
def test_what_is_done_to_a_record_is_seen(
    three_seals: Store, tamper: Callable[[Stored, str], None], told: str, which: int
) -> None:
    id = ids(three_seals)[which]
    tamper(three_seals.database, id)

    (fault,) = faults(three_seals)
    assert fault.startswith(f"record {id} of 2026-06-01 09:0{which // 2}Z {told}")


def test_a_record_of_long_ago_that_was_not_there_is_seen(three_seals: Store) -> None:
    three_seals.database[AuditRecords.collection].insert_one({"_id": "aud_forged", "at": BEGIN - A_MINUTE})
    sealed_at(three_seals, BEGIN + 10 * A_MINUTE)

    assert faults(three_seals) == ["record aud_forged of 2026-06-01 08:59Z was added afterwards"]


@pytest.mark.parametrize(("number", "told"), [(1, "seal 1 was removed"), (2, "seal 2 was removed")])
def test_a_seal_that_is_removed_is_seen(three_seals: Store, number: int, told: str) -> None:
    three_seals.database[SEALS].delete_one({"_id": number})

    assert told in faults(three_seals)


def test_a_seal_rewritten_without_a_record_does_not_fit_the_next_one(three_seals: Store) -> None:
    """Removed, and the seal written anew to fit: what follows names the old one."""
    seals = three_seals.database[SEALS]
    seal: Any = seals.find_one({"_id": 2})
    remove_a_record(three_seals.database, seal["records"].pop(0)["id"])
    seals.replace_one({"_id": 2}, {**seal, "digest": digest_of_seal(seal)})

    assert faults(three_seals) == ["seal 3 does not follow seal 2"]


def test_a_seal_that_is_changed_is_seen(three_seals: Store) -> None:
    three_seals.database[SEALS].update_one({"_id": 3}, {"$pop": {"records": 1}})

    assert "seal 3 was changed" in faults(three_seals)


def test_a_trail_whose_end_was_cut_off_differs_from_a_kept_head(three_seals: Store) -> None:
    kept = verify(three_seals.database, kept_since=BEGIN).head
    for id in ids(three_seals)[4:]:
        remove_a_record(three_seals.database, id)
    three_seals.database[SEALS].delete_one({"_id": 3})

    found = verify(three_seals.database, kept_since=BEGIN)
    assert (found.faults, found.head.partition(":")[0]) == ([], "2")
    assert found.head != kept


def test_records_that_expired_are_no_fault(three_seals: Store) -> None:
    for id in ids(three_seals)[:2]:
        remove_a_record(three_seals.database, id)
    assert faults(three_seals, kept_since=BEGIN + timedelta(seconds=30)) == []

    three_seals.database[SEALS].delete_one({"_id": 1})

    assert faults(three_seals, kept_since=BEGIN + timedelta(seconds=30)) == []


def test_a_record_that_commits_late_is_in_a_later_seal(three_seals: Store) -> None:
    record(three_seals, at=BEGIN + 2 * A_MINUTE + SETTLED - LATE + timedelta(seconds=1))

    assert sealed_at(three_seals, BEGIN + 3 * A_MINUTE) == 1
    assert faults(three_seals) == []


def test_many_are_sealed_in_several_seals_after_a_long_pause(trail: Store) -> None:
    record(trail, at=BEGIN)
    sealed_at(trail, BEGIN + A_MINUTE)
    template: Any = trail.database[AuditRecords.collection].find_one()
    later = [{**template, "_id": f"aud_{number:06}", "at": BEGIN + A_MINUTE} for number in range(MOST_RECORDS + 5)]
    trail.database[AuditRecords.collection].insert_many(later)

    assert sealed_at(trail, BEGIN + timedelta(days=3)) == MOST_RECORDS + 5
    assert sealed_at(trail, BEGIN + timedelta(days=3)) == 0
    found = verify(trail.database, kept_since=BEGIN - A_MINUTE)
    assert (found.sealed, found.seals, found.faults) == (MOST_RECORDS + 6, 3, [])


def test_who_writes_and_who_seals_at_once_do_not_hinder_each_other(store: Store) -> None:
    """Four write and two seal, all at one time, on the real clock less what must settle."""
    write = lambda: [store.transact(lambda uow: add_refusal(uow, ACTION, code="x"), cause=CAUSE) for _ in range(25)]  # noqa: E731
    ahead = Store(service="notes", database=store.database, clock=lambda: datetime.now(UTC) + SETTLED + A_MINUTE,
                  new_id=lambda prefix: f"{prefix}_1", envelope_fields={})  # fmt: skip
    store.clock = lambda: datetime.now(UTC)
    with ThreadPoolExecutor(6) as executor:
        writing = [executor.submit(write) for _ in range(4)]
        sealing = [executor.submit(lambda: [seal_records(ahead) for _ in range(15)]) for _ in range(2)]
        assert all(done.result() is not None for done in [*writing, *sealing])
    seal_records(ahead)

    found = verify(store.database, kept_since=BEGIN)
    assert (found.sealed, found.unsealed, found.faults) == (100, 0, [])
