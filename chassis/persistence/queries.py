"""Lists of aggregates, a page at a time, with a cursor to the next."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from chassis.domain.aggregate import Aggregate
from chassis.domain.scope import Scope
from chassis.persistence.pagination import order_named, parse_cursor
from chassis.persistence.repository import Repository
from chassis.persistence.search import found_by
from chassis.schemas.messages import Page, Paging

A = TypeVar("A", bound=Aggregate)


def between(since: date | None, until: date | None) -> Mapping[str, str] | None:
    """Give the condition for days from one to another, both included; None where neither is given."""
    bounds = {"$gte": since, "$lte": until}
    return {bound: day.isoformat() for bound, day in bounds.items() if day} or None


def list_page(
    repository: Repository[A], paging: Paging, *, scope: Scope, q: str | None = None, **where: Any
) -> Page[A]:
    """Give one page of what fits the search `q` and `where`, where None counts for nothing; raises InvalidCursor."""
    wanted = {name: value for name, value in where.items() if value is not None}
    since = {"updated_at": {"$gte": paging.updated_since}} if paging.updated_since else {}
    after = parse_cursor(paging.cursor) if paging.cursor else None
    order, condition = order_named(paging.sort), {"$and": [wanted, since, found_by(q) if q else {}]}
    found = repository.page(condition, scope=scope, order=order, after=after, limit=paging.limit + 1)
    items, more = found[: paging.limit], len(found) > paging.limit
    return Page(items=items, next_cursor=order.cursor_after(items[-1]) if more else None)
