"""The audit trail: who did or tried what, when, and with which outcome. Records are added and never changed."""

from collections.abc import Iterator
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

from chassis.audit.quota import REFUSALS_A_MINUTE, Quota
from chassis.domain.aggregate import Aggregate
from chassis.domain.causation import Cause
from chassis.domain.faults import Fault
from chassis.domain.scope import Scope
from chassis.persistence.changes import Change
from chassis.persistence.documents import to_document
from chassis.persistence.repository import Repository
from chassis.persistence.unit_of_work import Document, Store, UnitOfWork

WRITE_TIMEOUT_SECONDS = 1.0
"""How long the answer to a refused request waits for its audit record to be written."""
_refusals: WeakKeyDictionary[Store, Quota] = WeakKeyDictionary()
"""The quota of refusals of each store of this process."""
_log = structlog.get_logger(__name__)


class Outcome(StrEnum):
    """Whether an operation was carried out."""

    DONE = "done"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class AuditedAction:
    """The operation that a caller asks for, and the ids it is about."""

    operation: str
    scope: Scope
    about: tuple[str, ...]


@dataclass(kw_only=True)
class AuditRecord(Aggregate):
    """One operation that a caller carried out or was refused.

    `organisation` is the caller's own, `address` that of their client. `resources` are the ids it was about; `changes`
    hold versions and names of fields. `code` is that of the refusal, and `unrecorded` how many refusals of this caller
    were dropped since the record before.
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
    unrecorded: int = 0
    request_id: str


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


def record_refused(store: Store, action: AuditedAction, fault: Fault, *, cause: Cause) -> None:
    """Record a refusal within the caller's quota; one that is over it, or cannot be written, is counted as dropped."""
    refusals = quota_of(store)
    caller = f"{action.scope.organisation} {action.scope.subject}"
    if not refusals.allow(caller):
        return
    unrecorded = refusals.take_dropped(caller)
    try:
        with pymongo.timeout(WRITE_TIMEOUT_SECONDS):
            store.transact(lambda uow: add_refusal(uow, action, code=fault.code, unrecorded=unrecorded), cause=cause)
    except PyMongoError as error:
        refusals.count_dropped(caller, 1 + unrecorded)
        about = {"operation": action.operation, "code": fault.code, "subject": action.scope.subject}
        _log.warning("refusal_not_recorded", error=type(error).__name__, **about)


def quota_of(store: Store) -> Quota:
    """Give the quota of recorded refusals of one store, which its callers share."""
    return _refusals.setdefault(store, Quota(REFUSALS_A_MINUTE))


def add_refusal(work: UnitOfWork, action: AuditedAction, *, code: str, unrecorded: int = 0) -> None:
    """Record a refusal, by this service or by the gateway."""
    refused: dict[str, Any] = {"resources": list(action.about), "code": code, "unrecorded": unrecorded}
    AuditRecords(work).add(_record(work, action, Outcome.REFUSED, **refused))


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
        request_id=work.cause.correlation_id,
        **known,
    )
