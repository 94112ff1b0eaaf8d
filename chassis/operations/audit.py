"""What every service answers about its audit trail, and takes note of in it."""

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
    """Audit records of one subject or organisation, about one thing, of one outcome, or since an instant."""

    class Meta(PageRequest.Meta):
        exclude = ("updated_since",)  # a record never changes

    sort = one_of("id", "-id", load_default="id")
    subject = Line(longest=200)
    organisation = Line(longest=200)
    resource = Line(longest=60)
    outcome = one_of(*Outcome)
    since = Instant()


class RecordRefusal(Request):
    """Something was refused before this service was asked."""

    operation = Line(longest=100, required=True)
    code = Line(longest=100, required=True)
    about = fields.List(Line(longest=60), required=True, validate=validate.Length(0, MOST_IDS))
    unrecorded = Count(required=True)


class ChangedThing(Response):
    """One thing that was changed: its versions before and after, and the names of what is different."""

    class Meta(Response.Meta):
        include: ClassVar = {"fields": fields.List(fields.String())}  # as an attribute it would hide Schema's own

    id = fields.String()
    before = Count()
    after = Count()


class AuditedDeed(Resource):
    """One thing that somebody did, or was refused."""

    at = Instant()
    subject = fields.String()
    organisation = fields.String()
    roles = fields.List(fields.String())
    token_id = fields.String(allow_none=True)
    operation = fields.String()
    outcome = one_of(*Outcome)
    resources = fields.List(fields.String())
    changes = fields.List(fields.Nested(ChangedThing))
    code = fields.String(allow_none=True)
    unrecorded = Count()
    request_id = fields.String()


class Recorded(Response):
    """Nothing but that it is recorded."""


class AnswersForTheAudit:
    """The operations; a service inherits them with `Service`."""

    @query(ListAuditRecords, answers=page_of(AuditedDeed))
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
        """Somebody was refused at the door."""
        deed = AuditedAction(operation=operation, scope=scope, about=tuple(about))
        add_refusal(work, deed, code=code, unrecorded=unrecorded)
        return {}
