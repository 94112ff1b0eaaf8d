"""The operations that every service has on its audit trail."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, TypedDict, Unpack

from marshmallow import validate

from chassis.audit.records import AuditRecord, AuditRecords, Outcome, add_refusal
from chassis.audit.refusals import AuditedAction
from chassis.domain.scope import Scope
from chassis.persistence.queries import list_page
from chassis.persistence.unit_of_work import Reading, UnitOfWork
from chassis.schemas.fields import Count, Line, Unique
from chassis.schemas.messages import Page, Paging
from chassis.schemas.operations import append_only, query

MOST_IDS = 10
Name = Annotated[str, Line(longest=200)]
ShortText = Annotated[str, Line(longest=100)]
Ids = Annotated[list[str], Unique(Line(longest=60), validate=validate.Length(0, MOST_IDS))]


class Repeats(TypedDict, total=False):
    """What is told where several refusals of one kind were counted: how many, and the last of them."""

    times: Annotated[int, Count(least=1)]
    first_at: datetime
    last_at: datetime
    last_address: ShortText | None
    last_request_id: Name


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """An empty answer: the refusal is recorded."""


@query
def list_audit_records(
    reading: Reading,
    scope: Scope,
    *,
    paging: Paging,
    subject: Name | None = None,
    organisation: Name | None = None,
    resource: Annotated[str, Line(longest=60)] | None = None,
    outcome: Outcome | None = None,
    since: datetime | None = None,
) -> Page[AuditRecord]:
    """List audit records: of one subject or organisation, about one resource, of one outcome, or since an instant."""
    recent = {"$gte": since} if since else None
    about: dict[str, Any] = {
        "subject": subject,
        "organisation": organisation,
        "resources": resource,
        "outcome": outcome,
        "at": recent,
    }
    return list_page(AuditRecords(reading), paging, scope=scope, **about)


@append_only
def record_refusal(
    uow: UnitOfWork,
    scope: Scope,
    *,
    operation: ShortText,
    code: ShortText,
    about: Ids,
    **repeats: Unpack[Repeats],
) -> Recorded:
    """Record that the gateway refused a request, or several of one kind."""
    action = AuditedAction(operation=operation, scope=scope, about=tuple(about))
    add_refusal(uow, action, code=code, **repeats)
    return Recorded()


OPERATIONS = (list_audit_records, record_refusal)
