"""The operations that every service offers on its audit trail."""

from datetime import datetime
from typing import Any, ClassVar

from marshmallow import fields, validate

from chassis.audit.records import AuditedAction, AuditRecords, Outcome, add_refusal
from chassis.domain.scope import Scope
from chassis.persistence.queries import listed
from chassis.persistence.unit_of_work import UnitOfWork
from chassis.rpc.server import append_only, query
from chassis.schemas.fields import Count, Instant, Line, one_of
from chassis.schemas.messages import PageRequest, Request, Resource, Response, page_of

MOST_IDS = 10


class ListAuditRecords(PageRequest):
    """Audit records of one subject or organisation, about one resource, of one outcome, or since an instant."""

    class Meta(PageRequest.Meta):
        exclude = ("updated_since",)  # a record never changes

    sort = one_of("id", "-id", load_default="id")
    subject = Line(longest=200)
    organisation = Line(longest=200)
    resource = Line(longest=60)
    outcome = one_of(*Outcome)
    since = Instant()


class RecordRefusal(Request):
    """A request that the gateway refused before it called this service."""

    operation = Line(longest=100, required=True)
    code = Line(longest=100, required=True)
    about = fields.List(Line(longest=60), required=True, validate=validate.Length(0, MOST_IDS))
    unrecorded = Count(required=True)


class ChangedResource(Response):
    """One changed resource: its versions before and after, and the names of the changed fields."""

    class Meta(Response.Meta):
        include: ClassVar = {"fields": fields.List(fields.String())}  # an attribute `fields` would hide that of Schema

    id = fields.String()
    before = Count()
    after = Count()


class AuditRecord(Resource):
    """One operation that a caller carried out or was refused."""

    at = Instant()
    subject = fields.String()
    organisation = fields.String()
    roles = fields.List(fields.String())
    token_id = fields.String(allow_none=True)
    operation = fields.String()
    outcome = one_of(*Outcome)
    resources = fields.List(fields.String())
    changes = fields.List(fields.Nested(ChangedResource))
    code = fields.String(allow_none=True)
    unrecorded = Count()
    request_id = fields.String()


class Recorded(Response):
    """An empty answer: the refusal is recorded."""


class AuditOperations:
    """A mixin of `chassis.runtime.service.Service`."""

    @query(ListAuditRecords, answers=page_of(AuditRecord))
    def list_audit_records(
        self,
        work: UnitOfWork,
        scope: Scope,
        *,
        resource: str | None = None,
        since: datetime | None = None,
        **asked: Any,
    ) -> dict[str, Any]:
        """List audit records within the caller's scope."""
        about: dict[str, Any] = {"resources": resource} if resource else {}
        recent: dict[str, Any] = {"at": {"$gte": since}} if since else {}
        return listed(AuditRecords(work), scope=scope, **asked, **about, **recent)

    @append_only(RecordRefusal, answers=Recorded)
    def record_refusal(
        self, work: UnitOfWork, scope: Scope, *, operation: str, code: str, about: list[str], unrecorded: int
    ) -> dict[str, Any]:
        """Record that the gateway refused a request."""
        action = AuditedAction(operation=operation, scope=scope, about=tuple(about))
        add_refusal(work, action, code=code, unrecorded=unrecorded)
        return {}
