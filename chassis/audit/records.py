"""The audit trail: who did or tried what, when, and what came of it. Records are added, and never touched again."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, NoReturn
from weakref import WeakKeyDictionary

import pymongo
import structlog
from pymongo import IndexModel
from pymongo.errors import PyMongoError

from chassis.audit.quota import REFUSALS_A_MINUTE, Quota
from chassis.domain.aggregate import Aggregate
from chassis.domain.causation import Cause
from chassis.domain.faults import Fault
from chassis.domain.scope import Scope
from chassis.persistence.changes import Change
from chassis.persistence.documents import to_document
from chassis.persistence.repository import Repository
from chassis.persistence.unit_of_work import Store, UnitOfWork

PATIENCE_SECONDS = 1.0
"""How long a refusal waits for its record: it is refused in any case."""
_refusals: WeakKeyDictionary[Store, Quota] = WeakKeyDictionary()
"""What each store of this process has recorded this minute."""
_log = structlog.get_logger(__name__)


class Outcome(StrEnum):
    """What came of it."""

    DONE = "done"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class AuditedAction:
    """What somebody asks for: the operation, and the ids it is about."""

    operation: str
    scope: Scope
    about: tuple[str, ...]


@dataclass(kw_only=True)
class AuditRecord(Aggregate):
    """One thing that somebody did, or was refused.

    `organisation` is the caller's own. `resources` are the ids it was about; `changes` tell versions and names of
    fields. `code` says why it was refused, and `unrecorded` how many refusals like it were only counted since the
    one before.
    """

    at: datetime
    subject: str
    organisation: str
    roles: list[str]
    token_id: str | None
    operation: str
    outcome: Outcome
    resources: list[str]
    changes: list[Change] = field(default_factory=list)
    code: str | None = None
    unrecorded: int = 0
    request_id: str


class AuditRecords(Repository[AuditRecord]):
    """Every record of one service; those who work for an organisation see what its own people did."""

    collection = "audit_records"
    aggregate = AuditRecord
    owner_field = "organisation"
    indexes = (IndexModel(["subject", "_id"]), IndexModel(["resources", "_id"]))

    @classmethod
    def all_indexes(cls) -> list[IndexModel]:
        """Give fewer than others have: a record never changes, so that the order of ids is the only one."""
        return [*cls.indexes, IndexModel(["organisation", "_id"])]

    def save(self, aggregate: AuditRecord) -> NoReturn:
        """Refuse: what was recorded stays as it is, and what is new is added."""
        raise TypeError("audit records are added, and never changed")

    def add(self, record: AuditRecord) -> None:
        """Add a record, in the transaction under way if there is one."""
        record.version, record.updated_at = 1, record.at
        self._documents.insert_one(to_document(record), session=self._work.session)


def record_done(work: UnitOfWork, deed: AuditedAction) -> None:
    """Record, in the transaction of a change, who made it and what it changed."""
    changes = list(work.changes)
    about = dict.fromkeys([*deed.about, *(change.id for change in changes)])
    AuditRecords(work).add(_record(work, deed, Outcome.DONE, resources=list(about), changes=changes))


def record_refused(store: Store, deed: AuditedAction, fault: Fault, *, cause: Cause) -> None:
    """Record, or count, that something was refused; where that fails it is counted, and the answer is the same."""
    refusals = _refusals.setdefault(store, Quota(REFUSALS_A_MINUTE))
    caller = f"{deed.scope.organisation} {deed.scope.subject}"
    if not refusals.admits(caller):
        return
    unrecorded = refusals.left_out(caller)
    try:
        with pymongo.timeout(PATIENCE_SECONDS):
            add_refusal(store.reading(cause=cause), deed, code=fault.code, unrecorded=unrecorded)
    except PyMongoError as error:
        refusals.leave_out(caller, 1 + unrecorded)
        told = {"operation": deed.operation, "code": fault.code, "subject": deed.scope.subject}
        _log.warning("refusal_not_recorded", error=type(error).__name__, **told)


def add_refusal(work: UnitOfWork, deed: AuditedAction, *, code: str, unrecorded: int = 0) -> None:
    """Record that something was refused, here or at the door."""
    refused: dict[str, Any] = {"resources": list(deed.about), "code": code, "unrecorded": unrecorded}
    AuditRecords(work).add(_record(work, deed, Outcome.REFUSED, **refused))


def _record(work: UnitOfWork, deed: AuditedAction, outcome: Outcome, **known: Any) -> AuditRecord:
    return AuditRecord(
        id=work.new_id("aud"),
        at=work.now,
        subject=deed.scope.subject,
        organisation=deed.scope.organisation,
        roles=list(deed.scope.roles),
        token_id=deed.scope.token_id,
        operation=deed.operation,
        outcome=outcome,
        request_id=work.cause.correlation_id,
        **known,
    )
