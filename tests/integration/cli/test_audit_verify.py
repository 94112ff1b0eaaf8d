"""`./partnerships audit verify`, as an operator gives it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from pymongo import MongoClient
from pymongo.database import Database

from chassis.audit.records import AuditRecords, add_refusal
from chassis.audit.refusals import AuditedAction
from chassis.audit.seals import SEALS, SETTLED, last_seal, seal_records
from chassis.domain.causation import Cause
from chassis.domain.identity import new_id
from chassis.domain.scope import Scope
from chassis.persistence.unit_of_work import Store
from cli.local.errors import CannotStart
from cli.local.parts import Parts
from cli.operations.audit import verified

PREFIX = "audit_verify_"
ACTION = AuditedAction(operation="camps.show_camp", scope=Scope(subject="anna", organisation="*"), about=("cmp_1",))


@pytest.fixture
def camps(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database[dict[str, Any]]]:
    """The database of camps, with three records in one seal."""
    monkeypatch.setenv("AMQP_URI", parts.amqp_uri)
    monkeypatch.setenv("MONGO_URI", parts.mongo_uri)
    monkeypatch.setenv("DATABASE_PREFIX", PREFIX)
    with MongoClient[dict[str, Any]](parts.mongo_uri, tz_aware=True) as client:
        database = client[f"{PREFIX}camps"]
        a_moment_ago = lambda: datetime.now(UTC) - 2 * SETTLED  # noqa: E731  as short as what it does
        store = Store(service="camps", database=database, clock=a_moment_ago, new_id=new_id, envelope_fields={})
        for _ in range(3):
            store.transact(lambda uow: add_refusal(uow, ACTION, code="x"), cause=Cause(correlation_id="req_1"))
        store.clock = lambda: datetime.now(UTC)
        assert seal_records(store) == 3
        yield database
        client.drop_database(database.name)


def test_a_trail_that_is_as_it_was_written_is_right(camps: Database[dict[str, Any]]) -> None:
    (line,) = verified("camps", head=None)

    assert line.startswith("camps: 3 records in 1 seals, 0 not sealed yet; head 1:")


def test_a_record_that_was_removed_is_named_and_the_command_fails(camps: Database[dict[str, Any]]) -> None:
    removed = camps[AuditRecords.collection].find_one_and_delete({})
    assert removed

    lines = verified("camps", head=None)

    assert next(lines).startswith("camps: 3 records")
    assert next(lines).startswith(f"camps: record {removed['_id']}")
    with pytest.raises(CannotStart, match="1 faults: the audit trail is not what the services wrote"):
        next(lines)


def test_a_head_from_the_log_shows_that_the_end_was_cut_off(camps: Database[dict[str, Any]]) -> None:
    head = f"1:{last_seal(camps[SEALS]).digest}"
    assert [*verified("camps", head=head)]
    camps[SEALS].delete_many({})
    camps[AuditRecords.collection].delete_many({})

    with pytest.raises(CannotStart, match="1 faults"):
        list(verified("camps", head=head))


def test_a_service_that_is_not_there_is_named() -> None:
    with pytest.raises(CannotStart, match="is expected, not campsites"):
        list(verified("campsites", head=None))
