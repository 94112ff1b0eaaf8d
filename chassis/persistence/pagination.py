"""Keyset pagination: the sort orders of lists, and cursors to the next page.

A page begins after the position of the last item of the page before, not at a count of items, so that items added or
removed meanwhile neither repeat nor skip others.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from chassis.domain.aggregate import Aggregate
from chassis.domain.errors import Invalid
from chassis.domain.identity import rfc3339
from chassis.schemas.messages import SORT_ORDERS
from chassis.schemas.validation import shown

Position = tuple[datetime | None, str]
"""The position of an item in a list: when it was last stored, and its id."""


class InvalidCursor(Invalid):
    """This is no cursor of an earlier page with the same filters and order."""


@dataclass(frozen=True)
class Order:
    """The field by which a list is sorted, and the direction; items of equal values are sorted by id."""

    field: str = "_id"
    direction: int = 1

    @property
    def keys(self) -> list[tuple[str, int]]:
        """Give the sort keys for MongoDB; they give each item a position of its own."""
        return [(name, self.direction) for name in dict.fromkeys((self.field, "_id"))]

    def after(self, position: Position) -> Mapping[str, Any]:
        """Give the query for the items after this position."""
        at, id = position
        beyond = "$gt" if self.direction == 1 else "$lt"
        if self.field == "_id":
            return {"_id": {beyond: id}}
        same_instant = {self.field: at, "_id": {beyond: id}}
        # The first bound is implied by the second: it lets MongoDB seek in the index.
        return {self.field: {f"{beyond}e": at}, "$or": [{self.field: {beyond: at}}, same_instant]}


def _named(name: str) -> Order:
    field = name.removeprefix("-")
    return Order("_id" if field == "id" else field, -1 if name.startswith("-") else 1)


ORDERS: Mapping[str, Order] = {name: _named(name) for name in SORT_ORDERS}


def cursor_after(last: Aggregate) -> str:
    """Encode the position of the last item of a page."""
    at = rfc3339(last.updated_at) if last.updated_at else None
    return orjson.dumps([at, last.id]).decode()


def parse_cursor(cursor: str) -> Position:
    """Decode a position; raises InvalidCursor."""
    try:
        at, id = orjson.loads(cursor)
        return (datetime.fromisoformat(at) if at else None), _text(id)
    except (ValueError, TypeError):
        detail = f"A next_cursor of an earlier page is expected; got {shown(cursor)}"
        raise InvalidCursor.at("/cursor", "invalid", detail) from None


def _text(id: Any) -> str:
    if not isinstance(id, str):
        raise TypeError(f"an id is a text, not {id!r}")
    return id
