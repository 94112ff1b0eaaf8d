"""What every service answers about its audit trail, and takes note of in it."""

from datetime import datetime
from typing import Any, ClassVar

from marshmallow import fields, validate

from chassis.audit import AuditRecords, Deed, Outcome, add_refusal
from chassis.rpc_server import note, question
from chassis.schemas import Answered, Asked, Count, Instant, Kept, Line, Paged, Text, one_of, page_of
from chassis.scope import Scope
from chassis.store import Work
from chassis.views import listed

MOST_IDS = 10


class ListAuditRecords(Paged):
    """Audit records of one subject or organisation, about one thing, of one outcome, or since an instant."""

    class Meta(Paged.Meta):
        exclude = ("updated_since",)  # a record never changes

    sort = one_of("id", "-id", load_default="id")
    subject = Line(longest=200)
    organisation = Line(longest=200)
    resource = Line(longest=60)
    outcome = one_of(*Outcome)
    since = Instant()


class RecordRefusal(Asked):
    """Something was refused before this service was asked."""

    operation = Text(longest=100, required=True)
    code = Text(longest=100, required=True)
    about = fields.List(Text(longest=60), required=True, validate=validate.Length(0, MOST_IDS))
    unrecorded = Count(required=True)


class ChangedThing(Answered):
    """One thing that was changed: its versions before and after, and the names of what is different."""

    class Meta(Answered.Meta):
        include: ClassVar = {"fields": fields.List(fields.String())}  # as an attribute it would hide Schema's own

    id = fields.String()
    before = Count()
    after = Count()


class AuditedDeed(Kept):
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


class Recorded(Answered):
    """Nothing but that it is recorded."""


class AnswersForTheAudit:
    """The operations; a service inherits them with `Service`."""

    @question(ListAuditRecords, answers=page_of(AuditedDeed))
    def list_audit_records(
        self, work: Work, scope: Scope, *, resource: str | None = None, since: datetime | None = None, **asked: Any
    ) -> dict[str, Any]:
        """A page of audit records within the caller's scope."""
        about: dict[str, Any] = {"resources": resource} if resource else {}
        recent: dict[str, Any] = {"at": {"$gte": since}} if since else {}
        return listed(AuditRecords(work), scope=scope, **asked, **about, **recent)

    @note(RecordRefusal, answers=Recorded)
    def record_refusal(
        self, work: Work, scope: Scope, *, operation: str, code: str, about: list[str], unrecorded: int
    ) -> dict[str, Any]:
        """Somebody was refused at the door."""
        deed = Deed(operation=operation, scope=scope, about=tuple(about))
        add_refusal(work, deed, code=code, unrecorded=unrecorded)
        return {}
