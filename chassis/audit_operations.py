"""What every service answers about its audit trail, and takes note of in it."""

from datetime import datetime
from typing import Any

from marshmallow import fields, validate

from chassis.audit import AuditRecords, Deed, Outcome, add_refusal
from chassis.rpc_server import note, question
from chassis.schemas import Asked, Count, Instant, Paged, Text, one_of
from chassis.scope import Scope
from chassis.store import Work
from chassis.views import listed

MOST_IDS = 10


class ListAuditRecords(Paged):
    """Audit records of one subject or organisation, about one thing, of one outcome, or since an instant."""

    class Meta(Paged.Meta):
        exclude = ("updated_since",)  # a record never changes

    sort = one_of("id", "-id", load_default="id")
    subject = Text(longest=200)
    organisation = Text(longest=200)
    resource = Text(longest=60)
    outcome = one_of(*Outcome)
    since = Instant()


class RecordRefusal(Asked):
    """Something was refused before this service was asked."""

    operation = Text(longest=100, required=True)
    code = Text(longest=100, required=True)
    about = fields.List(Text(longest=60), required=True, validate=validate.Length(0, MOST_IDS))
    unrecorded = Count(required=True)


class AnswersForTheAudit:
    """The operations; a service inherits them with `Service`."""

    @question(ListAuditRecords)
    def list_audit_records(
        self, work: Work, scope: Scope, *, resource: str | None = None, since: datetime | None = None, **asked: Any
    ) -> dict[str, Any]:
        """A page of audit records within the caller's scope."""
        about: dict[str, Any] = {"resources": resource} if resource else {}
        recent: dict[str, Any] = {"at": {"$gte": since}} if since else {}
        return listed(AuditRecords(work), scope=scope, **asked, **about, **recent)

    @note(RecordRefusal)
    def record_refusal(
        self, work: Work, scope: Scope, *, operation: str, code: str, about: list[str], unrecorded: int
    ) -> dict[str, Any]:
        """Somebody was refused at the door."""
        deed = Deed(operation=operation, scope=scope, about=tuple(about))
        add_refusal(work, deed, code=code, unrecorded=unrecorded)
        return {}
