"""What one can see of a partner's timeline."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

from chassis.domain.scope import Scope
from chassis.persistence.queries import list_page
from chassis.persistence.unit_of_work import Reading
from chassis.schemas.messages import NewestFirst, Page, Paging
from chassis.schemas.operations import query
from services.partners.model.timeline import Happening, kinds_seen
from services.partners.repository.partner import Partners
from services.partners.repository.timeline import Timeline, of
from services.partners.schemas.identity import PartnerId


@dataclass(frozen=True, kw_only=True)
class TimelineEntry:
    """One thing that happened: what, when, why, who did it, and what it followed from."""

    event_id: str
    kind: str
    what: str
    about_id: str
    title: str | None
    happened_on: date
    said_at: datetime
    reason: str | None
    by: str
    correlation_id: str
    causation_id: str | None
    entered_as_history: bool


@query
def list_timeline(
    reading: Reading, scope: Scope, *, paging: Annotated[Paging, NewestFirst(["happened_on"])], partner_id: PartnerId
) -> Page[TimelineEntry]:
    """List what happened to a partner, the newest first; what is internal is seen by the institute alone."""
    partner = Partners(reading).get(partner_id, scope=scope)
    kinds = {"kind": {"$in": kinds_seen(by_institute=scope.is_unrestricted)}}
    wanted: dict[str, Any] = {"$and": [of(partner), kinds]}
    page = list_page(Timeline(reading), paging, scope=scope, **wanted)
    return Page(items=[_entry(each) for each in page.items], next_cursor=page.next_cursor)


def _entry(happening: Happening) -> TimelineEntry:
    return TimelineEntry(
        event_id=happening.event_id,
        kind=happening.kind,
        what=happening.what,
        about_id=happening.about_id,
        title=happening.title,
        happened_on=happening.happened_on,
        said_at=happening.said_at,
        reason=happening.reason,
        by=happening.by,
        correlation_id=happening.correlation_id,
        causation_id=happening.causation_id,
        entered_as_history=happening.entered_as_history,
    )


QUERIES = (list_timeline,)
