"""The audit trail: who did or tried what, when, and with which outcome. Records are added and never changed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, NoReturn
from weakref import WeakKeyDictionary

import pymongo
import structlog
from pymongo import IndexModel
from pymongo.database import Database
from pymongo.errors import PyMongoError

from chassis.audit.refusals import AuditedAction, Counted, Refusal, RefusalLimit
from chassis.domain.aggregate import Aggregate
from chassis.domain.causation import Cause
from chassis.domain.identity import select_ids
from chassis.persistence.changes import Change
from chassis.persistence.documents import to_document
from chassis.persistence.repository import Repository
from chassis.persistence.unit_of_work import Document, Store, UnitOfWork

WRITE_TIMEOUT_SECONDS = 1.0
"""How long the answer to a refused request waits for its audit record to be written."""
_limits: WeakKeyDictionary[Store, RefusalLimit] = WeakKeyDictionary()
"""What limits the recorded refusals of each store of this process."""
_log = structlog.get_logger(__name__)


class Outcome(StrEnum):
    """Whether an operation was carried out, showed what is about people, or was refused."""

    DONE = "done"
    READ = "read"
    REFUSED = "refused"


@dataclass(kw_only=True)
class AuditRecord(Aggregate):
    """One operation that a caller carried out or was refused, or what was refused so often that it was counted.

    `organisation` is the caller's own, `address` that of their client. `resources` are the ids it was about, and those
    that were shown; `changes` hold versions and names of fields. `code` is that of the refusal. `detail` is what an
    operator's command was to do. `entered_as_history` says that something was put on record that had happened before.
    Where `times` is more than 1 it stands for that many refusals of one kind; it says
    of the first what it says of a single one, and the rest in `first_at`, `last_at` and so on.
    """

    at: datetime
    subject: str
    organisation: str
    roles: list[str]
    token_id: str | None
    address: str | None = None
    operation: str
    outcome: Outcome
    resources: list[str]
    changes: list[Change] = field(default_factory=list)
    code: str | None = None
    detail: str | None = None
    entered_as_history: bool = False
    request_id: str
    times: int = 1
    first_at: datetime | None = None
    last_at: datetime | None = None
    last_address: str | None = None
    last_request_id: str | None = None


class AuditRecords(Repository[AuditRecord]):
    """All records of one service; callers of an organisation see those of its own people."""

    collection = "audit_records"
    aggregate = AuditRecord
    owner_field = "organisation"
    indexes = (IndexModel(["subject", "_id"]), IndexModel(["resources", "_id"]))

    @classmethod
    def all_indexes(cls) -> list[IndexModel]:
        """Give fewer indexes than other repositories: records never change, so they are only sorted by id."""
        return [*cls.indexes, IndexModel(["organisation", "_id"])]

    def stored(self, where: Document, *, most: int) -> Iterator[Document]:
        """Give the oldest documents that fit, as they are stored."""
        yield from self._documents.find(where, session=self._session).sort([("at", 1), ("_id", 1)]).limit(most)

    @classmethod
    def all_stored(cls, database: Database[Document]) -> Iterator[Document]:
        """Give every document as it is stored."""
        yield from database[cls.collection].find()

    def save(self, aggregate: AuditRecord, **_: Any) -> NoReturn:
        """Raise TypeError: records are never changed; use `add`."""
        raise TypeError("audit records are never changed: add one")

    def add(self, record: AuditRecord) -> None:
        """Add a record, in the current transaction if there is one."""
        record.version, record.updated_at = 1, record.at
        self._documents.insert_one(to_document(record), session=self._unit_of_work.session)


def record_done(work: UnitOfWork, action: AuditedAction) -> None:
    """Record, in the transaction of a command, who gave it and what it changed."""
    changes = list(work.changes)
    about = dict.fromkeys([*action.about, *(change.id for change in changes)])
    AuditRecords(work).add(_record(work, action, Outcome.DONE, resources=list(about), changes=changes))


def record_read(store: Store, action: AuditedAction, answer: Mapping[str, Any], *, cause: Cause) -> None:
    """Record who reads what is about people, before they get it; raises PyMongoError when it cannot be recorded."""
    shown = (value for item in answer.get("items", [answer]) for value in item.values())
    about = dict.fromkeys([*action.about, *select_ids(shown)])
    store.insert(
        lambda uow: AuditRecords(uow).add(_record(uow, action, Outcome.READ, resources=list(about))), cause=cause
    )


def record_operator(store: Store, action: AuditedAction, *, detail: str, cause: Cause) -> None:
    """Record what an operator does with a database directly."""
    done: dict[str, Any] = {"resources": list(action.about), "detail": detail}
    store.insert(lambda uow: AuditRecords(uow).add(_record(uow, action, Outcome.DONE, **done)), cause=cause)


def record_refused(store: Store, refusal: Refusal) -> None:
    """Record a refusal; one that is over the caller's quota, or cannot be written, is counted."""
    limit = limit_of(store)
    if not limit.admits(refusal):
        limit.count(Counted.of(refusal))
        return
    try:
        with pymongo.timeout(WRITE_TIMEOUT_SECONDS):
            cause = Cause(correlation_id=refusal.request_id)
            store.transact(lambda uow: add_refusal(uow, refusal.action, code=refusal.code), cause=cause)
    except PyMongoError as error:
        limit.count(Counted.of(refusal))
        about = {"operation": refusal.action.operation, "code": refusal.code, "subject": refusal.action.scope.subject}
        _log.warning("refusal_not_recorded", error=type(error).__name__, **about)


def record_counted(store: Store, *, at_once: bool = False) -> None:
    """Record the refusals that were counted for a minute, or until now; raises PyMongoError, and keeps them then."""
    limit = limit_of(store)
    taken = limit.take(at_once=at_once)
    try:
        if taken:
            store.transact(lambda uow: _add_counted(uow, taken), cause=Cause(correlation_id="audit_counted"))
    except PyMongoError:
        for each in taken:
            limit.count(each)
        raise


def _add_counted(work: UnitOfWork, taken: Sequence[Counted]) -> None:
    for each in taken:
        add_refusal(work, each.action, code=each.kind.code, request_id=each.first.request_id, **each.repeats())


def limit_of(store: Store) -> RefusalLimit:
    """Give what limits the recorded refusals of one store, which its callers share."""
    return _limits.setdefault(store, RefusalLimit())


def add_refusal(work: UnitOfWork, action: AuditedAction, *, code: str, **repeats: Any) -> None:
    """Record a refusal, by this service or by the gateway, or several of one kind."""
    refused = _record(work, action, Outcome.REFUSED, resources=list(action.about), code=code, **repeats)
    AuditRecords(work).add(refused)


def _record(work: UnitOfWork, action: AuditedAction, outcome: Outcome, **known: Any) -> AuditRecord:
    return AuditRecord(
        id=work.new_id("aud"),
        at=work.now,
        subject=action.scope.subject,
        organisation=action.scope.organisation,
        roles=list(action.scope.roles),
        token_id=action.scope.token_id,
        address=action.scope.address,
        operation=action.operation,
        outcome=outcome,
        entered_as_history=work.cause.entered_as_history,
        **{"request_id": work.cause.correlation_id, **known},
    )
