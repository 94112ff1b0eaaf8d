"""How aggregates are shown: one as it is, many as a page with a cursor to the next."""

from datetime import datetime
from typing import Any

from chassis.domain.scope import Scope
from chassis.persistence.documents import to_public
from chassis.persistence.pagination import ORDERS, cursor_after, parse_cursor
from chassis.persistence.repository import Repository
from chassis.persistence.search import found_by


def shown(repository: Repository[Any], id: str, *, scope: Scope) -> dict[str, Any]:
    """Give one aggregate as the outside sees it; raises NotFound."""
    return to_public(repository.get(id, scope=scope))


def listed(
    repository: Repository[Any],
    *,
    scope: Scope,
    limit: int,
    cursor: str | None,
    sort: str = "id",
    updated_since: datetime | None = None,
    q: str | None = None,
    **where: Any,
) -> dict[str, Any]:
    """Give `{"items": […], "next_cursor": …}`: one page of what fits `where`; raises InvalidCursor.

    It takes what `PageRequest` and `SearchRequest` read, so that a view hands on what it was asked.
    """
    matching = found_by(q) if q else {}
    since = {"updated_at": {"$gte": updated_since}} if updated_since else {}
    after = parse_cursor(cursor) if cursor else None
    condition = {"$and": [where, since, matching]}
    found = repository.page(condition, scope=scope, order=ORDERS[sort], after=after, limit=limit + 1)
    items, more = found[:limit], len(found) > limit
    return {"items": [to_public(each) for each in items], "next_cursor": cursor_after(items[-1]) if more else None}
